import { say, type LocalText } from '../../protocol/localText.ts';
import type { ParameterSheet } from '../../protocol/parameterSheet.ts';
import { isDeeper, parseJson, type Json } from '../json.ts';
import type { ModelChoice } from '../providers/catalogue.ts';
import type { ParameterValues } from '../providers/spec.ts';
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
  /** The setting `rivulet.parameters` as it stands now. */
  readonly read: () => unknown;
  /**
   * Changes the setting: reads it anew, for another window may have changed it, and at once writes what comes of it;
   * undefined: nothing is written.
   */
  readonly update: (next: (setting: unknown) => ParameterValues | undefined) => Promise<void>;
}

/** The model whose settings the person saw when they changed them. */
export type ShownModel = Pick<ParameterSheet, 'service' | 'model'>;

/**
 * The model settings of the panel: opened and closed, and changed value by value. Whatever is stored has been checked. A
 * change for a model that is not the one shown is not made: the sheet is told anew instead.
 */
export interface ModelSettings {
  open(): void;
  close(): void;
  /** `text` is a JSON text; one that does not fit is not stored, and its row says why. */
  set(seen: ShownModel, name: string, text: string): Promise<void>;
  reset(seen: ShownModel, name: string): Promise<void>;
  resetAll(seen: ShownModel): Promise<void>;
  /** To be called when the setting, the chosen model or what is known of models has changed. */
  refresh(): void;
}

export function createModelSettings({ store, choice, read, update }: ModelSettingsOptions): ModelSettings {
  let refused: ReadonlyMap<string, RefusedValue> = new Map();
  let shown: ShownModel | undefined;
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
  const refresh = (): void => {
    const now = chosen();
    // What was typed for one model says nothing of another.
    if (!isSame(now, shown)) refused = new Map();
    shown = now;
    if (isOpen()) show();
  };
  const chosen = (): ShownModel => {
    const { provider, model, unknownService } = choice();
    return { service: unknownService ?? provider.id, model };
  };
  const change = async (seen: ShownModel, next: (setting: unknown, key: ModelKey) => ParameterValues | undefined): Promise<void> => {
    // The model is settled now: when the turn of this change comes, another may have been chosen.
    const { provider, model, unknownService } = choice();
    if (unknownService !== undefined || !isSame(seen, store.state.sheet) || !isSame(seen, chosen())) return refresh();
    const turn = last.then(async () => {
      try {
        await update((setting) => next(setting, { provider, model }));
      } finally {
        refresh();
      }
    });
    last = turn.catch(() => undefined);
    await turn;
  };
  /** Keeps why a value was refused, or forgets it, while the model that it was said of is still shown. */
  const note = (seen: ShownModel, name: string, value: RefusedValue | undefined): void => {
    if (!isSame(seen, shown)) return;
    refused = new Map([...[...refused].filter(([other]) => other !== name), ...(value === undefined ? [] : [[name, value] as const])]);
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
    set: async (seen, name, text) =>
      change(seen, (setting, key) => {
        const result = accept(setting, key, { name, text });
        note(seen, name, 'problem' in result ? { text, problem: result.problem } : undefined);
        return 'problem' in result ? undefined : result.setting;
      }),
    reset: async (seen, name) =>
      change(seen, (setting, key) => {
        note(seen, name, undefined);
        return withParameter(setting, key, { name, value: undefined });
      }),
    resetAll: async (seen) =>
      change(seen, (setting, key) => {
        refused = new Map();
        return withoutParameters(setting, key);
      }),
  };
}

function isSame(one: ShownModel, other: ShownModel | undefined): boolean {
  return one.service === other?.service && one.model === other.model;
}

/** The setting with the value in it, or why it cannot be. */
export function accept(
  setting: unknown,
  key: ModelKey,
  { name, text }: { readonly name: string; readonly text: string },
): { readonly setting: ParameterValues } | { readonly problem: LocalText } {
  const { provider, model } = key;
  if (!settableNames(provider).includes(name)) return { problem: say('{0} has no parameter {1} that could be set.', provider.label, name) };
  const parsed = parseJson(text) as Json | undefined;
  if (parsed === undefined) return { problem: say('This is not valid JSON: check quotes, commas and brackets.') };
  // What VS Code cannot write and read again would stand in the way of every question.
  if (isDeeper(parsed, 100)) return { problem: say('The value is nested too deep.') };
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
