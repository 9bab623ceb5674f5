import { asObject, type Json } from '../json.ts';
import { limitOf } from '../parameters/limits.ts';
import { chosenValues, mergeParameters, withValue } from '../parameters/resolve.ts';
import { findRow, valueAt } from '../parameters/table.ts';
import type { ModelKey } from '../parameters/stored.ts';
import type { ParameterValues } from '../providers/spec.ts';

/** What a request of another extension sets. */
export interface RequestedParameters extends ModelKey {
  /** What the person set for the model. */
  readonly own: ParameterValues;
  /** What the caller set, over it; unchecked. */
  readonly modelOptions: unknown;
  readonly mustCallTool: boolean;
}

/** What a caller may set where no table says what a parameter does: nothing of it chooses another model or asks for several answers. */
const harmless = new Set([
  'temperature', 'top_p', 'top_k', 'min_p', 'seed', 'stop', 'frequency_penalty', 'presence_penalty', 'repetition_penalty', 'logit_bias',
  'max_tokens', 'max_completion_tokens', 'tool_choice', 'parallel_tool_calls', 'response_format',
  'reasoning', 'reasoning_effort', 'thinking', 'enable_thinking', 'thinking_budget', 'chat_template_kwargs',
]);

/**
 * The parameters of a request: the caller's over the person's. What begins with an underscore is VS Code's own bookkeeping
 * (seen in 1.109: `_capturingTokenCorrelationId`) and no parameter. Where a service has a table nothing is checked here:
 * `complete` does, and refuses. Where it has none, what is not known to be harmless is left out: the person pays.
 */
export function requestParameters({ provider, model, own, modelOptions, mustCallTool }: RequestedParameters): ParameterValues {
  const options = Object.fromEntries(Object.entries(asObject(plain(modelOptions)) ?? {}).filter(([name]) => !name.startsWith('_') && (provider.parameters.length > 0 || harmless.has(name)))) as ParameterValues;
  const values = mergeParameters(provider, own, options);
  return mustCallTool ? withRequiredTool({ provider, model }, values) : values;
}

/** A service whose page does not know `tool_choice` cannot be made to call: it is asked without. */
function withRequiredTool({ provider, model }: ModelKey, values: ParameterValues): ParameterValues {
  if (provider.parameters.length > 0 && findRow(provider, model, 'tool_choice') === undefined) return values;
  const required = withValue(values, 'tool_choice', 'required');
  const limit = limitOf({ provider, model, values: chosenValues({ provider, model, parameters: required, stream: true }) }, 'tool_choice');
  if (limit === undefined || limit.allows.includes('required')) return required;
  // What stands in the way, as thinking does at DeepSeek, is switched off for this request, unless somebody asked for it.
  const { name, is } = limit.when;
  const other = findRow(provider, model, name)?.row.values?.find((value) => !is.includes(value));
  return other === undefined || valueAt(values, name) !== undefined ? values : withValue(required, name, other);
}

function plain(value: unknown): Json | undefined {
  try {
    return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as Json);
  } catch {
    return undefined;
  }
}
