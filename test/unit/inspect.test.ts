import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { comparePrefixes } from '../../src/core/inspect/comparePrefixes.ts';
import { curlOf, shellWord } from '../../src/core/inspect/curl.ts';
import { describeComparison, describeExchanges } from '../../src/core/inspect/describe.ts';
import type { Exchange } from '../../src/core/inspect/exchange.ts';
import { createExchangeStore } from '../../src/core/inspect/exchangeStore.ts';
import { fixtureOf } from '../../src/core/inspect/fixture.ts';
import { readCompletion } from '../../src/core/completions/readCompletion.ts';
import { requestBody } from '../../src/core/completions/request.ts';
import { fillIn, type LocalText } from '../../src/protocol/localText.ts';
import { textInPieces } from './support/bytes.ts';
import { collect } from './support/collect.ts';
import { aRequest, fixedConversation } from './support/conversation.ts';
import { wireFixtures } from './support/wireFixtures.ts';

const english = ({ message, args }: LocalText): string => fillIn(message, args);

const keyless = (text: string): string => text;

function anExchange(parts: { readonly body?: string; readonly text?: string; readonly hasKey?: boolean } = {}): Exchange {
  const { body = '{}', text = '', hasKey = true } = parts;
  return {
    turnId: 'turn-1', number: 1, startedAt: 0, hasKey,
    request: { method: 'POST', url: "https://a.invalid/it's/chat/completions", headers: { 'content-type': 'application/json', authorization: 'Bearer [key]' }, body, isShortened: false },
    response: { afterMs: 5, status: 200, headers: {} },
    received: { text, lines: text.split('\n').filter(Boolean).map((line) => ({ afterMs: 6, text: line })), missing: undefined },
    end: { afterMs: 9, error: undefined, isStopped: false },
  };
}

