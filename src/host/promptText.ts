import { asObject } from '../core/json.ts';

/** So deep parts may lie within one another: it is somebody else's object. */
const deepest = 200;

/** The texts of what was drawn with `@vscode/prompt-tsx`, as the JSON of a `LanguageModelPromptTsxPart` has it, in their order. */
export function promptText(value: unknown, depth = 0): string {
  if (depth > deepest) return '';
  if (Array.isArray(value)) return value.map((each) => promptText(each, depth + 1)).join('');
  const { text, lineBreakBefore, node, children } = asObject(value) ?? {};
  const isOnNewLine = lineBreakBefore !== undefined && lineBreakBefore !== false;
  const own = typeof text === 'string' ? `${isOnNewLine ? '\n' : ''}${text}` : '';
  return node === undefined && children === undefined ? own : own + promptText(node, depth + 1) + promptText(children, depth + 1);
}
