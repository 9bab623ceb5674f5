import { inOneLine } from '../agent/explain.ts';
import { showHidden } from '../../protocol/hiddenCharacters.ts';

/** A prompt that a person keeps as a Markdown file. */
export interface OwnPrompt {
  /** The name of its file without the ending: what stands behind the slash. */
  readonly name: string;
  /** Its first heading or line. */
  readonly description: string;
  readonly text: string;
}

/** Bytes of a prompt's file, and how many of a folder are taken. */
export const promptLimits = { bytes: 64 * 1024, files: 200 } as const;

/** The name for which a file of this name is offered; undefined for one that is no prompt. */
export function promptName(file: string): string | undefined {
  return /^([\p{L}\p{N}][\p{L}\p{N}_-]{0,63})\.md$/iu.exec(file.normalize('NFC'))?.[1];
}

export function readPrompt(name: string, text: string): OwnPrompt | undefined {
  // The block of settings that some programs put in front of Markdown is no part of it.
  const body = showHidden(text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n').replace(/^---\n[^]*?\n---\n/, '')).trim();
  if (body === '') return undefined;
  const first = body.split('\n').find((line) => line.trim() !== '') ?? '';
  return { name, description: inOneLine(first.replace(/^#{1,6}\s+/, '').replace(/\s#+\s*$/, '')), text: body };
}

/** The prompt with the person's words for `$ARGUMENTS`; without such a place they stand in the question alone. */
export function promptText({ name, text }: OwnPrompt, words: string): string {
  // As a function, for `$&` in the words is text like any other.
  return `The person used their own prompt /${name}:\n\n${text.replaceAll('$ARGUMENTS', () => words)}`;
}
