import { say, type LocalText } from '../../src/protocol/localText.ts';
import type { Intent } from '../../src/protocol/messages.ts';

/** What `drop-text` takes, in UTF-16 units. */
const longestText = 1_000_000;

/** No text that fits takes more bytes in UTF-8 or UTF-16, its mark included. */
const mostBytes = 3 * longestText + 4;

/** Hands the text of a file from outside to the host; answers why not, where it does not. Throws when it cannot be read. */
export async function handOverText(file: File, post: (intent: Intent) => void): Promise<LocalText | undefined> {
  if (isBinary(new Uint8Array(await file.slice(0, 4096).arrayBuffer()))) return notText(file.name);
  if (file.size > mostBytes) return tooLong(file.name);
  const text = decoded(new Uint8Array(await file.arrayBuffer()));
  if (text === undefined) return notText(file.name);
  if (text.length > longestText) return tooLong(file.name);
  post({ type: 'drop-text', name: file.name.slice(-200), text });
  return undefined;
}

function notText(name: string): LocalText {
  return say('{0} is neither text nor a picture or video that can be sent. PNG, JPEG, GIF, WebP, MP4, WebM and MOV can.', name);
}

function tooLong(name: string): LocalText {
  return say('{0} is too large: a text file may have at most 1,000,000 characters. Take the part that matters.', name);
}

function isUtf16([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

function isBinary(head: Uint8Array): boolean {
  return isUtf16(head) === undefined && head.includes(0);
}

function decoded(bytes: Uint8Array): string | undefined {
  if (isBinary(bytes)) return undefined;
  try {
    return new TextDecoder(isUtf16(bytes) ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
