/** Why a request is refused, before a service puts it into its own words. */
export type RefusalReason =
  | 'no-key'
  | 'wrong-key'
  | 'expired-key'
  | 'blocked-key'
  | 'format'
  | 'value'
  | 'unknown-model'
  | 'unsupported-model'
  | 'cli-only'
  | 'balance'
  | 'rate-limit'
  | 'overloaded'
  | 'server-error';

/** A refusal in the simulator's own terms; `message` says what to change in the request. */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly message: string;
}

/** An answer as bytes go out: nothing is added to it but the length. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A refusal because the request has the wrong shape: a missing field, a wrong type, a wrong order. */
export function malformed(message: string): Refusal {
  return { reason: 'format', message };
}

/** A refusal because a value of the right type is not one the reference page allows. */
export function notAllowed(message: string): Refusal {
  return { reason: 'value', message };
}

/** A JSON answer with the media type of its own. */
export function jsonAnswer(status: number, body: unknown, contentType = 'application/json'): RawAnswer {
  return { status, headers: { 'content-type': contentType }, body: JSON.stringify(body) };
}

/** Every reason, for faults that ask for one by name. */
export const refusalReasons: readonly RefusalReason[] = [
  'no-key', 'wrong-key', 'expired-key', 'blocked-key', 'format', 'value', 'unknown-model', 'unsupported-model',
  'cli-only', 'balance', 'rate-limit', 'overloaded', 'server-error',
];
