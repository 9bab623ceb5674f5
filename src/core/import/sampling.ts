import { asArray, asNumber, type Json, type JsonObject } from '../json.ts';
import type { ParameterValues } from '../providers/spec.ts';

/** A parameter of chat/completions by the name that another tool has for it, with the range that all services take. */
export interface Renaming {
  readonly from: string;
  readonly to: 'temperature' | 'top_p' | 'max_tokens' | 'presence_penalty' | 'frequency_penalty';
}

const ranges: Readonly<Record<Renaming['to'], readonly [number, number]>> = { temperature: [0, 2], top_p: [0, 1], max_tokens: [1, 10_000_000], presence_penalty: [-2, 2], frequency_penalty: [-2, 2] };

/** The values of an object under their names on the wire; what is out of range is left out. */
export function readSampling(object: JsonObject | undefined, renamings: readonly Renaming[]): ParameterValues {
  const values: Record<string, Json> = {};
  for (const { from, to } of renamings) {
    const value = asNumber(object?.[from]);
    const [least, greatest] = ranges[to];
    if (value !== undefined && value >= least && value <= greatest && (to !== 'max_tokens' || Number.isInteger(value))) values[to] = value;
  }
  return values;
}

/** Texts at which a model is to stop: four at most, as services have it. */
export function readStop(value: unknown): ParameterValues {
  const stop = asArray(value).filter((text): text is string => typeof text === 'string' && text !== '' && text.length <= 200).slice(0, 4);
  return stop.length === 0 ? {} : { stop };
}