describe('copy as cURL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rivulet-curl-'));
  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

  /** The arguments that a program named curl gets when a shell runs the command. */
  function argumentsOf(command: string): readonly string[] {
    writeFileSync(join(folder, 'curl'), '#!/bin/bash\nprintf "%s\\0" "$@"\n');
    chmodSync(join(folder, 'curl'), 0o755);
    const output = execFileSync('bash', ['-c', command], { env: { PATH: `${folder}:${process.env['PATH'] ?? ''}`, API_KEY: 'sk-of-the-person' }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    return output.split('\0').slice(0, -1);
  }

  const bodies = ["it's", 'two\nlines', '"$API_KEY" `id` $(id) \\ \\n !', "'; touch x; '", '@/etc/passwd', '潮 🌊 \u202E', "''''", 'ends with \\', '\t'];
  for (const content of bodies) {
    it(`hands ${JSON.stringify(content)} over to the program as it is`, () => {
      const body = JSON.stringify({ messages: [{ role: 'user', content }] });
      for (const text of [body, content]) {
        const given = argumentsOf(curlOf(anExchange({ body: text })));
        assert.deepEqual(given.slice(0, -1), [
          '-sS', '-N', '-X', 'POST', "https://a.invalid/it's/chat/completions",
          '-H', 'content-type: application/json', '-H', 'Authorization: Bearer sk-of-the-person', '--data-raw',
        ]);
        if (text === body) assert.deepEqual(JSON.parse(given.at(-1) ?? ''), JSON.parse(body));
        else assert.equal(given.at(-1), text);
      }
    });
  }

  it('holds nothing that another shell would act on, cmd.exe and PowerShell with their quotes included', () => {
    const content = `it's "; calc; ' & calc & | < > ^ %PATH% !x! $(calc) \`calc\` \\' \u2019 (calc) \u2018 \u201C;\u201D \u009B31m \u2028 \u202E \u{E0041} 潮 🌊`;
    const body = JSON.stringify({ messages: [{ role: 'user', content }] });
    const word = argumentsOf(curlOf(anExchange({ body }))).at(-1) ?? '';
    assert.deepEqual(JSON.parse(word), JSON.parse(body));
    assert.deepEqual(word.match(/['&|<>^%!$;`()\u2018-\u201F\u009B\u2028\u202E\u{E0041}]/gu), null);
    assert.ok(word.includes('潮 🌊'), 'what is harmless stays readable');
  });

  it('asks for no key where none was sent', () => {
    assert.ok(!curlOf(anExchange({ hasKey: false })).includes('API_KEY'));
  });

  it('leaves out what no argument can carry', () => {
    assert.equal(shellWord('a\0b'), "'ab'");
  });
});

describe('the inspector\'s document', () => {
  it('cannot be left by what stands in it, and hides nothing', () => {
    const text = 'data: ```\n```` # heading\ndata: \u202Eabc\u200B';
    const document = describeExchanges([anExchange({ text, body: '{"a":"\u202E```"}' })], english);
    assert.ok(document.includes(String.raw`\u{202E}abc\u{200B}`) && !/[\u202E\u200B]/.test(document));
    const fences = document.split('\n').filter((line) => /^`{5,}$/.test(line));
    assert.equal(fences.length, 2, document);
  });

  it('shows the request as it went out, indented, and events with their times', () => {
    const body = JSON.stringify(requestBody(aRequest()));
    const document = describeExchanges([anExchange({ body, text: 'data: {"x":1}\n\ndata: [DONE]\n' }), anExchange()], english);
    assert.deepEqual(JSON.parse(/```json\n([^]*?)\n```/.exec(document)?.[1] ?? ''), JSON.parse(body));
    assert.ok(document.includes('\n6  data: {"x":1}\n6  data: [DONE]\n'));
    assert.ok(document.includes('## Request 1 of 2') && document.includes('## Request 2 of 2'));
  });
});

describe('the inspector\'s document of what means ill', () => {
  const runs = '``` '.repeat(200_000);
  const deep = `${'['.repeat(20_000)}1${']'.repeat(20_000)}`;

  it('opens whatever came: a flood of fences, a body that is too deep to be indented', () => {
    const document = describeExchanges([anExchange({ text: `data: ${runs}`, body: JSON.stringify({ content: runs }) }), anExchange({ body: deep })], english);
    assert.ok(document.includes('\n````json\n') && document.includes(deep));
  });

  it('compares what is deep, or says nothing, and what it says of names is neither link nor picture', () => {
    assert.equal(comparePrefixes(`{"messages":[${deep}]}`, `{"messages":[${deep}]}`), undefined);
    const [earlier, later] = ['a', '![](https://evil.invalid/p.png) [x](command:y) <img src=x>\n# z'].map((model) => JSON.stringify({ model, messages: [{ role: 'user', content: 'x' }] }));
    const comparison = comparePrefixes(earlier ?? '', later ?? '');
    assert.ok(comparison !== undefined);
    const line = describeComparison(comparison, english).split('\n').find((text) => text.includes('evil'));
    assert.ok(line?.includes(String.raw`\!\[\](https://evil.invalid/p.png) \[x\](command:y) \<img src=x\> # z`), line);
  });
});

async function problemOf(exchange: Exchange): Promise<string | undefined> {
  const fixture = await fixtureOf(exchange, keyless);
  return 'problem' in fixture ? fixture.problem.message : undefined;
}

describe('a fixture that the inspector saves', () => {
  for (const { name, wire } of wireFixtures) {
    it(`says of ${name} what a replay gives, and where it ends`, async () => {
      const fixture = await fixtureOf(anExchange({ text: wire }), keyless);
      assert.ok('wire' in fixture);
      assert.equal(fixture.wire, wire);
      const json = JSON.parse(fixture.json) as { deltas: unknown; end?: { reason: string; text: string }; error?: { kind: string }; finish?: string };
      const replay = await collect(readCompletion(textInPieces(wire)));
      assert.deepEqual(json.deltas, replay.deltas);
      assert.deepEqual([json.end?.reason, json.end?.text, json.error?.kind], [replay.end?.reason, replay.end?.message.text, replay.error?.kind]);
      assert.equal(json.finish === undefined, replay.end === undefined);
      if (json.finish === undefined) return;
      const end = wire.indexOf(json.finish) + json.finish.length;
      const shorter = await collect(readCompletion(textInPieces(wire.slice(0, end - 1))));
      assert.equal(shorter.end, undefined, 'with a character less there is no end');
      const enough = await collect(readCompletion(textInPieces(wire.slice(0, end))));
      assert.ok(enough.end !== undefined, 'with all of it there is');
    });
  }

  it('is not made of an answer that is missing, unfinished or too large', async () => {
    assert.match((await problemOf(anExchange())) ?? '', /No answer came/);
    assert.match((await problemOf({ ...anExchange({ text: 'data: {}\n\n' }), end: undefined })) ?? '', /still coming/);
    const large = anExchange({ text: 'data: {}\n\n' });
    assert.match((await problemOf({ ...large, received: { ...large.received, missing: { bytes: 5, before: 1 } } })) ?? '', /too large/);
  });
});

function call(index: number, text: string): object {
  return { tool_calls: [{ index, id: `c${index}`, function: { name: 'f', arguments: text } }] };
}

function events(...deltas: readonly object[]): string {
  return [...deltas.map((delta) => ({ choices: [{ index: 0, delta }] })), { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }].map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
}

describe('a fixture of an answer that echoes the key', () => {
  const key = 'sk-CANARY-0123456789abcdef';
  const [one, two, three] = [key.slice(0, 11), key.slice(11, 18), key.slice(18)] as const;

  async function fixtureFrom(body: string): Promise<Awaited<ReturnType<typeof fixtureOf>>> {
    const store = createExchangeStore();
    const recorder = store.recorderFor('turn-1', key);
    recorder.request({ at: 0, method: 'POST', url: 'https://a.invalid/v1', headers: {}, body: '{}' });
    recorder.bytes({ at: 2, bytes: new TextEncoder().encode(body) });
    recorder.end({ at: 3, error: undefined });
    const [exchange] = store.exchangesOf('turn-1');
    assert.ok(exchange !== undefined);
    return fixtureOf(exchange, store.redactionFor(exchange));
  }

  const refused: readonly (readonly [string, string])[] = [
    ['under names of reasoning that take turns', events({ reasoning_content: one }, { reasoning: two }, { reasoning_content: three }, { content: 'x' })],
    ['as text, as a part and as a refusal', events({ content: one }, { content: [{ type: 'text', text: two }] }, { refusal: three })],
    ['as reasoning, then as text', events({ reasoning_content: one }, { content: two + three })],
    ['in several calls', events({ tool_calls: [one, two, three].map((text, index) => ({ index, id: `c${index}`, function: { name: 'f', arguments: text } })) })],
    ['in a call whose place in the list changes', events(call(0, one), { tool_calls: [{ index: 1, function: { name: 'g', arguments: '' } }, { index: 0, function: { arguments: two } }] }, call(0, three))],
    ['in pieces of several lines each', [one, two, three].map((text) => `data: {"choices":[{"index":0,\ndata: "delta":{"content":"${text}"}}]}\n\n`).join('') + events({ content: 'x' })],
  ];
  for (const [name, body] of refused) {
    it(`is not saved when it stands ${name}`, async () => {
      const fixture = await fixtureFrom(body);
      assert.ok('problem' in fixture, JSON.stringify(fixture));
      assert.match(fixture.problem.message, /key/);
    });
  }

  const escaped = `\\u0073\\u006B${key.slice(2)}\\u000A`;
  const spelledOut: readonly (readonly [string, string])[] = [
    ['an event over several lines', `data: {"choices":[{"index":0,\ndata: "delta":{"content":"${escaped}"}}]}\n\n${events({ content: 'x' })}`],
    ['a place where nobody reads', `data: {"choices":[],\ndata: "x":"${escaped}"}\n\n${events({ content: 'x' })}`],
    ['an error over several lines', JSON.stringify({ error: { message: 'bad KEY' } }, undefined, 2).replace('KEY', escaped)],
  ];
  for (const [name, body] of spelledOut) {
    it(`is saved without it when it is spelled with numbers in ${name}`, async () => {
      const fixture = await fixtureFrom(body);
      assert.ok('wire' in fixture);
      assert.ok(!fixture.wire.includes(key.slice(2, 14)) && fixture.wire.includes(String.raw`"[key]\u000A"`) !== fixture.wire.includes(String.raw`bad [key]\u000A`), fixture.wire);
      assert.ok(!fixture.json.includes(key.slice(2, 14)));
    });
  }

  it('is saved without it when it could be taken out', async () => {
    const fixture = await fixtureFrom(events({ content: one }, { content: two }, { content: `${three}.` }));
    assert.ok('wire' in fixture);
    assert.ok(!fixture.wire.includes(two) && fixture.json.includes('[key].'));
  });
});

function line(content: string): string {
  return `data: {"choices":[{"index":0,"delta":{"content":"${content}"},"finish_reason":"stop"}]}\n\n`;
}

describe('where the answer of a fixture ends', () => {
  it('is not told by thousands of characters that stand before as well', async () => {
    const flood = 'a'.repeat(40_000);
    const fixture = await fixtureOf(anExchange({ text: `data: {"x":"${flood}${flood}"}\n\n${line(flood)}` }), keyless);
    assert.ok('json' in fixture);
    assert.ok(((JSON.parse(fixture.json) as { finish?: string }).finish ?? '').length <= 4096);
    const repeated = await fixtureOf(anExchange({ text: `${': keep-alive\n\n'.repeat(8000)}${line('x')}` }), keyless);
    assert.ok('json' in repeated && (JSON.parse(repeated.json) as { finish?: string }).finish !== undefined);
  });
});

describe('comparing the prefixes of two requests', () => {
  const messages = [
    { role: 'system', content: 'You know the tides.' },
    { role: 'user', content: 'When? 潮' },
    { role: 'assistant', content: 'At six.', reasoning_content: 'Look.' },
  ];
  const body = (parts: object = {}): string => JSON.stringify({ model: 'm', messages, ...parts });
  const reasons = (later: string, earlier = body()): readonly string[] => comparePrefixes(earlier, later)?.reasons.map(english) ?? [];
  const changed = (index: number, message: object): string => body({ messages: messages.map((each, place) => (place === index ? message : each)) });

  it('finds that messages were only added, and how much is shared', () => {
    const later = [...messages, { role: 'user', content: 'And low water?' }];
    const comparison = comparePrefixes(body(), body({ messages: later }));
    const shared = Buffer.byteLength(JSON.stringify(messages)) - 1;
    const all = Buffer.byteLength(JSON.stringify(later));
    assert.deepEqual(comparison, { sharedBytes: shared, bytes: all, percent: Math.floor((100 * shared) / all), parting: undefined, reasons: comparison?.reasons });
    assert.deepEqual(comparison?.reasons.map(english), ['Messages were only added: 1 of them.']);
  });

  it('counts in bytes as the JSON has them, up to the character that differs', () => {
    const comparison = comparePrefixes(body(), changed(1, { role: 'user', content: 'When? 汐' }));
    assert.deepEqual([comparison?.parting?.message, comparison?.parting?.character], [1, '{"role":"user","content":"When? '.length]);
    assert.equal(comparison?.sharedBytes, Buffer.byteLength(`[${JSON.stringify(messages[0])},{"role":"user","content":"When? `));
    assert.equal(comparison?.percent, Math.floor((100 * (comparison?.sharedBytes ?? 0)) / (comparison?.bytes ?? 1)));
    assert.deepEqual([comparison?.parting?.before.at(-3), comparison?.parting?.after.at(-3)], ['潮', '汐']);
  });

  it('says why', () => {
    assert.deepEqual(reasons(body()), ['The messages are the same.']);
    assert.deepEqual(reasons(changed(0, { role: 'system', content: 'You know the moon.' })), ['The system prompt changed.']);
    assert.deepEqual(reasons(changed(1, { role: 'user', content: 'Where?' })), ['Message 2 (user) has another content: it was edited, or put in order for the service.']);
    assert.deepEqual(reasons(changed(2, { role: 'assistant', content: 'At six.' })), ['Message 3 (assistant) no longer has reasoning_content.']);
    assert.deepEqual(reasons(changed(2, { ...messages[2], tool_calls: [] })), ['Message 3 (assistant) now has tool_calls.']);
    assert.deepEqual(reasons(changed(2, { role: 'user', content: 'At six.' })), ['Message 3 is another: user instead of assistant.']);
    assert.deepEqual(reasons(changed(1, { content: 'When? 潮', role: 'user' })), ['Message 2 is spelled in another order.']);
    assert.deepEqual(reasons(body({ messages: messages.slice(0, 1) })), ['The later request ends after message 1, the earlier one goes on.']);
    assert.match(reasons(body({ model: 'other' })).join(), /^The model changed from m to other.*The messages are the same\.$/);
    assert.match(reasons(body({ tools: [1] })).join(), /^The tools changed/);
  });

  it('has nothing to say of bodies without messages', () => {
    assert.equal(comparePrefixes('{}', body()), undefined);
    assert.equal(comparePrefixes(body(), 'no JSON'), undefined);
  });

  it('finds nothing but additions between the real requests of a conversation that grows', () => {
    for (let length = 2; length < fixedConversation.length; length += 1) {
      if (fixedConversation[length]?.role === 'tool') continue;
      const [earlier, later] = [length, fixedConversation.length].map((end) => JSON.stringify(requestBody(aRequest({ messages: fixedConversation.slice(0, end) }))));
      const comparison = comparePrefixes(earlier ?? '', later ?? '');
      assert.equal(comparison?.parting, undefined, `after ${length} messages: ${JSON.stringify(comparison?.parting)}`);
    }
  });

  it('is described with the place and what stands there', () => {
    const comparison = comparePrefixes(body(), changed(1, { role: 'user', content: 'When? \u202E' }));
    assert.ok(comparison !== undefined);
    const document = describeComparison(comparison, english);
    assert.ok(document.includes(`They part at message 2, character ${'{"role":"user","content":"When? '.length}:`), document);
    assert.ok(document.includes(String.raw`+ {"role":"user","content":"When? \u{202E}"}`), document);
  });
});
