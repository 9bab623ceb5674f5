import type { ToolCall } from '../conversation/message.ts';
import { asObject, parseJson } from '../json.ts';
import type { CallFragment } from './chunk.ts';
import type { CallDelta } from './completion.ts';
import { CompletionError } from './completionError.ts';
import { createTextBuffer, type TextBuffer } from './textBuffer.ts';

/** Puts tool calls together from the fragments of a stream (docs/servers.md T1–T10). */
export interface CallAssembler {
  add(fragment: CallFragment): CallDelta;
  /** Takes the calls of the other that are none of these, by their id, or by name and arguments where either has none. */
  addMissing(others: CallAssembler): readonly CallDelta[];
  /** The calls in the order in which they began. An id that never came, or came twice, is made up: by it the answer finds its call. */
  calls(): readonly ToolCall[];
  /** The calls with the ids that came. */
  parts(): readonly CallParts[];
  isEmpty(): boolean;
}

type CallParts = Pick<CallFragment, 'id' | 'arguments'> & { readonly name: string };

export interface CallAssemblerOptions {
  /**
   * `snapshots`: each fragment repeats all that came before it (some gateways, docs/servers.md T9). It cannot be told by
   * looking: a model may well say the same twice.
   */
  readonly callArguments?: 'fragments' | 'snapshots' | undefined;
}

interface Open {
  readonly position: number;
  /** Its index, or its place in the list it began in. */
  readonly index: number | undefined;
  id: string | undefined;
  name: string;
  readonly arguments: TextBuffer;
  /** Each piece repeats those before it, as far as is known. */
  isCumulative: boolean;
  /** The last character of the arguments that is no white space. */
  last: string;
  /** How often it may still be looked whether the arguments are whole: each time costs as much as they are long. */
  looks: number;
}

/** Calls in one answer; the services allow 128 tools, and no model calls that many at once. */
const mostCalls = 128;

export function createCallAssembler({ callArguments = 'fragments' }: CallAssemblerOptions = {}): CallAssembler {
  const open: Open[] = [];
  /** The calls that entries of the present list have gone to. */
  const taken = new Set<Open>();

  /** The call that the fragment may go on with. */
  function find({ index, place, id }: CallFragment): Open | undefined {
    if (index !== undefined) {
      // The newest that has it, for servers use them again.
      const call = open.findLast((candidate) => candidate.index === index);
      return id === undefined || call?.id === undefined || call.id === id ? call : undefined;
    }
    if (place === undefined || place === 0) taken.clear();
    if (id !== undefined) return open.findLast((call) => call.id === id && !taken.has(call));
    return place === undefined ? open.at(-1) : open.findLast((call) => call.index === place && !taken.has(call));
  }

  /** Whether the fragment, whose id and index are no others, goes on with the call, says it once more, or begins another. */
  function relation(call: Open, { index, id, name, arguments: added }: CallFragment): 'goes on' | 'again' | 'another' {
    if (name === undefined || call.name === '' || call.last !== '}' || call.looks === 0) return 'goes on';
    if (index !== undefined && id === undefined && call.id !== undefined) return 'goes on';
    const isNamesake = name === call.name;
    if (isNamesake && (callArguments === 'snapshots' || !added.trimStart().startsWith('{'))) return 'goes on';
    call.looks -= 1;
    const known = call.arguments.text();
    const value = asObject(parseJson(known));
    // Some servers begin with an empty object that means nothing (docs/servers.md T15).
    if (value === undefined || (isNamesake && Object.keys(value).length === 0)) return 'goes on';
    return isNamesake && known === added && (index ?? id) !== undefined ? 'again' : 'another';
  }

  function begin(index: number | undefined): Open {
    if (open.length === mostCalls) throw new CompletionError('too-large', `The answer has more than ${mostCalls} tool calls.`);
    const call: Open = { position: open.length, index, id: undefined, name: '', arguments: createTextBuffer(), isCumulative: callArguments === 'snapshots', last: '', looks: 32 };
    open.push(call);
    return call;
  }

  function extend(call: Open, id: string | undefined, name: string | undefined, added: string): CallDelta {
    call.id ??= id;
    // Some servers repeat the whole name in each fragment, others send it in pieces after the first.
    if (name !== undefined && name !== call.name) call.name += name;
    call.arguments.add(added);
    call.last = added.trimEnd().at(-1) ?? call.last;
    return { type: 'call-delta', index: call.position, name: call.name, arguments: added };
  }

  return {
    add(fragment) {
      const found = find(fragment);
      const how = found === undefined ? 'another' : relation(found, fragment);
      const call = found === undefined || how === 'another' ? begin(fragment.index ?? fragment.place) : found;
      taken.add(call);
      if (how === 'again') return extend(call, fragment.id, fragment.name, '');
      const known = call.isCumulative ? call.arguments.text() : '';
      const added = newIn(fragment.arguments, known);
      // Looking for what came before costs as much as there is: a call whose pieces turn out not to repeat it is spared that.
      if (known !== '' && added.length === fragment.arguments.length && added !== '') call.isCumulative = false;
      return extend(call, fragment.id, fragment.name, added);
    },
    addMissing(others) {
      const missing: CallDelta[] = [];
      for (const part of others.parts()) {
        if (!open.some((call) => isSame(partsOf(call), part))) missing.push(extend(begin(undefined), part.id, part.name, part.arguments));
      }
      return missing;
    },
    parts: () => open.map(partsOf),
    isEmpty: () => open.length === 0,
    calls() {
      const ids = new Set<string>();
      return open.map((call) => {
        const { id, ...parts } = partsOf(call);
        let own = id ?? `call_${call.position}`;
        while (ids.has(own)) own = `${own}_${call.position}`;
        ids.add(own);
        return { ...parts, id: own };
      });
    },
  };
}

function partsOf({ id, name, arguments: buffer }: Open): CallParts {
  return { id, name, arguments: buffer.text() };
}

function isSame(one: CallParts, other: CallParts): boolean {
  if (one.id !== undefined && other.id !== undefined) return one.id === other.id;
  if (one.name !== other.name) return false;
  const value = parseJson(one.arguments);
  return one.arguments === other.arguments || (value !== undefined && JSON.stringify(value) === JSON.stringify(parseJson(other.arguments)));
}

/** What a snapshot adds; one that is older than what is known adds nothing, and one that is no snapshot all of itself. */
function newIn(snapshot: string, known: string): string {
  if (snapshot.startsWith(known)) return snapshot.slice(known.length);
  return known.startsWith(snapshot) ? '' : snapshot;
}
