import { say, type LocalText } from '../../protocol/localText.ts';
import type { ParameterRow, ParameterSheet } from '../../protocol/parameterSheet.ts';
import type { ParameterSpec, ParameterType, ParameterValues } from '../providers/spec.ts';
import { checkParameters, rangeOf } from './checkParameters.ts';
import { groupOf, rankOf } from './groups.ts';
import { labelOf } from './labels.ts';
import { limitOf } from './limits.ts';
import { chosenValues, sentParameters } from './resolve.ts';
import { storedValues, type ModelKey, type StoredParameters } from './stored.ts';
import { findRow, namesOf, settableNames, valueAt } from './table.ts';

/** A value that was typed and is not sent. */
export interface RefusedValue {
  /** As it was typed. */
  readonly text: string;
  readonly problem: LocalText;
}

/** The model settings: a row for every parameter of the service's table that a person can set, in the order in which they are shown. */
export function sheetOf(key: ModelKey, stored: StoredParameters, refused: ReadonlyMap<string, RefusedValue> = new Map()): ParameterSheet {
  const { provider, model } = key;
  const choice = { provider, model, parameters: storedValues(key, stored), stream: true };
  const sent = sentParameters(choice);
  const context: RowContext = { key, stored, chosen: chosenValues(choice), sent, problems: problemsByName(key, sent) };
  const names = settableNames(provider).toSorted((left, right) => rankOf(left) - rankOf(right));
  return {
    service: provider.id,
    serviceLabel: provider.label,
    model,
    page: provider.pageUrl,
    rows: [...names.flatMap((name) => rowOf(name, context, refused.get(name)) ?? []), ...strangers(context)],
  };
}

/** How a parameter of a type is set. */
function controlOf({ type, values }: Pick<ParameterSpec, 'type' | 'values'>): ParameterRow['control'] {
  if (type === 'string') return values === undefined ? 'text' : 'choice';
  return controls[type];
}

const controls: { readonly [Type in Exclude<ParameterType, 'string'>]: ParameterRow['control'] } = {
  boolean: 'toggle',
  integer: 'number',
  number: 'number',
  'string or object': 'choice-or-json',
  'string list': 'lines',
  'string or list': 'lines',
  object: 'json',
  'object list': 'json',
  'integer map': 'json',
};

interface RowContext {
  readonly key: ModelKey;
  readonly stored: StoredParameters;
  /** What would go out if nothing were left out, and what does. */
  readonly chosen: ParameterValues;
  readonly sent: ParameterValues;
  readonly problems: ReadonlyMap<string, LocalText>;
}

function problemsByName({ provider, model }: ModelKey, sent: ParameterValues): ReadonlyMap<string, LocalText> {
  return new Map(checkParameters(provider, model, sent).map(({ name, text }) => [name, text]));
}

function rowOf(name: string, context: RowContext, refused: RefusedValue | undefined): ParameterRow | undefined {
  const { provider, model } = context.key;
  const found = findRow(provider, model, name);
  const row = found?.row ?? provider.parameters.find((each) => each.name === name);
  if (row === undefined) return undefined;
  const chosen = valueAt(context.chosen, name);
  const leftOut = found === undefined && chosen === undefined ? valueAt(context.stored.ofService, name) : undefined;
  const value = chosen ?? leftOut;
  const limit = limitOf({ provider, model, values: context.sent }, name);
  const isOff = found === undefined || limit?.allows.length === 0;
  const onlyChoices = limit !== undefined && limit.allows.length > 0;
  return {
    name,
    label: labelOf(name),
    group: groupOf(name),
    control: onlyChoices ? 'choice' : controlOf(row),
    documentation: row.documentation,
    range: found?.isCertain === true ? boundsOf(row) : '',
    choices: onlyChoices ? limit.allows : (row.values ?? []),
    value: refused !== undefined ? refused.text : value === undefined || value === null ? undefined : JSON.stringify(value),
    origin: originOf(name, context),
    serviceDefault: row.default === undefined || found?.isCertain !== true ? undefined : JSON.stringify(row.default),
    disabled: !isOff ? undefined : found === undefined ? notTaken(row, context.key, leftOut) : limit?.reason,
    note: onlyChoices ? limit.reason : undefined,
    problem: refused?.problem ?? context.problems.get(name),
  };
}

/** What stands in the settings although the service does not know it, so that a person can find it and take it away. */
function strangers(context: RowContext): readonly ParameterRow[] {
  const known = new Set(namesOf(context.key.provider));
  return [...context.problems]
    .filter(([name]) => !known.has(name))
    .map(([name, problem]) => ({
      name,
      label: undefined,
      group: 'other',
      control: 'json',
      documentation: say('It stands in the settings, but the service does not know it.'),
      range: '',
      choices: [],
      value: JSON.stringify(valueAt(context.chosen, name)),
      origin: originOf(name, context),
      serviceDefault: undefined,
      disabled: undefined,
      note: undefined,
      problem,
    }));
}

function notTaken(row: ParameterSpec, { provider, model }: ModelKey, leftOut: unknown): LocalText {
  if ((leftOut ?? null) !== null) return say('{0} does not take it, so what is set for all models of {1} is not sent.', model, provider.label);
  const models = row.models ?? [];
  return models.length === 0 ? say('{0} does not take it.', model) : say('{0} does not take it. These do: {1}.', model, models.join(', '));
}

/** The range, and how much a list or a text may hold. */
function boundsOf(row: ParameterSpec): string {
  const range = rangeOf(row);
  return range === '' && row.longest !== undefined ? `≤ ${row.longest}` : range;
}

function originOf(name: string, { stored, chosen }: RowContext): ParameterRow['origin'] {
  if (valueAt(stored.ofModel, name) !== undefined) return 'person';
  if (valueAt(stored.ofService, name) !== undefined) return 'person-for-service';
  return valueAt(chosen, name) === undefined ? 'service' : 'rivulet';
}
