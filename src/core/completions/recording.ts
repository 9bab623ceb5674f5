import { redact } from './redact.ts';
import type { Recorder } from './request.ts';

/** Tells a recorder of one exchange, with the times. */
export interface Recording {
  request(method: string, url: URL, headers: Readonly<Record<string, string>>, body: string): void;
  response(response: Response): void;
  bytes(piece: Uint8Array): void;
  /** The exchange is over; `error` says why when it failed, and does not hold the key then. */
  end(error: string | undefined): void;
}

export function record(recorder: Recorder | undefined, key: string | undefined): Recording {
  return {
    request(method, url, headers, body) {
      const safe = 'authorization' in headers ? { ...headers, authorization: 'Bearer [key]' } : headers;
      recorder?.request({ at: Date.now(), method, url: url.href, headers: safe, body });
    },
    response({ status, headers }) {
      recorder?.response({ at: Date.now(), status, headers: Object.fromEntries(headers) });
    },
    bytes(piece) {
      recorder?.bytes({ at: Date.now(), bytes: piece });
    },
    end(error) {
      recorder?.end({ at: Date.now(), error: error === undefined ? undefined : redact(error, key) });
    },
  };
}
