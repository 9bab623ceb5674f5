import assert from 'node:assert/strict';
import type { CompletionEvent } from '../../src/core/completions/completion.ts';
import { CompletionError } from '../../src/core/completions/completionError.ts';
import { readCompletion } from '../../src/core/completions/readCompletion.ts';

async function eventsOf(...chunks: readonly unknown[]): Promise<readonly CompletionEvent[]> {
  async function* body(): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) yield new TextEncoder().encode(typeof chunk === 'string' ? chunk : `data: ${JSON.stringify(chunk)}\n\n`);
  }
  const events: CompletionEvent[] = [];
  for await (const event of readCompletion(body())) events.push(event);
  return events;
}

function endOf(events: readonly CompletionEvent[]): Extract<CompletionEvent, { type: 'end' }> {
  const last = events.at(-1);
  assert.ok(last?.type === 'end');
  return last;
}

const piece = { choices: [{ index: 0, delta: { content: 'hi' }, finish_reason: null }] };

describe('readCompletion', () => {
  it('does not add the whole message that some servers repeat at the end', async () => {
    const events = await eventsOf(piece, { choices: [{ index: 0, message: { content: 'hi' }, finish_reason: 'stop' }] });
    assert.equal(endOf(events).message.text, 'hi');
  });

  it('takes the message when the delta beside it is empty', async () => {
    assert.equal(endOf(await eventsOf({ choices: [{ delta: {}, message: { content: 'hi' }, finish_reason: 'stop' }] })).message.text, 'hi');
  });

  it('runs no call of an answer that ended for an unknown reason or in trouble, however whole it looks', async () => {
    const call = { choices: [{ delta: { tool_calls: [{ index: 0, id: 'a', function: { name: 'read_file', arguments: '{"path":"a"}' } }] } }] };
    for (const [wire, reason] of [['network_error', 'failed'], ['error', 'failed'], ['never seen', 'other']] as const) {
      const end = endOf(await eventsOf(call, { choices: [{ delta: {}, finish_reason: wire }] }));
      assert.deepEqual([end.reason, end.message.calls.length, end.cutCalls], [reason, 0, 1], wire);
    }
  });

  it('shows the words of a server that answers in plain text with status 200', async () => {
    await assert.rejects(eventsOf('upstream connect error or disconnect'), (error) => error instanceof CompletionError && error.kind === 'unreadable' && error.message.includes('upstream connect error'));
  });

  it('takes [DONE] for the end of JSON lines too', async () => {
    assert.equal(endOf(await eventsOf(`${JSON.stringify(piece)}\n[DONE]\n`)).message.text, 'hi');
  });
});
