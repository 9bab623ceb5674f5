import type { Json } from '../json.ts';

type Body = { readonly [name: string]: Json | undefined };

/** What all probes of one endpoint share. */
export interface Asking {
  readonly model: string;
  /** The name under which the endpoint takes the limit on the output. */
  readonly limit: 'max_tokens' | 'max_completion_tokens';
}

/** At most this many requests of these sizes together, in tokens, if the endpoint keeps the limits it is sent. */
export const probesCostAtMost = { requests: 12, promptTokens: 2400, completionTokens: 800 } as const;

/** The bodies of the probes: small questions, so that a check costs next to nothing. */
export const questions = {
  plain: (asking: Asking): Body => body(asking, { text: 'Reply with the single word: tide', tokens: 16 }),
  stream: (asking: Asking): Body => ({ ...body(asking, { text: 'Which is larger, 9.9 or 9.11? Reply with the number only.', tokens: 96 }), stream: true }),
  tool: (asking: Asking): Body => ({
    ...body(asking, { text: 'Call the tool note with the text: low tide at noon, high tide at six.', tokens: 256 }),
    tools: [noteTool],
    stream: true,
  }),
  /** A tool call and its result; the reasoning goes with the call under the given name. */
  replay: (asking: Asking, reasoning: string | undefined): Body => ({
    ...body(asking, { text: 'Note the tide.', tokens: 16 }),
    messages: [
      { role: 'user', content: 'Note the tide.' },
      {
        role: 'assistant',
        content: '',
        ...(reasoning !== undefined && { [reasoning]: 'The tool does that.' }),
        tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'note', arguments: '{"text":"low tide at noon"}' } }],
      },
      { role: 'tool', tool_call_id: 'call_1', content: 'noted' },
    ],
    tools: [noteTool],
  }),
  stop: (asking: Asking): Body => ({ ...body(asking, { text: `Reply with exactly these three words: alpha ${stopSequence} gamma`, tokens: 128 }), stop: [stopSequence] }),
} as const;

export const stopSequence = 'beta';

const noteTool: Json = {
  type: 'function',
  function: { name: 'note', description: 'Notes a text.', parameters: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] } },
};

function body({ model, limit }: Asking, { text, tokens }: { readonly text: string; readonly tokens: number }): Body {
  return { model, messages: [{ role: 'user', content: text }], [limit]: tokens };
}
