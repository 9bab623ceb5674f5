import type { AssistantMessage, Reasoning } from './message.ts';

/** Two messages of the model as one: their texts with `between` in the middle, the thoughts of both, the calls of the later. */
export function joinMessages(before: AssistantMessage, after: AssistantMessage, between: string): AssistantMessage {
  const text = before.text === '' || after.text === '' ? before.text + after.text : before.text + between + after.text;
  return { role: 'assistant', text, reasoning: joinReasoning(before.reasoning, after.reasoning), calls: after.calls };
}

/** A service that wants reasoning back with the calls it led to (docs/servers.md §0.3) gets all of it. */
function joinReasoning(before: Reasoning | undefined, after: Reasoning | undefined): Reasoning | undefined {
  if (before === undefined || after === undefined || before.text === '' || after.text === '') return after?.text ? after : (before ?? after);
  return { field: after.field, text: `${before.text}\n\n${after.text}` };
}
