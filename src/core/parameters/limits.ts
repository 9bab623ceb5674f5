import type { Json } from '../json.ts';
import type { ParameterCondition, ParameterLimit, ParameterValues, ProviderSpec } from '../providers/spec.ts';
import { findRow, valueAt } from './table.ts';

/** A model with the values that are to be sent to it. */
export interface Situation {
  readonly provider: ProviderSpec;
  readonly model: string;
  readonly values: ParameterValues;
}

/** What keeps a parameter from being used as things stand; undefined when nothing does. */
export function limitOf(situation: Situation, name: string): ParameterLimit | undefined {
  return findRow(situation.provider, situation.model, name)?.row.limits?.find(({ when }) => holds(situation, when));
}

/** Whether another parameter has one of the values of a condition. */
export function holds({ provider, model, values }: Situation, { name, is }: ParameterCondition): boolean {
  const value = valueAt(values, name) as Json | undefined;
  const found = findRow(provider, model, name);
  // Of a model that may be newer than the list nobody knows what it does when nothing is said.
  const serviceDefault = found?.isCertain === true ? found.row.default : undefined;
  const effective = value === undefined || value === null ? (serviceDefault ?? null) : value;
  return is.includes(effective);
}
