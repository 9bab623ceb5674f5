import * as vscode from 'vscode';
import { abortable } from '../../core/abortable.ts';
import { LanguageError } from '../../core/editor/languages.ts';
import { uriOf } from '../addresses.ts';
import { showHidden } from '../../protocol/hiddenCharacters.ts';

/** Seconds that a question may take: a large project may have to be loaded for the first one. */
const patience = { usual: 20, rename: 60 } as const;

/** How long a language server is given to start, in milliseconds; until it has, its answers are empty. */
const start = { atMost: 5000, every: 250 } as const;

/** Languages whose server has answered, or is not to be waited for again. */
const started = new Set<string>();

/** A question that takes a file and gives a list; no answer counts as an empty list. */
export async function askOf<Value>(command: string, path: string, args: readonly unknown[], signal: AbortSignal): Promise<readonly Value[]> {
  const document = await open(path, signal);
  for (const end = Date.now() + start.atMost; ; ) {
    const answer = await ask<readonly (Value | null | undefined)[]>(command, [document.uri, ...args], signal);
    const values = (Array.isArray(answer) ? (answer as readonly (Value | null | undefined)[]) : []).filter((value) => value !== undefined && value !== null);
    if (values.length > 0 || started.has(document.languageId) || Date.now() >= end) {
      started.add(document.languageId);
      return values;
    }
    await abortable(async () => new Promise((resolve) => setTimeout(resolve, start.every)), signal);
  }
}

/** Makes the file's text known to the servers, without showing it. */
export async function open(path: string, signal: AbortSignal): Promise<vscode.TextDocument> {
  try {
    return await abortable(async () => vscode.workspace.openTextDocument(uriOf(path)), signal);
  } catch (error) {
    signal.throwIfAborted();
    throw new LanguageError('refused', `the editor cannot open the file (${words(error)}).`);
  }
}

/** A command that VS Code has for asking language servers. One that takes too long, or says no, is a `LanguageError`. */
export async function ask<Value>(command: string, args: readonly unknown[], signal: AbortSignal, limit: keyof typeof patience = 'usual'): Promise<Value | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LanguageError('slow', `the language server has not answered within ${patience[limit]} seconds.`)), patience[limit] * 1000);
  });
  try {
    return await abortable(async () => Promise.race([vscode.commands.executeCommand<Value | undefined>(command, ...args), tooLong]), signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof LanguageError) throw error;
    throw new LanguageError('refused', `the language server says "${words(error)}".`);
  } finally {
    clearTimeout(timer);
  }
}

function words(error: unknown): string {
  // They become part of a sentence that the model reads: no line of their own, nothing hidden.
  return showHidden((error instanceof Error ? error.message : String(error)).slice(0, 300).replace(/\s+/g, ' '));
}
