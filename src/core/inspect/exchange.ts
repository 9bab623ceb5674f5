/** One request and what came back, as it may be shown, copied and saved: without the key, wherever it stood. Times are milliseconds since the request. */
export interface Exchange {
  readonly turnId: string;
  /** Counts all exchanges of the window from 1. */
  readonly number: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Whether it was sent with a key, which stands nowhere in this record. */
  readonly hasKey: boolean;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    /** The JSON as it went out; only pictures and videos in it are shortened. */
    readonly body: string;
    readonly isShortened: boolean;
  };
  /** Undefined while the service has not answered, or when it never did. */
  readonly response: { readonly afterMs: number; readonly status: number; readonly headers: Readonly<Record<string, string>> } | undefined;
  readonly received: Received;
  /** Undefined while it goes on; `isStopped` when nobody waited for its end. */
  readonly end: { readonly afterMs: number; readonly error: string | undefined; readonly isStopped: boolean } | undefined;
}

/** The body of an answer as text. */
export interface Received {
  /** As it came, line ends included; with a gap when `missing` is not 0. */
  readonly text: string;
  /** The lines that are not blank, each with the time at which its last byte came. */
  readonly lines: readonly TimedLine[];
  /** Bytes that were not kept, and the index of the line in front of which they stood. */
  readonly missing: { readonly bytes: number; readonly before: number } | undefined;
}

export interface TimedLine {
  readonly afterMs: number;
  readonly text: string;
}
