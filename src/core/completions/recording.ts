import { redact } from './redact.ts';
import type { Recorder } from './request.ts';

/** Tells a recorder of one exchange, with the times. */
export interface Recording {
  request(method: string, url: URL, headers: Readonly<Record<string, string>>, body: string): void;
  response(response: Response): void;
  bytes(piece: Uint8Array): void;
  /** The exchange is over; `stopped` when nobody waited for its end, an error when it failed. */
  end(how: 'complete' | 'stopped' | Error): void;
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
    end(how) {
      recorder?.end({ at: Date.now(), ...(how === 'stopped' && { isStopped: true }), ...(how instanceof Error && { error: redact(how.message, key) }) });
    },
  };
}
