import type { AssistantMessage, Reasoning } from '../conversation/message.ts';
import { asObject, asText, type JsonObject } from '../json.ts';
import { createCallAssembler, type CallAssemblerOptions } from './callAssembler.ts';
import { readCallList, readCalls, type CallFragment, readParts, readReasoning } from './chunk.ts';
import type { CompletionEnd, TokenLogprob } from './completion.ts';
import { readFinishReason } from './finishReason.ts';
import { createLeakedCalls } from './leakedCalls.ts';
import { readLogprobs } from './logprobs.ts';
import type { Outlet } from './outlet.ts';
import { createStopSequences } from './stopSequences.ts';
import { createTextBuffer } from './textBuffer.ts';
import { createThinkTags, splitUnopened } from './thinkTags.ts';

/** One choice, put together from its pieces; what it says goes out at once. */
export interface Answer {
  /** Takes the choice's part of a chunk. */
  add(choice: JsonObject): void;
  /** What `add` does with the parts of a delta. */
  content(words: string): void;
  reasoning(field: Reasoning['field'], thought: string): void;
  call(fragment: CallFragment): void;
  /** Takes a list of calls that stands outside of the choices: they are told at the end, when it is known which are the choice's too. */
  addBeside(calls: unknown): void;
  /** As it came over the wire; undefined while the answer goes on. */
  finishReason(): string | undefined;
  hasBegun(): boolean;
  /** Nothing more comes: what was held back goes out. */
  close(): AnswerParts;
}

export interface AnswerParts {
  readonly message: AssistantMessage;
  readonly logprobs: readonly TokenLogprob[];
  readonly refusalLogprobs: readonly TokenLogprob[];
  readonly relabelled: CompletionEnd['relabelled'] | undefined;
  /** A stop sequence stood at the end, and was taken away. */
  readonly isShortened: boolean;
}

export interface AnswerOptions extends CallAssemblerOptions {
  /** Whether reasoning inside the content is between two tags, or ended by one and begun by none (docs/servers.md C6). */
  readonly thinkTags?: 'both' | 'closing only' | undefined;
  /** The sequences that the service leaves at the end of the text; empty where it takes them away itself. */
  readonly stopSequences?: readonly string[] | undefined;
}

export function createAnswer(outlet: Outlet, options: AnswerOptions): Answer {
  const text = createTextBuffer();
  const reasoning = createTextBuffer();
  const calls = createCallAssembler(options);
  const besideCalls = createCallAssembler(options);
  const logprobs: TokenLogprob[] = [];
  const refusalLogprobs: TokenLogprob[] = [];
  const sink = { text: content, reasoning: (thought: string) => think('reasoning_content', thought) };
  const leaks = createLeakedCalls({ text: (words) => speak('text-delta', words), leaked: (words) => speak('leaked-call-delta', words) });
  const tags = createThinkTags(options.thinkTags ?? 'both', { text: leaks.add, reasoning: sink.reasoning });
  const stops = options.stopSequences?.length ? createStopSequences(options.stopSequences, tags.add) : undefined;
  let reasoningField: Reasoning['field'] | undefined;
  let finishReason: string | undefined;
  let begun = false;
  let cameAs: 'delta' | 'message' | undefined;

  function speak(type: 'text-delta' | 'leaked-call-delta', words: string): void {
    outlet.put(type, words, text);
  }

  function think(field: Reasoning['field'], thought: string): void {
    if (thought === '') return;
    begun = true;
    reasoningField ??= field;
    outlet.put('reasoning-delta', thought, reasoning);
  }

  function content(words: string): void {
    if (words === '') return;
    begun = true;
    (stops ?? tags).add(words);
  }

  function read(delta: JsonObject): void {
    const thought = readReasoning(delta);
    if (thought !== undefined) think(thought.field, thought.text);
    const words = delta['content'];
    if (typeof words === 'string') content(words);
    else if (words !== null && words !== undefined) readParts(words, sink);
    const refusal = delta['refusal'];
    if (typeof refusal === 'string') content(refusal);
    if (delta['tool_calls'] === undefined && delta['function_call'] === undefined) return;
    for (const fragment of readCalls(delta)) call(fragment);
  }

  function call(fragment: CallFragment): void {
    begun = true;
    outlet.call(calls.add(fragment));
  }

  /** The delta, or the message that some servers send in its place (docs/servers.md C2). */
  function said(choice: JsonObject): JsonObject | undefined {
    const delta = asObject(choice['delta']);
    const message = choice['message'];
    if (message === undefined || (delta !== undefined && Object.keys(delta).length > 0)) {
      cameAs ??= 'delta';
      return delta;
    }
    // Behind deltas it is the whole answer once more (MiniMax, docs/servers.md §4).
    if (begun && cameAs === 'delta') return undefined;
    cameAs = 'message';
    return asObject(message);
  }

  return {
    content,
    reasoning: think,
    call,
    add(choice) {
      const delta = said(choice);
      if (delta !== undefined) read(delta);
      const probabilities = choice['logprobs'];
      if (probabilities !== null && probabilities !== undefined) {
        for (const entry of readLogprobs(probabilities, 'content')) logprobs.push(entry);
        for (const entry of readLogprobs(probabilities, 'refusal')) refusalLogprobs.push(entry);
      }
      finishReason = asText(choice['finish_reason']) ?? finishReason;
    },
    addBeside(list) {
      for (const fragment of readCallList(list)) {
        begun = true;
        besideCalls.add(fragment);
      }
    },
    finishReason: () => finishReason,
    hasBegun: () => begun,
    close() {
      const stopped = finishReason !== undefined && readFinishReason(finishReason) === 'stop';
      const isShortened = stops?.end({ stopped }) ?? false;
      const state = tags.end();
      leaks.end();
      // iFlow's page shows calls outside of the choices; those that the choice has too count once (docs/servers.md T11).
      for (const delta of calls.addMissing(besideCalls)) outlet.call(delta);
      outlet.close();
      const whole = { text: text.text(), reasoning: reasoning.text() };
      const relabelled =
        options.thinkTags !== 'closing only' ? (whole.reasoning === '' ? splitUnopened(whole.text) : undefined)
        // A model that did not think this time writes no tag at all: what looked like reasoning was the answer.
        : stopped && state === 'reasoning' && calls.isEmpty() ? { text: whole.reasoning, reasoning: '' }
        : undefined;
      const parts = relabelled ?? whole;
      return {
        message: {
          role: 'assistant',
          text: parts.text,
          reasoning: parts.reasoning === '' ? undefined : { field: reasoningField ?? 'reasoning_content', text: parts.reasoning },
          calls: calls.calls(),
        },
        logprobs,
        refusalLogprobs,
        relabelled,
        isShortened,
      };
    },
  };
}
