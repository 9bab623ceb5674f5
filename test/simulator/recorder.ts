import type { IncomingHttpHeaders } from 'node:http';
import type { ServiceId } from './service.ts';
import type { Outcome } from './transmit.ts';

/** One request as it came, and what became of it. The headers hold the key; `withoutSecrets` makes a copy that does not. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The raw body. */
  readonly text: string;
  /** The body as JSON, or undefined when it is not. */
  readonly body: unknown;
  readonly service: ServiceId | undefined;
  authorization: 'accepted' | 'refused' | 'absent' | 'not needed';
  /** `accepted`, or the sentence it was refused with. */
  verdict: string;
  status: number | undefined;
  faults: readonly string[];
  outcome: Outcome | 'pending';
  bytesSent: number;
  /** What the answer said that it cost, whether or not it was sent to its end. */
  usage: unknown;
}

const hidden = '***';

/** A copy fit for an answer: the key is gone from the headers, and so is every known secret from everything else. */
export function withoutSecrets(record: RecordedRequest, secrets: readonly string[]): unknown {
  const token = /^\s*\S+\s+(\S.*)$/.exec(record.headers.authorization ?? '')?.[1];
  const all = [...secrets, ...(token === undefined ? [] : [token])].filter((secret) => secret.length >= 4);
  const headers = Object.fromEntries(Object.entries(record.headers).filter(([name]) => !/authorization|cookie|key|token/i.test(name)));
  let json = JSON.stringify({ ...record, headers });
  for (const secret of all) json = json.replaceAll(JSON.stringify(secret).slice(1, -1), hidden);
  return JSON.parse(json);
}
