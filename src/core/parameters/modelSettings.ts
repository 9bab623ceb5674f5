import { say, type LocalText } from '../../protocol/localText.ts';
import type { ParameterSheet } from '../../protocol/viewState.ts';
import { parseJson, type Json } from '../json.ts';
import type { ModelChoice } from '../providers/catalogue.ts';
import { checkParameters } from './checkParameters.ts';
import { chosenValues, sentParameters } from './resolve.ts';
import { sheetOf, type RefusedValue } from './sheet.ts';
import { personParameters, readStored, withoutParameters, withParameter, type ModelKey } from './stored.ts';
import { findRow, settableNames, valueAt } from './table.ts';

/** Where the model settings are shown: the part of the panel's state that is theirs. */
export interface SheetStore {
  readonly state: { readonly sheet: ParameterSheet | undefined };
  publish(change: { readonly type: 'sheet-changed'; readonly sheet: ParameterSheet | undefined }): void;
}

/** What the model settings work with. */
export interface ModelSettingsOptions {
  readonly store: SheetStore;
  /** The model that is chosen now. */
  readonly choice: () => ModelChoice;
  /** The setting `rivulet.parameters` as it stands now, and how it is changed. */
  readonly read: () => unknown;
  readonly write: (setting: { readonly [key: string]: Json }) => Promise<void>;
}

/** The model settings of the panel: opened and closed, and changed value by value. Whatever is stored has been checked. */
export interface ModelSettings {
  open(): void;
  close(): void;
  /** `text` is a JSON text; one that does not fit is not stored, and its row says why. */
  set(name: string, text: string): Promise<void>;
  reset(name: string): Promise<void>;
  resetAll(): Promise<void>;
  /** To be called when the setting or the chosen model has changed. */
  refresh(): void;
}

export function createModelSettings({ store, choice, read, write }: ModelSettingsOptions): ModelSettings {
  let refused: ReadonlyMap<string, RefusedValue> = new Map();
  let shown: string | undefined;
  // One change after the other: each begins with the setting as the last one left it.
  let last: Promise<void> = Promise.resolve();

  const show = (): void => {
    const { provider, model, unknownService } = choice();
    const sheet: ParameterSheet =
      unknownService === undefined
        ? sheetOf({ provider, model }, readStored(read(), { provider, model }), refused)
        : { service: unknownService, serviceLabel: unknownService, model, page: undefined, rows: [] };
    store.publish({ type: 'sheet-changed', sheet });
  };
  const isOpen = (): boolean => store.state.sheet !== undefined;
  const forget = (name: string): void => {
    refused = new Map([...refused].filter(([other]) => other !== name));
  };
  const refresh = (): void => {
    const { provider, model } = choice();
    const now = `${provider.id}/${model}`;
    // What was typed for one model says nothing of another.
    if (now !== shown) refused = new Map();
    shown = now;
    if (isOpen()) show();
  };
  const change = async (next: (key: ModelKey) => { readonly [key: string]: Json | undefined } | undefined): Promise<void> => {
    const turn = last.then(async () => {
      const { provider, model, unknownService } = choice();
      const setting = unknownService === undefined ? next({ provider, model }) : undefined;
      try {
        if (setting !== undefined) await write(setting as { readonly [key: string]: Json });
      } finally {
        refresh();
      }
    });
    last = turn.catch(() => undefined);
    await turn;
  };

  return {
    open() {
      refused = new Map();
      shown = undefined;
      refresh();
      show();
    },
    close() {
      if (isOpen()) store.publish({ type: 'sheet-changed', sheet: undefined });
    },
    refresh,
    set: async (name, text) =>
      change((key) => {
        const result = accept(read(), key, { name, text });
        forget(name);
        if ('setting' in result) return result.setting;
        refused = new Map([...refused, [name, { text, problem: result.problem }]]);
        return undefined;
      }),
    reset: async (name) =>
      change((key) => {
        forget(name);
        return withParameter(read(), key, { name, value: undefined });
      }),
    resetAll: async () =>
      change((key) => {
        refused = new Map();
        return withoutParameters(read(), key);
      }),
  };
}

/** The setting with the value in it, or why it cannot be. */
export function accept(
  setting: unknown,
  key: ModelKey,
  { name, text }: { readonly name: string; readonly text: string },
): { readonly setting: { readonly [key: string]: Json | undefined } } | { readonly problem: LocalText } {
  const { provider, model } = key;
  if (!settableNames(provider).includes(name)) return { problem: say('{0} has no parameter {1} that could be set.', provider.label, name) };
  const parsed = parseJson(text) as Json | undefined;
  if (parsed === undefined) return { problem: say('This is not valid JSON: check quotes, commas and brackets.') };
  const value = storedForm(setting, key, { name, value: parsed });
  const next = withParameter(setting, key, { name, value });
  const choice = { provider, model, parameters: personParameters(next, key), stream: true };
  // What would be left out as things stand is checked all the same; what is taken away can only be missed.
  const checked = (value ?? null) === null ? sentParameters(choice) : chosenValues(choice);
  const problem = checkParameters(provider, model, checked).find((each) => each.name === name);
  return problem === undefined ? { setting: next } : { problem: problem.text };
}

/** What is stored for a value: nothing where that means the same, and one string instead of a list of one. */
function storedForm(setting: unknown, key: ModelKey, { name, value }: { readonly name: string; readonly value: Json }): Json | undefined {
  const isList = Array.isArray(value);
  if (value === null || (isList && value.length === 0)) {
    const before = personParameters(withParameter(setting, key, { name, value: undefined }), key);
    const sent = chosenValues({ ...key, parameters: before, stream: true });
    return (valueAt(sent, name) ?? null) === null ? undefined : null;
  }
  const [only] = isList ? (value as readonly Json[]) : [];
  // jiekou.ai's page types `stop` as a string and speaks of up to four.
  return isList && value.length === 1 && only !== undefined && findRow(key.provider, key.model, name)?.row.type === 'string or list' ? only : value;
}
