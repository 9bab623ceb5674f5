import assert from 'node:assert/strict';
import type { FinishReason } from '../../../src/core/completions/completion.ts';
import type { CompletionErrorKind } from '../../../src/core/completions/completionError.ts';
import type { ReadOptions } from '../../../src/core/completions/reading.ts';
import type { Json } from '../../../src/core/json.ts';
import { chunk, done, endOf, events, eventsOf, read, said } from '../support/wire.ts';

const hi = chunk({ content: 'hi' });
const stop = chunk({}, 'stop');
const counts = { prompt_tokens: 3, completion_tokens: 2 };

async function reasoningAndText(...values: readonly Json[]): Promise<readonly (string | undefined)[]> {
  const { message } = await endOf(events(...values, done));
  return [message.reasoning?.text, message.text];
}

function message(content: string): Json {
  return { choices: [{ index: 0, message: { content } }] };
}

function piece(index: number, content: string, finish: string | null = null): Json {
  return { index, delta: { content }, finish_reason: finish };
}

/** Reasoning and text of the message, and of the deltas: the same wherever the content is cut. */
async function parted(content: string, options: ReadOptions = {}): Promise<readonly string[]> {
  const results = new Set<string>();
  const splits = [[content], Array.from(content), ...Array.from(content, (_, at) => [content.slice(0, at), content.slice(at)])];
  for (const split of splits) {
    const { deltas, end } = await read(events(...split.map((words) => chunk({ content: words })), stop, done), options);
    results.add(JSON.stringify([end?.message.reasoning?.text ?? '', end?.message.text, said(deltas, 'reasoning'), said(deltas, 'text')]));
  }
  assert.equal(results.size, 1, [...results].join('\n'));
  return JSON.parse([...results][0] ?? '') as readonly string[];
}

