import { say } from '../../protocol/localText.ts';
import type { ParameterSpec } from './spec.ts';

/** The rows that describe `tools`: all three reference pages have them, word for word the same in meaning. */
export const toolParameters: readonly ParameterSpec[] = [
  { name: 'tools', type: 'object list', nullable: true, longest: 128, managed: 'tools', documentation: say('Functions that the model may call, at most 128.') },
  { name: 'tools.type', type: 'string', required: true, values: ['function'], managed: 'tools', documentation: say('Kind of tool; only functions exist.') },
  { name: 'tools.function', type: 'object', required: true, managed: 'tools', documentation: say('The function.') },
  { name: 'tools.function.name', type: 'string', required: true, longest: 64, managed: 'tools', documentation: say('Letters, digits, underscores and hyphens, at most 64.') },
  { name: 'tools.function.description', type: 'string', managed: 'tools', documentation: say('Tells the model when and how to call it.') },
  { name: 'tools.function.parameters', type: 'object', managed: 'tools', documentation: say('Its arguments as a JSON Schema object; none when left out.') },
];

/** The same with `strict`, which iFlow and jiekou.ai document and DeepSeek has on its beta address only. */
export const strictToolParameters: readonly ParameterSpec[] = [
  ...toolParameters,
  { name: 'tools.function.strict', type: 'boolean', nullable: true, default: false, documentation: say('Whether the arguments of a tool call must follow its schema exactly; holds for every tool.') },
];
