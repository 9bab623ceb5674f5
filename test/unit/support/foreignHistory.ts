import type { Message } from '../../../src/core/conversation/message.ts';
import type { ForeignMessage, ForeignPart } from '../../../src/core/languageModel/foreignMessage.ts';
import { inputOf, type OwnMemory } from '../../../src/core/languageModel/reasoningMemory.ts';
import type { TurnFiles } from '../../../src/core/languageModel/turnShelf.ts';

/** A folder in memory, which outlives the memories over it as the disk does. */
export interface FakeFolder extends TurnFiles {
  readonly kept: Map<string, string>;
}

export function fakeFolder(): FakeFolder {
  const kept = new Map<string, string>();
  return {
    kept,
    list: async () => [...kept.keys()],
    async read(name) {
      const text = kept.get(name);
      if (text === undefined) throw new Error(`There is no ${name}.`);
      return text;
    },
    write: async (name, text) => void kept.set(name, text),
    remove: async (name) => void kept.delete(name),
  };
}

/** What VS Code keeps of a history of ours: no reasoning, our ids, arguments as objects. */
export function asVsCodeKeepsIt(history: readonly Message[], memory: OwnMemory): readonly ForeignMessage[] {
  let ids = new Map<string, string>();
  return history.map((message): ForeignMessage => {
    switch (message.role) {
      case 'system':
        return { role: 'system', parts: [{ kind: 'text', text: message.content }] };
      case 'user':
        return { role: 'user', parts: [...textPart(message.content), ...(message.media ?? []).flatMap(({ kind, url }): readonly ForeignPart[] => (kind === 'image' ? [{ kind, url }] : []))] };
      case 'tool':
        return { role: 'user', parts: [{ kind: 'result', callId: ids.get(message.callId) ?? message.callId, text: message.content, images: [] }] };
      case 'assistant': {
        const handed = message.calls.length === 0 ? [] : memory.keep(message);
        ids = new Map(message.calls.map(({ id }, index) => [id, handed[index] ?? '']));
        const calls = message.calls.map(({ name, arguments: text }, index): ForeignPart => ({ kind: 'call', id: handed[index] ?? '', name, input: JSON.parse(JSON.stringify(inputOf(text) ?? {})) as unknown }));
        return { role: 'assistant', parts: [...textPart(message.text), ...calls] };
      }
    }
  });
}

function textPart(text: string): readonly ForeignPart[] {
  return text === '' ? [] : [{ kind: 'text', text }];
}
