import * as vscode from 'vscode';
import { abortable } from '../../core/abortable.ts';
import type { ViewStore } from '../../core/chat/viewStore.ts';
import type { ContextPorts } from '../../core/context/piece.ts';
import { slashCommands } from '../../core/context/slashCommands.ts';
import type { Log } from '../../core/ports.ts';
import { say } from '../../protocol/localText.ts';
import type { Suggestion, SuggestionsView } from '../../protocol/contextView.ts';
import { pathOf } from '../addresses.ts';
import type { FileList } from './fileList.ts';
import { fileMentions, fixedMentions, mostSuggestions, readMention } from './mentions.ts';
import type { Prompts } from './prompts.ts';
import { symbolMentions } from './symbolMentions.ts';

/** What the composer offers for the word that is being written. */
export interface Suggestions {
  /** Offers at once what is known, and the rest when it comes; a later word ends it. */
  suggest(kind: SuggestionsView['kind'], query: string): Promise<void>;
  close(): void;
  dispose(): void;
}

export interface SuggestionsOptions {
  readonly store: ViewStore;
  readonly ports: ContextPorts;
  readonly files: FileList;
  readonly prompts: Prompts;
  readonly log: Log;
}

/** Milliseconds that a word must stand before language servers are asked for symbols, and characters that it must have. */
const symbols = { after: 120, from: 3, atMost: 12 } as const;

export function createSuggestions({ store, ports, files, prompts, log }: SuggestionsOptions): Suggestions {
  let controller = new AbortController();

  function begin(): AbortSignal {
    controller.abort();
    controller = new AbortController();
    return controller.signal;
  }

  function show(suggestions: SuggestionsView, signal: AbortSignal): void {
    if (!signal.aborted) store.publish({ type: 'suggestions-changed', suggestions });
  }

  async function mention(query: string, signal: AbortSignal): Promise<void> {
    const { text, isSymbol } = readMention(query);
    const fixed = isSymbol ? [] : fixedMentions(text, { hasChanges: ports.sourceControl !== undefined });
    const open = new Set(ports.editorWindow.editors().map(({ path }) => path));
    const active = vscode.window.activeTextEditor;
    // It is offered as the current file already.
    const taken = new Set(fixed.map(({ id }) => id));
    if (active !== undefined) open.add(pathOf(active.document.uri));
    let found: readonly Suggestion[] = [];
    const publish = (more: readonly Suggestion[], isSearching: boolean): void => {
      const items = [...fixed, ...found.filter(({ id }) => !taken.has(id)), ...more];
      // Symbols come last, and are not to be pushed out by files that fit less.
      const room = mostSuggestions - more.length;
      show({ kind: 'mention', query, items: [...items.slice(0, items.length - more.length).slice(0, room), ...more], isSearching }, signal);
    };
    const wantsSymbols = isSymbol || text.length >= symbols.from;
    if (!isSymbol) {
      const known = files.known();
      const refreshing = files.refresh();
      if (known === undefined) publish([], true);
      else {
        found = await fileMentions(text, known, { open, signal });
        publish([], wantsSymbols);
      }
      const list = await abortable(async () => refreshing, signal);
      if (list !== known) {
        found = await fileMentions(text, list, { open, signal });
        publish([], wantsSymbols);
      }
    } else publish([], text !== '');
    if (!wantsSymbols || text === '') return;
    await abortable(async () => new Promise((resolve) => setTimeout(resolve, symbols.after)), signal);
    publish(await askSymbols(text, isSymbol, signal), false);
  }

  async function askSymbols(text: string, isSymbol: boolean, signal: AbortSignal): Promise<readonly Suggestion[]> {
    try {
      return await symbolMentions(text, isSymbol ? mostSuggestions : symbols.atMost, ports, signal);
    } catch (error) {
      signal.throwIfAborted();
      log.info(`No symbols were found: ${String(error)}`);
      return [];
    }
  }

  async function command(query: string, signal: AbortSignal): Promise<void> {
    const text = query.trim().toLowerCase();
    const built: readonly Suggestion[] = slashCommands.map(({ name, description }) => ({ id: `command:${name}`, kind: 'command', label: name, detail: description }));
    const fitting = (all: readonly Suggestion[]): readonly Suggestion[] => {
      const begins = all.filter(({ label }) => label.toLowerCase().startsWith(text));
      return [...begins, ...all.filter((one) => !begins.includes(one) && one.label.toLowerCase().includes(text))].slice(0, mostSuggestions);
    };
    show({ kind: 'command', query, items: fitting(built), isSearching: true }, signal);
    const own = await abortable(async () => prompts.list(), signal);
    const names = new Set(built.map(({ label }) => label));
    const prompted: readonly Suggestion[] = own.filter(({ name }) => !names.has(name)).map(({ name, description, source }) => ({ id: `prompt:${name}`, kind: 'prompt', label: name, detail: source === undefined ? { message: '{0}', args: [description] } : say('From the workspace: {0}', description) }));
    show({ kind: 'command', query, items: fitting([...built, ...prompted]), isSearching: false }, signal);
  }

  return {
    async suggest(kind, query) {
      const signal = begin();
      try {
        await (kind === 'mention' ? mention(query, signal) : command(query, signal));
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
    close() {
      begin();
      if (store.state.suggestions !== undefined) store.publish({ type: 'suggestions-changed', suggestions: undefined });
    },
    dispose: () => controller.abort(),
  };
}
