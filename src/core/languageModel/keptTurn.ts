import { asObject, asObjects, parseJson } from '../json.ts';
import { reasoningFields, type Reasoning, type ToolCall } from '../conversation/message.ts';

/** What is kept of a turn of the model that called tools. */
export interface KeptTurn {
  /** Whom it was answered and by which model, as {@link ownerText} writes it. */
  readonly owner: string;
  readonly reasoning: Reasoning | undefined;
  readonly calls: readonly ToolCall[];
}

/** Who asked for a turn, and the model that answered: nobody else is given it back, and no other service. */
export interface TurnOwner {
  /** An extension's id, or `core`. */
  readonly requester: string;
  readonly service: string;
  readonly model: string;
}

/** The same for the same owner, and for no other. */
export function ownerText({ requester, service, model }: TurnOwner): string {
  return JSON.stringify([requester, service, model]);
}

/** A file's text as a turn; undefined when it was cut off or is something else. */
export function readKept(text: string): KeptTurn | undefined {
  const kept = asObject(parseJson(text));
  const owner = kept?.['owner'];
  if (kept === undefined || typeof owner !== 'string' || !Array.isArray(kept['calls'])) return undefined;
  const calls = asObjects(kept['calls']).flatMap(({ id, name, arguments: argumentsText }) =>
    typeof id === 'string' && typeof name === 'string' && typeof argumentsText === 'string' ? [{ id, name, arguments: argumentsText }] : [],
  );
  const { field, text: words } = asObject(kept['reasoning']) ?? {};
  const known = reasoningFields.find((each) => each === field);
  const reasoning = known !== undefined && typeof words === 'string' ? { field: known, text: words } : undefined;
  return calls.length === 0 || calls.length !== kept['calls'].length ? undefined : { owner, reasoning, calls };
}
