import type { ToolCall } from '../conversation/message.ts';
import type { CallFragment } from './chunk.ts';
import type { CallDelta } from './completion.ts';
import { CompletionError } from './completionError.ts';
import { createTextBuffer, type TextBuffer } from './textBuffer.ts';

/** Puts tool calls together from the fragments of a stream (wire.md T1–T10). */
export interface CallAssembler {
  add(fragment: CallFragment): CallDelta;
  /** The calls in the order in which they began. An id that never came, or came twice, is made up: by it the answer finds its call. */
  calls(): readonly ToolCall[];
  isEmpty(): boolean;
}

export interface CallAssemblerOptions {
  /**
   * `snapshots`: each fragment repeats all that came before it (some gateways, wire.md T9). It cannot be told by
   * looking: a model may well say the same twice.
   */
  readonly callArguments?: 'fragments' | 'snapshots' | undefined;
}

interface Open {
  readonly position: number;
  readonly index: number | undefined;
  id: string | undefined;
  name: string;
  readonly arguments: TextBuffer;
}

/** Calls in one answer; the services allow 128 tools, and no model calls that many at once. */
const mostCalls = 128;

export function createCallAssembler({ callArguments = 'fragments' }: CallAssemblerOptions = {}): CallAssembler {
  const open: Open[] = [];

  function find(fragment: CallFragment): Open | undefined {
    const { index, id } = fragment;
    // Without an index only the newest call can go on; with one, the newest that has it, for servers reuse them.
    const candidate = index === undefined ? open.at(-1) : open.findLast((call) => call.index === index);
    const startsAnother = id !== undefined && candidate?.id !== undefined && candidate.id !== id;
    if (!startsAnother) return index === undefined && id !== undefined && candidate?.id === undefined ? undefined : candidate;
    return index === undefined ? open.findLast((call) => call.id === id) : undefined;
  }

  return {
    add(fragment) {
      let call = find(fragment);
      if (call === undefined) {
        if (open.length === mostCalls) throw new CompletionError('too-large', `The answer has more than ${mostCalls} tool calls.`);
        call = { position: open.length, index: fragment.index, id: undefined, name: '', arguments: createTextBuffer() };
        open.push(call);
      }
      call.id ??= fragment.id;
      // Some servers repeat the whole name in each fragment, others send it in pieces after the first.
      if (fragment.name !== undefined && fragment.name !== call.name) call.name += fragment.name;
      const added = callArguments === 'snapshots' ? newIn(fragment.arguments, call.arguments.text()) : fragment.arguments;
      call.arguments.add(added);
      return { type: 'call-delta', index: call.position, name: call.name, arguments: added };
    },
    isEmpty: () => open.length === 0,
    calls() {
      const taken = new Set<string>();
      return open.map(({ position, id, name, arguments: buffer }) => {
        let own = id ?? `call_${position}`;
        while (taken.has(own)) own = `${own}_${position}`;
        taken.add(own);
        return { id: own, name, arguments: buffer.text() };
      });
    },
  };
}

/** What a snapshot adds; one that is older than what is known adds nothing, and one that is no snapshot all of itself. */
function newIn(snapshot: string, known: string): string {
  if (snapshot.startsWith(known)) return snapshot.slice(known.length);
  return known.startsWith(snapshot) ? '' : snapshot;
}
