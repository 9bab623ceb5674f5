/** Takes the messages of a body as they come. */
export interface PayloadSink {
  /** `closed` is false when the body ended without closing it: it may be half a value. */
  json(text: string, event: string | undefined, closed: boolean): void;
  /** The server announced the end with `[DONE]`. */
  done(): void;
  /** A comment, a blank line, an empty event: the service is there, and has nothing to say yet. */
  keepAlive(): void;
}

/** Finds the payloads in the characters of a body of one kind. */
export interface PayloadReader {
  read(text: string): void;
  /** Takes what is left when the body has ended without announcing it. */
  end(): void;
}

/** Caps in UTF-16 units: what is larger is not an answer of a model (docs/servers.md S13). The longest answers, of 390,000 tokens in chunks of 300, fit. */
export const limits = { line: 16 * 1024 * 1024, body: 256 * 1024 * 1024 } as const;

/** What a page that came instead of an answer calls itself. */
export function describePage(page: string): string {
  const title = /<title[^>]{0,200}>([^<]{1,200})/i.exec(page)?.[1]?.trim().replace(/\s+/g, ' ');
  return title === undefined || title === '' ? 'A web page without a title.' : `A web page with the title "${title}".`;
}
