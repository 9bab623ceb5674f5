import type { ParameterGroup } from '../../protocol/parameterSheet.ts';

/** The order in which the model settings show parameters, by the first part of their names; whatever is not here comes last. */
const order: { readonly [Group in ParameterGroup]: readonly string[] } = {
  thinking: ['thinking', 'enable_thinking', 'chat_template_kwargs', 'reasoning_effort', 'separate_reasoning', 'reasoning_split'],
  sampling: ['temperature', 'top_p', 'top_k', 'min_p', 'frequency_penalty', 'presence_penalty', 'repetition_penalty', 'seed', 'logit_bias'],
  output: ['max_tokens', 'stop', 'n', 'response_format', 'logprobs', 'top_logprobs'],
  tools: ['tool_choice', 'tools'],
  other: [],
};

/** The groups in the order in which they are shown. */
export const groups = Object.keys(order) as readonly ParameterGroup[];

/** The group that a parameter is shown in. */
export function groupOf(name: string): ParameterGroup {
  return groups.find((group) => order[group].includes(firstPart(name))) ?? 'other';
}

/** Where a parameter stands among all: smaller comes first; equal ones keep the order of the table. */
export function rankOf(name: string): number {
  const group = groupOf(name);
  const place = order[group].indexOf(firstPart(name));
  return groups.indexOf(group) * 100 + (place === -1 ? 99 : place);
}

function firstPart(name: string): string {
  return name.split('.')[0] ?? name;
}
