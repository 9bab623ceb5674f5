import { asArray, asNumber, asObject, asText, parseJson, type JsonObject } from '../../core/json.ts';
import { cutAround, type FoundLine } from '../../core/editor/search.ts';
import { printedPath } from './places.ts';
import type { Piece } from './pieces.ts';

/** Bytes of a record of ripgrep's JSON output beyond which it is not read. */
export const longestRecord = 1024 * 1024;

/** A record: a file begins or ends, or a line of it. `path` is undefined when the name is no UTF-8. */
export type RipgrepRecord =
  | { readonly type: 'begin'; readonly path: string | undefined }
  | { readonly type: 'line'; readonly line: FoundLine }
  | { readonly type: 'overlong' }
  | { readonly type: 'end'; readonly isBinary: boolean };

/** One line of `rg --json`; undefined for what says nothing about a file. */
export function readRecord({ bytes, isCut }: Piece): RipgrepRecord | undefined {
  if (isCut) return bytes.subarray(0, 40).toString('latin1').startsWith('{"type":"match"') ? { type: 'overlong' } : undefined;
  const record = asObject(parseJson(bytes.toString('utf8')));
  const data = asObject(record?.['data']);
  if (data === undefined) return undefined;
  switch (record?.['type']) {
    case 'begin': {
      const path = asText(asObject(data['path'])?.['text']);
      return { type: 'begin', path: path === undefined ? undefined : printedPath(path) };
    }
    case 'match':
    case 'context':
      return readLine(data, record['type'] === 'match');
    case 'end':
      return { type: 'end', isBinary: typeof data['binary_offset'] === 'number' };
    default:
      return undefined;
  }
}

/** Whether this piece is about a line, without reading it. */
export function isAboutLine({ bytes }: Piece): boolean {
  const beginning = bytes.subarray(0, 17).toString('latin1');
  return beginning.startsWith('{"type":"match"') || beginning.startsWith('{"type":"context"');
}

function readLine(data: JsonObject, isMatch: boolean): RipgrepRecord | undefined {
  const number = asNumber(data['line_number']);
  const bytes = bytesOf(asObject(data['lines']));
  if (number === undefined || bytes === undefined) return undefined;
  const [first] = asArray(data['submatches']);
  // Ripgrep counts bytes.
  const start = bytes.subarray(0, asNumber(asObject(first)?.['start']) ?? 0).toString('utf8').length;
  return { type: 'line', line: { number, text: cutAround(bytes.toString('utf8').replace(/\r?\n$/, '').replace(/^\uFEFF/, ''), start), isMatch } };
}

/** Text, or in base64 what is no UTF-8. */
function bytesOf(value: JsonObject | undefined): Buffer | undefined {
  const text = asText(value?.['text']);
  if (text !== undefined) return Buffer.from(text);
  const encoded = asText(value?.['bytes']);
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64');
}