describe('chunks', () => {
  it('C1 choices are missing, null or empty', async () => {
    const { message, usage } = await endOf(events({}, { choices: null }, { choices: [] }, hi, { choices: [], usage: counts }, stop, done));
    assert.deepEqual([message.text, usage?.promptTokens], ['hi', 3]);
  });

  it('C2 the delta is null or missing, or a message stands in its place, whole or in pieces, or once more at the end', async () => {
    assert.equal((await endOf(events({ choices: [{ delta: null }] }, { choices: [{ index: 0 }] }, hi, stop, done))).message.text, 'hi');
    assert.equal((await endOf(events(message('hi'), message(' there'), stop, done))).message.text, 'hi there');
    assert.equal((await endOf(events(hi, chunk({ content: ' there' }), message('hi there'), stop, done))).message.text, 'hi there');
    // iFlow's page for streams: the fields stand outside of the choices.
    assert.equal((await endOf(events({ delta: { content: 'hi' }, index: 0 }, { delta: {}, finish_reason: 'stop' }))).message.text, 'hi');
  });

  it('C3 the role is empty, repeated or absent', async () => {
    const roles = [{ role: '' }, { role: 'assistant' }, { role: 'assistant' }, {}];
    assert.equal((await endOf(events(...roles.map((role) => chunk({ ...role, content: 'x' })), stop, done))).message.text, 'xxxx');
  });

  it('C4 the content is null, empty or a list of parts, among which reasoning may stand', async () => {
    const parts = [{ type: 'text', text: 'a' }, 'b', { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }, { type: 'image_url' }, null, { type: 'text', text: 'c' }];
    assert.deepEqual(await reasoningAndText(chunk({ content: null }), chunk({ content: '' }), chunk({ content: parts }), stop), ['hm', 'abc']);
    assert.equal((await endOf(events(chunk({ content: null, refusal: 'I will not.' }), stop, done))).message.text, 'I will not.');
  });

  for (const field of ['reasoning_content', 'reasoning', 'reasoning_text', 'thinking'] as const) {
    it(`C5 reasoning comes as ${field}, its white space kept, and is told to have come so`, async () => {
      const { message } = await endOf(events(chunk({ [field]: ' \n' }), chunk({ [field]: 'Hm.\n\n' }), hi, stop, done));
      assert.deepEqual([message.reasoning, message.text], [{ field, text: ' \nHm.\n\n' }, 'hi']);
    });
  }

  it('C5 reasoning comes as reasoning_details, of text and summaries, and under two names at once counts once', async () => {
    const details = [{ type: 'reasoning.text', text: 'a' }, { type: 'reasoning.summary', summary: 'b' }, { type: 'reasoning.encrypted', data: 'x' }];
    assert.deepEqual(await reasoningAndText(chunk({ reasoning_details: details }), hi, stop), ['ab', 'hi']);
    assert.deepEqual(await reasoningAndText(chunk({ reasoning_content: '', reasoning: 'ab', reasoning_details: details }), chunk({ reasoning: 'c', thinking: 'c' }), hi, stop), ['abc', 'hi']);
  });

  describe('C6 think tags inside the content', () => {
    it('C6 hold reasoning when they come first, white space before them or not', async () => {
      assert.deepEqual(await parted('<think>Hm.\n</think>\n\nhi'), ['Hm.\n', '\n\nhi', 'Hm.\n', '\n\nhi']);
      assert.deepEqual(await parted('\n<think>a < b </thin </think>x'), ['\na < b </thin ', 'x', '\na < b </thin ', 'x']);
    });

    it('C6 are words like others later on, in code, and when they never become one', async () => {
      for (const text of ['A <think> tag and </think>', '```\n<think>x</think>\n```', '<thing>', ' <thin', '`<think>`']) assert.deepEqual(await parted(text), ['', text, '', text], text);
    });

    it('C6 are not waited for behind white space without end, which DeepSeek sends for json_object (docs/servers.md §2.1)', async () => {
      const white = events(chunk({ content: '\n\n\n\n' }));
      const happened = await eventsOf([...Array.from({ length: 400 }, () => white), events(stop)]);
      // No piece waits for long, and nothing is lost.
      assert.ok(happened.length > 300, String(happened.length));
      assert.equal(happened.map((event) => (event.type === 'text-delta' ? event.text : '')).join(''), '\n'.repeat(1600));
      assert.deepEqual(await parted(`${'\n'.repeat(20)}<think>Hm.</think>hi`), [`${'\n'.repeat(20)}Hm.`, 'hi', `${'\n'.repeat(20)}Hm.`, 'hi']);
      const long = `${' '.repeat(300)}<think>Hm.</think>hi`;
      assert.deepEqual((await endOf(events(chunk({ content: long }), stop))).message.text, (await endOf(events(...Array.from(long, (content) => chunk({ content })), stop))).message.text);
    });

    it('C6 hold what there is when the answer ends inside of them', async () => {
      assert.deepEqual(await parted('<think>Hm.</thi'), ['Hm.</thi', '', 'Hm.</thi', '']);
    });

    it('C6 lack the opening one where the template has written it, as the dialect says', async () => {
      const options = { thinkTags: 'closing only' } as const;
      assert.deepEqual(await parted('Hm.\n</think>\nhi </think>', options), ['Hm.\n', '\nhi </think>', 'Hm.\n', '\nhi </think>']);
      // A model that did not think says its answer at once: the message has it as such, and nothing is lost.
      assert.deepEqual((await parted('hi', options)).slice(0, 2), ['', 'hi']);
    });

    it('C6 lack the opening one unannounced: the message has them apart, but not where they are spoken of', async () => {
      assert.deepEqual((await parted('Hm.\n</think>\n\nhi')).slice(0, 2), ['Hm.', '\n\nhi']);
      for (const text of ['It ends with </think>, so', '```\n</think>\n```']) assert.deepEqual((await parted(text)).slice(0, 2), ['', text]);
    });

    it('C6 make the end tell what has to be shown in place of what streamed, only where that is something else', async () => {
      const closingOnly = { thinkTags: 'closing only' } as const;
      const cases: readonly (readonly [string, ReadOptions, Json | undefined])[] = [
        ['Hm.\n</think>\n\nhi', {}, { reasoning: 'Hm.', text: '\n\nhi' }],
        ['<think>Hm.</think>hi', {}, undefined],
        ['It ends with </think>, so', {}, undefined],
        ['Hm.</think>hi', closingOnly, undefined],
        ['hi', closingOnly, { reasoning: '', text: 'hi' }],
      ];
      for (const [content, options, relabelled] of cases) {
        const end = await endOf(events(chunk({ content }), stop, done), options);
        assert.deepEqual('relabelled' in end ? end.relabelled : undefined, relabelled, content);
      }
      // What is said at the end only was never anything else.
      const { deltas, end } = await read(events({ choices: [piece(1, 'Hm.\n</think>\nhi', 'stop')] }, done));
      assert.deepEqual([deltas, end?.relabelled], [[['reasoning', 'Hm.'], ['text', '\nhi']], undefined]);
    });
  });

  const reasons: readonly (readonly [string, FinishReason])[] = [
    ['stop', 'stop'], ['eos', 'stop'], ['end', 'stop'], ['end_turn', 'stop'], ['length', 'length'], ['max_tokens', 'length'], ['model_context_window_exceeded', 'length'],
    ['content_filter', 'content-filter'], ['sensitive', 'content-filter'], ['insufficient_system_resource', 'overloaded'], ['error', 'failed'], ['network_error', 'failed'], ['quite new', 'other'],
  ];
  for (const [wire, reason] of reasons) {
    it(`C7 the finish reason ${wire} means ${reason}`, async () => {
      const end = await endOf(events(hi, chunk({}, wire), done));
      assert.deepEqual([end.reason, end.details.finishReason, end.message.text], [reason, wire, 'hi']);
    });
  }

  for (const wire of ['tool_calls', 'tool_call', 'function_call', 'eos', 'stop']) {
    it(`C7 C8 the calls of an answer that finishes with ${wire} are run`, async () => {
      const call = chunk({ tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }] });
      const end = await endOf(events(call, chunk({}, wire), done));
      assert.deepEqual([end.reason, end.message.calls.length, end.cutCalls], ['tool-calls', 1, 0]);
    });
  }

  it('C7 the finish reason is null, empty or missing: it comes later, or the end has none', async () => {
    for (const nothing of [{ finish_reason: null }, { finish_reason: '' }, {}]) {
      assert.equal((await read(events({ choices: [{ delta: { content: 'hi' }, ...nothing }] }))).error?.kind, 'cut', JSON.stringify(nothing));
      assert.equal((await endOf(events({ choices: [{ delta: { content: 'hi' }, ...nothing }] }, chunk({}, 'length')))).reason, 'length');
    }
  });

  it('C9 two chunks finish, the second with usage', async () => {
    const end = await endOf(events(hi, stop, { ...chunk({ content: '' }, 'stop'), usage: counts }, done));
    assert.deepEqual([end.message.text, end.usage?.completionTokens], ['hi', 2]);
  });

  const places: readonly (readonly [string, readonly Json[]])[] = [
    ['on the chunk that finishes', [hi, { ...stop, usage: counts }]],
    ['on every chunk, the latest counting', [{ ...hi, usage: { prompt_tokens: 3, completion_tokens: 1 } }, { ...hi, usage: { prompt_tokens: 3, completion_tokens: 1 } }, { ...stop, usage: counts }]],
    ['behind the end without choices', [hi, { ...stop, usage: null }, { choices: [], usage: counts }]],
    ['inside of the choice', [hi, { choices: [{ index: 0, delta: {}, finish_reason: 'stop', usage: counts }] }]],
    ['under x_groq', [hi, { ...stop, x_groq: { usage: counts } }]],
  ];
  for (const [place, chunks] of places) {
    it(`C10 usage stands ${place}`, async () => {
      const { usage } = await endOf(events(...chunks, done));
      assert.deepEqual([usage?.promptTokens, usage?.completionTokens], [3, 2]);
    });
  }

  it('C11 of several choices the one numbered 0 is the message, and the others are kept', async () => {
    const body = events({ choices: [piece(1, 'on')] }, { choices: [piece(0, 'ze'), piece(1, 'e')] }, { choices: [piece(2, 'two', 'length')] }, { choices: [piece(1, '', 'stop')] }, { choices: [piece(0, 'ro', 'stop')] }, done);
    const { deltas, end } = await read(body);
    assert.deepEqual([deltas, end?.message.text, end?.reason], [[['text', 'zero']], 'zero', 'stop']);
    assert.deepEqual(end?.alternatives.map(({ text }) => text), ['one', 'two']);
    const whole = await endOf(JSON.stringify({ choices: ['a', 'b'].map((content, index) => ({ index, message: { content }, finish_reason: 'stop' })) }));
    assert.deepEqual([whole.message.text, whole.alternatives.map(({ text }) => text)], ['a', ['b']]);
  });

  it('C11 calls of another choice are kept with it and never become the message\'s', async () => {
    const calls = [{ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }];
    const end = await endOf(events(hi, { choices: [{ index: 1, delta: { tool_calls: calls }, finish_reason: 'tool_calls' }] }, stop, done));
    assert.deepEqual([end.message.calls, end.reason, end.alternatives[0]?.calls.length], [[], 'stop', 1]);
  });

  it('C11 an only choice with another number than 0 is the message', async () => {
    const { deltas, end } = await read(events({ choices: [{ index: 1, delta: { content: 'hi' }, finish_reason: 'stop' }] }, done));
    assert.deepEqual([deltas, end?.message.text, end?.alternatives], [[['text', 'hi']], 'hi', []]);
  });

  it('C12 object, id and created are missing, or others in each chunk: the first counts', async () => {
    const { message, details } = await endOf(events({ ...hi, object: 'chat.completion' }, { ...hi, id: 'a', created: 1, object: 7 }, { ...stop, id: 'b', created: 2 }, done));
    assert.deepEqual([message.text, details.id, details.created], ['hihi', 'a', 1]);
  });

  const errors: readonly (readonly [Json, CompletionErrorKind, string])[] = [
    [{ error: { message: 'Insufficient Balance', type: 'unknown_error', code: 'invalid_request_error' } }, 'quota', 'Insufficient Balance'],
    [{ error: '当前 API 不支持所选模型 glm-4.7', type: 'error' }, 'unknown-model', 'glm-4.7'],
    [{ object: 'error', message: 'Down', type: 'ServiceUnavailable', code: 503 }, 'server', 'Down'],
    [{ code: 403, reason: 'INVALID_API_KEY', message: 'invalid api-key' }, 'bad-key', 'invalid api-key'],
    [{ status: '434', msg: 'Invalid apiKey or apiKey has expired', body: null }, 'expired-key', 'expired'],
    [{ status: 449, msg: 'You exceeded your current rate limit' }, 'rate-limit', 'exceeded'],
    [{ base_resp: { status_code: 1004, status_msg: 'login fail: Please carry the API secret key' } }, 'bad-key', 'login fail'],
    [{ choices: [], base_resp: { status_code: 1004, status_msg: 'login fail: Please carry the API secret key' } }, 'bad-key', 'login fail'],
    [{ choices: [{ index: 0, delta: { content: '' } }], base_resp: { status_code: 1004, status_msg: 'login fail: Please carry the API secret key' } }, 'bad-key', 'login fail'],
    [{ choices: [{ index: 0, delta: { content: '' }, error: { code: 502, message: 'Upstream' } }] }, 'server', 'Upstream'],
    [{ choices: [{ index: 0, delta: { content: '' } }], error: { code: 502, message: 'Upstream' } }, 'server', 'Upstream'],
    [[{ error: { code: 400, message: 'API key not valid. Please pass a valid API key.', status: 'INVALID_ARGUMENT' } }], 'bad-key', 'API key not valid'],
  ];
  for (const [body, kind, words] of errors) {
    it(`C13 ${JSON.stringify(body).slice(0, 60)} is an error of kind ${kind}, alone and in the middle of a stream`, async () => {
      const alone = await read(JSON.stringify(body));
      assert.deepEqual([alone.error?.kind, alone.end], [kind, undefined]);
      assert.ok(alone.error?.message.includes(words), alone.error?.message);
      const inside = await read(events(hi, body, stop, done));
      assert.deepEqual([inside.error?.kind, inside.end, inside.deltas], [kind, undefined, [['text', 'hi']]]);
    });
  }

  it('C13 fields of that name that say nothing of an error are none', async () => {
    assert.equal((await endOf(events({ ...hi, error: null, base_resp: { status_code: 0, status_msg: '' } }, { ...stop, error: null }, done))).message.text, 'hi');
  });
});
