import { say, type LocalText } from '../../src/protocol/localText.ts';
import { mediaHeadBytes, mediaTypeOf, refusalOf } from '../../src/protocol/media.ts';
import type { Intent } from '../../src/protocol/messages.ts';
import type { MediaView } from '../../src/protocol/viewState.ts';
import { handOverText } from './textFile.ts';

/** More at once is a folder by mistake, and each may be a megabyte. */
const mostFiles = 50;

/** Hands pictures, videos and texts that were pasted or dropped to the host, one by one, beside those `present`; the rest is told why not. */
export async function handOver(
  files: readonly File[],
  { present, post }: { readonly present: readonly Pick<MediaView, 'bytes'>[]; readonly post: (intent: Intent) => void },
): Promise<readonly LocalText[]> {
  const refusals: LocalText[] = [];
  const going = [...present];
  if (files.length > mostFiles) refusals.push(say('Only the first {0} files were taken.', mostFiles));
  for (const file of files.slice(0, mostFiles)) {
    try {
      const type = mediaTypeOf(new Uint8Array(await file.slice(0, mediaHeadBytes).arrayBuffer()));
      const refusal = type === undefined ? await handOverText(file, post) : refusalOf({ name: file.name, bytes: file.size, kind: type.kind }, going);
      if (refusal !== undefined) refusals.push(refusal);
      if (refusal !== undefined || type === undefined) continue;
      post({ type: 'add-media', name: file.name.slice(-200), mediaType: type.mediaType, data: await base64Of(file) });
      going.push({ bytes: file.size });
    } catch {
      // A folder looks like a file until it is read.
      refusals.push(say('{0} could not be read. Drop or paste the files themselves.', file.name));
    }
  }
  return refusals;
}

/** The files of a paste that is not one of text: spreadsheets and word processors put a picture of their text beside it. */
export function pastedFiles(clipboard: DataTransfer | null): readonly File[] {
  const files = [...(clipboard?.files ?? [])];
  const text = clipboard?.getData('text/plain').trim() ?? '';
  // Some desktops put the names of copied files there as text.
  const isNames = text.split(/[\r\n]+/).every((line) => files.some(({ name }) => line.trim().endsWith(name)));
  return text === '' || isNames ? files : [];
}

async function base64Of(file: File): Promise<string> {
  const reader = new FileReader();
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? reader.result : ''));
  reader.addEventListener('error', () => reject(reader.error ?? new Error('The file could not be read.')));
  reader.readAsDataURL(file);
  const url = await promise;
  return url.slice(url.indexOf(',') + 1);
}
