import { asObject, asObjects, parseJson } from '../json.ts';
import { reasoningFields, type Reasoning, type ToolCall } from '../conversation/message.ts';

/** What is kept of a turn of the model that called tools. */
export interface KeptTurn {
  readonly reasoning: Reasoning | undefined;
  readonly calls: readonly ToolCall[];
}

/** A file's text as a turn; undefined when it was cut off or is something else. */
export function readKept(text: string): KeptTurn | undefined {
  const kept = asObject(parseJson(text));
  if (kept === undefined || !Array.isArray(kept['calls'])) return undefined;
  const calls = asObjects(kept['calls']).flatMap(({ id, name, arguments: argumentsText }) =>
    typeof id === 'string' && typeof name === 'string' && typeof argumentsText === 'string' ? [{ id, name, arguments: argumentsText }] : [],
  );
  const { field, text: words } = asObject(kept['reasoning']) ?? {};
  const known = reasoningFields.find((each) => each === field);
  const reasoning = known !== undefined && typeof words === 'string' ? { field: known, text: words } : undefined;
  return calls.length === 0 || calls.length !== kept['calls'].length ? undefined : { reasoning, calls };
}
