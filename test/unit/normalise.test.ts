import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { continuationOf, requestBody } from '../../src/core/completions/request.ts';
import type { Message, ToolCall } from '../../src/core/conversation/message.ts';
import { normalise, notRun } from '../../src/core/conversation/normalise.ts';
import { providers } from '../../src/core/providers/providers.ts';
import { checkRequest } from '../simulator/checkRequest.ts';
import { anyHistory, soundHistory } from './support/histories.ts';
import { aRequest, fixedConversation, said } from './support/conversation.ts';
import { simulatedBy } from './support/simulatedServices.ts';
import { readFile } from '../../src/core/tools/readFile.ts';

const user = (content: string): Message => ({ role: 'user', content });
const tool = (callId: string, content: string): Message => ({ role: 'tool', callId, content });
const call = (id: string): ToolCall => ({ id, name: 'read_file', arguments: '{}' });

function words(messages: readonly Message[]): string {
  return messages
    .flatMap((message) => (message.role === 'user' ? [message.content] : message.role === 'assistant' ? [message.text] : []))
    .join('')
    .replaceAll('\n', '');
}

describe('normalise', () => {
  it('gives a sound history back as it is', () => {
    assert.deepEqual(normalise(fixedConversation), fixedConversation);
  });

  it('answers a call that nobody answered with words that say so', () => {
    const asked = said({ calls: [call('a'), call('b')] });
    assert.deepEqual(normalise([user('q'), asked, tool('a', 'A')]), [user('q'), asked, tool('a', 'A'), tool('b', notRun)]);
    assert.deepEqual(normalise([user('q'), asked, user('r')]), [user('q'), asked, tool('a', notRun), tool('b', notRun), user('r')]);
  });

  it('puts answers directly behind their calls, in the order of the calls, whatever stood in between', () => {
    const asked = said({ calls: [call('a'), call('b')] });
    assert.deepEqual(normalise([user('q'), asked, tool('b', 'B'), user('r'), tool('a', 'A')]), [user('q'), asked, tool('a', 'A'), tool('b', 'B'), user('r')]);
  });

  it('does not take the answer of a later turn that uses the same id again', () => {
    const first = said({ calls: [call('0')] });
    const second = said({ calls: [call('0')] });
    assert.deepEqual(normalise([user('q'), first, second, tool('0', 'second')]), [user('q'), first, tool('0', notRun), second, tool('0', 'second')]);
  });

  it('drops results that nobody asked for, and a second answer to the same call', () => {
    const asked = said({ calls: [call('a')] });
    assert.deepEqual(normalise([tool('x', '?'), user('q'), asked, tool('a', '1'), tool('a', '2'), tool('y', '?')]), [user('q'), asked, tool('a', '1')]);
  });

  it('drops a turn in which only reasoning came, and joins the questions around it', () => {
    const history = [user('q'), said({ reasoning: { field: 'reasoning_content', text: 'Hm' } }), user('r')];
    assert.deepEqual(normalise(history), [user('q\n\nr')]);
  });

  it('does not change the history it is given', () => {
    const history = structuredClone([user('q'), said({}), user('r'), said({ calls: [call('a')] })]);
    const before = structuredClone(history);
    normalise(history);
    assert.deepEqual(history, before);
  });

  it('gives a normalised history back as it is', () => {
    fc.assert(fc.property(anyHistory, (history) => assert.deepEqual(normalise(normalise(history)), normalise(history))), { numRuns: 500 });
  });

  for (const provider of providers) {
    const service = simulatedBy(provider);

    it(`makes each of 10,000 histories one that ${provider.label} accepts, whichever of its models is asked, and to go on with as well`, () => {
      const models = fc.constantFrom(...provider.models.map(({ id }) => id));
      fc.assert(
        fc.property(anyHistory, models, fc.boolean(), (history, model, goesOn) => {
          const messages = goesOn ? [...history, said({ text: 'Half an ans' })] : history;
          // One tool says as much of a history as eighteen, in a tenth of the time.
          const request = aRequest({ provider, model, messages, tools: [readFile], continuesLast: goesOn });
          const body = JSON.parse(JSON.stringify(requestBody(request))) as Record<string, unknown>;
          assert.deepEqual(checkRequest(service, body, { beta: continuationOf(request) === 'prefix', retired: false }), undefined);
        }),
        { numRuns: 10_000 },
      );
      // On a busy machine so many take longer than a test usually may.
    }).timeout(60_000);
  }

  it('keeps every word of the person and of the model, and the answers that were asked for', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const sound = normalise(history);
        assert.equal(words(sound), words(history));
      }),
      { numRuns: 400 },
    );
  });

  it('gives back every sound history unchanged', () => {
    fc.assert(fc.property(soundHistory, (history) => assert.deepEqual(normalise(history), history)), { numRuns: 300 });
  });

  it('only ever adds to the wire while a sound history grows', () => {
    fc.assert(
      fc.property(soundHistory, fc.nat(), (history, cut) => {
        const ends = history.flatMap((message, index) => (message.role === 'user' ? [index + 1] : []));
        const shorter = history.slice(0, ends[cut % ends.length]);
        const before = JSON.stringify(requestBody(aRequest({ messages: shorter }))['messages']);
        assert.ok(JSON.stringify(requestBody(aRequest({ messages: history }))['messages']).startsWith(before.slice(0, -1)));
      }),
      { numRuns: 200 },
    );
  });
});
