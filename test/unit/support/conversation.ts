import type { AssistantMessage, Message } from '../../../src/core/conversation/message.ts';
import type { CompletionRequest } from '../../../src/core/completions/request.ts';
import { deepseek } from '../../../src/core/providers/deepseek.ts';
import { tools } from '../../../src/core/tools/tools.ts';

/** An assistant message; what is left out is empty. */
export function said(parts: Partial<Omit<AssistantMessage, 'role'>>): AssistantMessage {
  return { role: 'assistant', text: '', reasoning: undefined, calls: [], ...parts };
}

/** A conversation with everything in it: reasoning, two calls at once, their results, an answer, and a new question. */
export const fixedConversation: readonly Message[] = [
  { role: 'system', content: 'You know the tides.' },
  { role: 'user', content: 'When is high water?\n中文、emoji 🌊 and "quotes"' },
  said({
    text: 'I look it up.',
    reasoning: { field: 'reasoning_content', text: 'Two files\nmay say so.' },
    calls: [
      { id: 'call_a', name: 'read_file', arguments: '{"path": "tides.md"}' },
      { id: 'call_b', name: 'read_file', arguments: '{"path":"moon.md","start_line":1}' },
    ],
  }),
  { role: 'tool', callId: 'call_a', content: '1\thigh water 06:12' },
  { role: 'tool', callId: 'call_b', content: '' },
  said({ text: 'At 06:12.', reasoning: { field: 'reasoning_content', text: 'The first file has it.' } }),
  { role: 'user', content: 'And low water?' },
];

/** A streamed request of the fixed conversation to DeepSeek, or with what is given instead. */
export function aRequest(parts: Partial<CompletionRequest> = {}): CompletionRequest {
  return { provider: deepseek, model: 'deepseek-v4-flash', key: 'sk-key-of-a-test', messages: fixedConversation, tools, parameters: {}, stream: true, ...parts };
}
