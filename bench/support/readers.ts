import { createDeepSeek } from '@ai-sdk/deepseek';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { streamText, type LanguageModel } from 'ai';
import OpenAI from 'openai';
import { complete } from '../../src/core/completions/complete.ts';
import { readCompletion } from '../../src/core/completions/readCompletion.ts';
import { deepseek } from '../../src/core/providers/deepseek.ts';
import type { RecordedStream } from './recordedStream.ts';

/** Reads the stream in those pieces and returns the text and the reasoning that came of it. */
export type Reader = (pieces: readonly Uint8Array[], recorded: RecordedStream) => Promise<Said>;

export interface Said {
  readonly text: string;
  readonly reasoning: string;
}

const model = 'deepseek-v4-flash';
const question = [{ role: 'user' as const, content: 'When does the tide turn?' }];

/** Each reads the same bytes to the end and assembles the message, the way its own documentation shows. */
export const readers: Readonly<Record<string, Reader>> = {
  'floor: JSON.parse': (_, { payloads, text, reasoning }) => {
    for (const payload of payloads) JSON.parse(payload);
    return Promise.resolve({ text, reasoning });
  },
  rivulet: async (pieces) => {
    let said: Said | undefined;
    for await (const event of readCompletion(iterate(pieces))) {
      if (event.type === 'end') said = { text: event.message.text, reasoning: event.message.reasoning?.text ?? '' };
    }
    return said ?? { text: '', reasoning: '' };
  },
  'rivulet with its request': async (pieces) => {
    const before = globalThis.fetch;
    globalThis.fetch = answerWith(pieces);
    try {
      let said: Said | undefined;
      const request = { provider: deepseek, model, key: 'none', messages: question, tools: [], parameters: {}, stream: true };
      for await (const event of complete(request, new AbortController().signal)) {
        if (event.type === 'end') said = { text: event.message.text, reasoning: event.message.reasoning?.text ?? '' };
      }
      return said ?? { text: '', reasoning: '' };
    } finally {
      globalThis.fetch = before;
    }
  },
  openai: async (pieces) => {
    const client = new OpenAI({ apiKey: 'none', baseURL: 'http://127.0.0.1/v1', fetch: answerWith(pieces) });
    const stream = await client.chat.completions.create({ model, messages: question, stream: true });
    let text = '';
    let reasoning = '';
    for await (const chunk of stream) {
      const delta = chunk.choices[0]?.delta;
      text += delta?.content ?? '';
      // Its types do not know the field.
      const thought: unknown = delta && 'reasoning_content' in delta ? delta.reasoning_content : undefined;
      if (typeof thought === 'string') reasoning += thought;
    }
    return { text, reasoning };
  },
  '@ai-sdk/openai-compatible': (pieces) =>
    streamed(createOpenAICompatible({ name: 'bench', baseURL: 'http://127.0.0.1/v1', apiKey: 'none', fetch: answerWith(pieces) })(model)),
  '@ai-sdk/deepseek': (pieces) => streamed(createDeepSeek({ baseURL: 'http://127.0.0.1/v1', apiKey: 'none', fetch: answerWith(pieces) })(model)),
};

async function streamed(languageModel: LanguageModel): Promise<Said> {
  const result = streamText({ model: languageModel, messages: question });
  let text = '';
  let reasoning = '';
  for await (const part of result.fullStream) {
    if (part.type === 'text-delta') text += part.text;
    else if (part.type === 'reasoning-delta') reasoning += part.text;
    else if (part.type === 'error') throw part.error;
  }
  return { text, reasoning };
}

async function* iterate(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (const piece of pieces) yield piece;
}

function answerWith(pieces: readonly Uint8Array[]): typeof fetch {
  return () => {
    let next = 0;
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull(controller) {
        const piece = pieces[next++];
        if (piece === undefined) controller.close();
        else controller.enqueue(piece as Uint8Array<ArrayBuffer>);
      },
    });
    return Promise.resolve(new Response(body, { status: 200, headers: { 'content-type': 'text/event-stream' } }));
  };
}
