import * as v from 'valibot';
import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { ApplyError, type Documents, type DocumentText } from '../editor/documents.ts';
import type { ResolvedPath } from '../guard/pathGuard.ts';
import { FileError } from '../ports.ts';
import { refuse, type ToolContext, type ToolResult } from './tool.ts';

/** The largest file that is changed, in bytes, and the most that one text of a call may hold, in characters. */
export const largest = { file: 8 * 1024 * 1024, argument: 1_000_000 } as const;

/** Text that a model wrote, with `\n` at the ends of its lines; what no text file can hold is refused. */
export const writtenText = v.pipe(
  v.string(),
  v.check((text) => text.length <= largest.argument, `must have at most ${largest.argument} characters; make several calls`),
  v.check((text) => !text.includes('\0'), 'must not hold NUL characters: only text files can be written'),
);

/** The text as an editor would hold it: one kind of line end, no halves of characters. */
export function asEditorText(text: string): string {
  return text.replace(/\r\n?/g, '\n').toWellFormed();
}

/** A place that may be written, perhaps after a question that comes with the review; else the refusal. */
export async function writablePlace(tool: string, input: string, { guard }: ToolContext): Promise<ResolvedPath | ToolResult> {
  const place = await guard.resolve(input, 'write');
  return place.class === 'denied' ? refuse(`${tool} cannot change "${showHidden(input)}": ${place.reason}.`) : place;
}

/** The place of a file that is there and may be changed; else the refusal. */
export async function existingFile(tool: string, input: string, context: ToolContext): Promise<ResolvedPath | ToolResult> {
  const place = await writablePlace(tool, input, context);
  if ('status' in place || place.kind === 'file') return place;
  if (place.kind === 'missing') return refuse(`${tool} changed nothing: there is no file "${place.display}". Look for its path with find_files.`);
  return refuse(`${tool} changed nothing: "${place.display}" is a folder, and only files can be changed. Give the path of a file.`);
}

/** The same of a file that is to be moved or deleted: where a link leads to a file, it would be that file that goes, and not the link that was named. */
export async function fileItself(tool: string, input: string, context: ToolContext): Promise<ResolvedPath | ToolResult> {
  const place = await existingFile(tool, input, context);
  if ('status' in place || place.isLink === undefined) return place;
  return refuse(`${tool} changed nothing: "${place.display}" is a link, and only files can be moved or deleted. Give the path of the file that it leads to, ${showHidden(place.canonical)}, if that is meant; for the link, ask the person.`);
}

/** A text that can be changed; `none` for a file that is no text, or too large to be handled as one; else the refusal. */
export async function changeableText(tool: string, place: ResolvedPath, { documents, files }: ToolContext & { readonly documents: Documents }): Promise<DocumentText | 'none' | ToolResult> {
  try {
    // What is no file (an untitled document) has no size that could be asked for.
    if (place.canonical.startsWith('/') && (await files.facts(place.canonical)).size > largest.file) return 'none';
    const document = await documents.read(place);
    if (document.isReadOnly) return refuse(`${tool} changed nothing: "${place.display}" is read-only. Tell the person, who can make it writable, or go on without it.`);
    return document;
  } catch (error) {
    if (error instanceof ApplyError && error.reason === 'binary') return 'none';
    if (!(error instanceof FileError || error instanceof ApplyError)) throw error;
    return refuse(`${tool} changed nothing: "${place.display}" cannot be read: ${showHidden(error.message)}. Check the path, or tell the person.`);
  }
}
