import assert from 'node:assert/strict';
import type { ReadOptions } from '../../../src/core/completions/reading.ts';
import { requestBody } from '../../../src/core/completions/request.ts';
import { asArray, asObject, type Json } from '../../../src/core/json.ts';
import { readArguments } from '../../../src/core/tools/arguments.ts';
import { readFile } from '../../../src/core/tools/readFile.ts';
import { aRequest } from '../support/conversation.ts';
import { chunk, done, endOf, events, read, said } from '../support/wire.ts';

interface Fragment {
  readonly index?: number;
  readonly id?: string;
  readonly name?: string;
  readonly arguments?: Json;
}

/** One entry of `tool_calls`. */
function entry({ index, id, name, arguments: text }: Fragment): Json {
  return { index, id, type: 'function', function: { name, arguments: text } };
}

/** Chunks of fragments, then the finish. */
function stream(chunks: readonly (readonly Fragment[])[], finish = 'tool_calls'): string {
  return events(...chunks.map((fragments) => chunk({ tool_calls: fragments.map(entry) })), chunk({}, finish), done);
}

function own(fragment: Fragment): Json {
  return chunk({ tool_calls: [entry(fragment)] });
}

function beside(...fragments: readonly Fragment[]): Json {
  return { choices: [], tool_calls: fragments.map(entry) };
}

/** A whole answer with one call in the choice and one beside the choices. */
function whole(inside: Fragment, outside: Fragment): string {
  return JSON.stringify({ choices: [{ message: { tool_calls: [entry(inside)] }, finish_reason: 'tool_calls' }], tool_calls: [entry(outside)] });
}

/** Id, name and arguments of the calls that came of it. */
async function callsOf(body: string, options: ReadOptions = {}): Promise<readonly (readonly [string, string, string])[]> {
  return (await endOf(body, options)).message.calls.map((call) => [call.id, call.name, call.arguments]);
}

describe('tool calls', () => {
  it('T1 the index is missing: a new id begins a call, anything else goes on with the newest', async () => {
    assert.deepEqual(await callsOf(stream([[{ id: 'a', name: 'f', arguments: '{"x"' }], [{ arguments: ':1}' }], [{ id: 'b', name: 'g', arguments: '{' }], [{ arguments: '}' }]])), [['a', 'f', '{"x":1}'], ['b', 'g', '{}']]);
  });

  it('T2 the indexes do not begin at 0, or leave some out', async () => {
    assert.deepEqual(await callsOf(stream([[{ index: 1, id: 'a', name: 'f', arguments: '{' }], [{ index: 5, id: 'b', name: 'g', arguments: '{}' }], [{ index: 1, arguments: '}' }]])), [['a', 'f', '{}'], ['b', 'g', '{}']]);
  });

  it('T3 an index is used again with a new id: that is another call', async () => {
    assert.deepEqual(await callsOf(stream([[{ index: 0, id: 'a', name: 'f', arguments: '{}' }], [{ index: 0, id: 'b', name: 'g', arguments: '{' }], [{ index: 0, arguments: '}' }]])), [['a', 'f', '{}'], ['b', 'g', '{}']]);
    // The first has no arguments, and nothing but the id tells that the second is another.
    assert.deepEqual(await callsOf(stream([[{ index: 0, id: 'a', name: 'f', arguments: '' }], [{ index: 0, id: 'b', name: 'g', arguments: '{}' }]])), [['a', 'f', ''], ['b', 'g', '{}']]);
  });

  it('T4 fragments that go on with a call have an empty id', async () => {
    assert.deepEqual(await callsOf(stream([[{ index: 0, id: 'a', name: 'f', arguments: '{' }], [{ index: 0, id: '', name: '', arguments: '}' }]])), [['a', 'f', '{}']]);
  });

  it('T5 no id comes at all: one is made up for each call', async () => {
    const ids = (await callsOf(stream([[{ index: 0, name: 'f', arguments: '{}' }, { index: 1, name: 'f', arguments: '{}' }]]))).map(([id]) => id);
    assert.equal(new Set(ids).size, 2);
    assert.ok(!ids.includes(''));
  });

  it('T6 the id is the same in every turn, "0", and goes back as it is; twice in one answer it is told apart', async () => {
    assert.deepEqual((await callsOf(stream([[{ index: 0, id: '0', name: 'f', arguments: '{}' }]]))).map(([id]) => id), ['0']);
    const twice = await callsOf(stream([[{ index: 0, id: '0', name: 'f', arguments: '{}' }, { index: 1, id: '0', name: 'g', arguments: '{}' }]]));
    assert.equal(new Set(twice.map(([id]) => id)).size, 2);
  });

  it('T7 the name comes in a later chunk, in pieces, or again in each', async () => {
    assert.deepEqual(await callsOf(stream([[{ index: 0, id: 'a', arguments: '{' }], [{ index: 0, name: 'f', arguments: '}' }]])), [['a', 'f', '{}']]);
    assert.deepEqual(await callsOf(stream([[{ index: 0, id: 'a', name: 'read_' }], [{ index: 0, name: 'file', arguments: '{}' }]])), [['a', 'read_file', '{}']]);
    assert.deepEqual(await callsOf(stream([[{ index: 0, id: 'a', name: 'f', arguments: '{' }], [{ index: 0, name: 'f', arguments: '}' }]])), [['a', 'f', '{}']]);
  });

  const spellings: readonly (readonly [string, Json | undefined, string, unknown])[] = [
    ['as fragments', '{"a":1}', '{"a":1}', { a: 1 }],
    ['as an object', { a: 1 }, '{"a":1}', { a: 1 }],
    ['as null', null, '', {}],
    ['as nothing', undefined, '', {}],
    ['as an empty text', '', '', {}],
    ['as an empty object', '{}', '{}', {}],
    ['as the word null', 'null', 'null', {}],
    ['encoded twice', '"{\\"a\\":1}"', '"{\\"a\\":1}"', { a: 1 }],
    ['encoded twice, of nothing', '""', '""', {}],
  ];
  for (const [how, given, kept, meant] of spellings) {
    it(`T8 arguments come ${how}: they are kept byte for byte and read as they are meant`, async () => {
      const [call] = await callsOf(stream([[{ index: 0, id: 'a', name: 'f', ...(given !== undefined && { arguments: given }) }]]));
      assert.equal(call?.[2], kept);
      assert.deepEqual(readArguments(kept), { value: meant });
    });
  }

  it('T9 each fragment repeats what came before it, which the dialect must say: a model may well say the same twice', async () => {
    const snapshots = stream([[{ index: 0, id: 'a', name: 'f', arguments: '{"n"' }], [{ index: 0, arguments: '{"n":1' }], [{ index: 0, arguments: '{"n":1' }], [{ index: 0, arguments: '{"n":11}' }]]);
    const { deltas, end } = await read(snapshots, { callArguments: 'snapshots' });
    assert.deepEqual([deltas, end?.message.calls[0]?.arguments], [[['call', 0, 'f', '{"n":11}']], '{"n":11}']);
    const repeats = stream([[{ index: 0, id: 'a', name: 'f', arguments: '{"n":' }], [{ index: 0, arguments: '1' }], [{ index: 0, arguments: '1' }], [{ index: 0, arguments: '}' }]]);
    assert.deepEqual((await callsOf(repeats))[0]?.[2], '{"n":11}');
  });

  it('T10 the fragments of parallel calls alternate, within a chunk too', async () => {
    const body = stream([[{ index: 0, id: 'a', name: 'f', arguments: '{"x"' }, { index: 1, id: 'b', name: 'g' }], [{ index: 1, arguments: '{"y"' }, { index: 0, arguments: ':0}' }], [{ index: 1, arguments: ':1}' }]]);
    assert.deepEqual(await callsOf(body), [['a', 'f', '{"x":0}'], ['b', 'g', '{"y":1}']]);
  });

  it('T11 calls stand beside the choices, alone or once more', async () => {
    const call = entry({ id: 't1', name: 'f', arguments: '{"a":1}' });
    const withMessage = (message: Json): string => JSON.stringify({ choices: [{ message, finish_reason: 'tool_calls' }], tool_calls: [call] });
    assert.deepEqual(await callsOf(withMessage({ content: '' })), [['t1', 'f', '{"a":1}']]);
    assert.deepEqual(await callsOf(withMessage({ content: '', tool_calls: [call] })), [['t1', 'f', '{"a":1}']]);
    // In a stream, behind the choice's own.
    assert.deepEqual(await callsOf(events(chunk({ tool_calls: [call] }), { ...chunk({}, 'tool_calls'), tool_calls: [call] }, done)), [['t1', 'f', '{"a":1}']]);
    assert.deepEqual(await callsOf(events({ choices: [], tool_calls: [call] }, chunk({}, 'tool_calls'), done)), [['t1', 'f', '{"a":1}']]);
  });

  it('T11 a call beside the choices runs once, whichever comes first and whether it has an id or not', async () => {
    const call = { id: 't1', name: 'f', arguments: '{"a":1}' };
    const { id: _, ...nameless } = call;
    const finish = chunk({}, 'tool_calls');
    const once: readonly string[] = [
      events(beside(call), own(call), finish, done), events(own(call), beside(call), finish, done), events(beside(nameless), own(call), finish, done), events(beside(nameless), beside(nameless), own(nameless), finish, done),
      events(beside(call), own({ ...call, index: 0, arguments: '{"a"' }), own({ index: 0, arguments: ':1}' }), finish, done),
      whole(nameless, call), whole(call, nameless), whole(nameless, nameless), whole(nameless, { ...nameless, arguments: { a: 1 } }), whole({ ...nameless, arguments: '{ "a": 1 }' }, call),
    ];
    for (const body of once) assert.deepEqual((await callsOf(body)).map(([, name]) => name), ['f'], body);
    // Others stand beside it: they run too, in pieces or whole.
    const other = { name: 'f', arguments: '{"a":2}' };
    for (const body of [whole(call, { ...call, id: 't2' }), whole(nameless, other), whole({ name: 'f', arguments: '{"a' }, { name: 'f', arguments: '{"b' }), events(own(nameless), beside(other), finish, done), events(beside(call, other), own(call), finish, done), events(own(call), beside({ index: 0, name: 'g', arguments: '{' }), beside({ index: 0, arguments: '}' }), finish, done)]) assert.equal((await callsOf(body)).length, 2, body);
    const { deltas } = await read(events(own(call), beside(other), finish, done));
    assert.deepEqual(deltas, [['call', 0, 'f', '{"a":1}'], ['call', 1, 'f', '{"a":2}']]);
  });

  it('T1 T5 T6 calls without an index that have no ids, or the same one, are kept apart', async () => {
    const two = [{ name: 'f', arguments: '{"a":1}' }, { name: 'g', arguments: '{}' }] as const;
    for (const ids of [{}, { id: '0' }]) {
      const fragments = two.map((call) => ({ ...ids, ...call }));
      const message = JSON.stringify({ choices: [{ message: { tool_calls: fragments.map(entry) }, finish_reason: 'tool_calls' }] });
      for (const body of [message, stream([fragments]), stream(fragments.map((fragment) => [fragment]))]) {
        const calls = await callsOf(body);
        assert.deepEqual(calls.map(([, ...rest]) => rest), [['f', '{"a":1}'], ['g', '{}']], body);
        assert.equal(new Set(calls.map(([id]) => id)).size, 2);
      }
    }
  });

  it('T12 the one call comes as function_call', async () => {
    const body = events(chunk({ function_call: { name: 'f', arguments: '' } }), chunk({ function_call: { arguments: '{"a"' } }), chunk({ function_call: { arguments: ':1}' } }), chunk({}, 'function_call'), done);
    assert.deepEqual((await callsOf(body)).map(([, ...rest]) => rest), [['f', '{"a":1}']]);
  });

  it('T13 arguments that were cut are never run, though they parse, and the model is told', async () => {
    for (const finish of ['length', 'content_filter', 'insufficient_system_resource', 'error', 'never seen']) {
      const end = await endOf(stream([[{ index: 0, id: 'a', name: 'f', arguments: '{"path":"a"}' }]], finish));
      assert.deepEqual([end.message.calls, end.cutCalls], [[], 1], finish);
    }
    const checked = readFile.check('{"path":"a');
    assert.ok(!('run' in checked) && /not complete/.test(checked.text));
  });

  it('T14 a name is unknown, too long or has other characters: it is kept, and goes back as services take it', async () => {
    const name = `läs ${'x'.repeat(80)}`;
    const { message } = await endOf(stream([[{ index: 0, id: 'a', name, arguments: '{}' }]]));
    assert.equal(message.calls[0]?.name, name);
    const body = requestBody(aRequest({ messages: [{ role: 'user', content: 'x' }, message, { role: 'tool', callId: 'a', content: 'no such tool' }] }));
    const sent = asArray(body['messages']).flatMap((sentMessage) => asArray(asObject(sentMessage)?.['tool_calls']));
    assert.match(String(asObject(asObject(sent[0])?.['function'])?.['name']), /^l_s_x{1,60}$/);
  });

  it('T15 an empty object stands in front of the arguments; anything else behind an object is refused in words', () => {
    assert.deepEqual(readArguments('{}{"a":1}'), { value: { a: 1 } });
    assert.deepEqual(readArguments('{} \n{"a":"}{"}'), { value: { a: '}{' } });
    const refused: readonly (readonly [string, RegExp])[] = [['{"a":1}{"a":2}', /two/], ['{"a":1}</tool_call>', /<\/tool_call>/], ['{"a":1}}', /"}"/], ['{}{"a":', /behind/], ['{"a":', /not complete/], ['{"a\\"', /not complete/], ['[1]', /array/], ['7', /number/]];
    for (const [text, words] of refused) {
      const result = readArguments(text);
      assert.ok('problem' in result && words.test(result.problem), `${text}: ${JSON.stringify(result)}`);
    }
  });

  it('T15 a string that never ends, of nothing but quotes and backslashes, is read once', () => {
    for (const end of ['', '\\', '\n']) assert.deepEqual(readArguments(`{"${'\\"'.repeat(3_000_000)}${end}`), { problem: 'they are not complete, or no JSON' });
  });

  describe('T16 calls that leaked into the text', () => {
    const markups = [
      '<tool_call>\n{"name":"read_file","arguments":{"path":"a"}}\n</tool_call>',
      '<function_calls>\n<invoke name="read_file"><parameter name="path">a</parameter></invoke>\n</function_calls>',
      '<invoke name="read_file"><parameter name="path">a</parameter></invoke>',
      '<function=read_file>{"path":"a"}</function>',
      '<｜DSML｜function_calls>\n<｜DSML｜invoke name="read_file">a</｜DSML｜invoke>\n</｜DSML｜function_calls>',
      '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>read_file\n{}<｜tool▁call▁end｜><｜tool▁calls▁end｜>',
      '<|tool_calls_section_begin|><|tool_call_begin|>read_file:0{}<|tool_call_end|><|tool_calls_section_end|>',
      '<tool_call>read_file\n<arg_key>path</arg_key><arg_value>a</arg_value>\n</tool_call>',
      '<tool_call>\n<function=read_file>\n<parameter=path>\na\n</parameter>\n</function>\n</tool_call>',
      '<tool_calls>\n[{"name":"read_file"}]\n</tool_calls>',
      '<function=read_file>\n<parameter=path>a</parameter></function>',
      '<function=list></function>',
      '<｜DSML｜invoke name="read_file">\n<｜DSML｜parameter name="path" string="true">a</｜DSML｜parameter>\n</｜DSML｜invoke>',
      '<|tool_call_begin|>functions.read_file:0<|tool_call_argument_begin|>{"path":"a"}<|tool_call_end|>',
      '<｜tool▁call▁begin｜>read_file<｜tool▁sep｜>{}<｜tool▁call▁end｜>',
      '[TOOL_CALLS] [{"name":"read_file","arguments":{"path":"a]}\\""}}]',
      '[TOOL_CALLS]read_file[CALL_ID]x1[ARGS]{"path":"a"}',
      '[TOOL_CALLS]read_file{"path":"a"}',
    ];
    for (const markup of markups) {
      it(`T16 ${markup.slice(0, 24).trim()}… is told apart wherever it is cut, kept in the message, and never run`, async () => {
        const text = `I look. a < b [1] ${markup}\nDone <b>.`;
        for (const split of [[text], Array.from(text), ...Array.from(text, (_, at) => [text.slice(0, at), text.slice(at)])]) {
          const { deltas, end } = await read(events(...split.map((content) => chunk({ content })), chunk({}, 'stop'), done));
          assert.deepEqual([said(deltas, 'leaked'), said(deltas, 'text')], [markup, text.replace(markup, '')], JSON.stringify(split[0]));
          assert.deepEqual([end?.message.text, end?.message.calls, end?.cutCalls, end?.reason], [text, [], 0, 'stop']);
        }
      });
    }

    it('T16 markup without an end, or the beginning of some at the end, loses nothing', async () => {
      for (const [text, leaked] of [['a <tool_call>{"name"', '<tool_call>{"name"'], ['a [TOOL_CALLS][{', '[TOOL_CALLS][{'], ['a <tool_ca', ''], ['a <', ''], ['a <tool_call>', ''], ['a <function=read_file>\n<para', '']] as const) {
        const { deltas, end } = await read(events(...Array.from(text).map((content) => chunk({ content })), chunk({}, 'length'), done));
        assert.deepEqual([said(deltas, 'leaked'), said(deltas, 'text') + said(deltas, 'leaked'), end?.message.text], [leaked, text, text]);
      }
    });

    const prose = [
      "Please don't use [TOOL_CALLS] token; the rest", 'See [TOOL_CALLS] [1] and [2]', '<tool_call> [1]', 'you write <function=foo> and then <b>', 'the <tool_call> tag, or <tool_calls> and', 'A <tool_call>s < b', 'In <function_calls>, an <invoke name="x"> holds parameters. <p>',
      'tokens like <|tool_call_begin|> and <｜tool▁calls▁begin｜> mark it', '<｜DSML｜invoke name=x', `<tool_call>${' '.repeat(300)}{}`, `<function=${'x'.repeat(300)}>{}`, '<invoke name=> {', '[TOOL_CALLS]',
    ];
    for (const text of prose) {
      it(`T16 ${JSON.stringify(text.slice(0, 60))} is prose that speaks of it`, async () => {
        for (const split of [[text], Array.from(text)]) {
          const { deltas, end } = await read(events(...split.map((content) => chunk({ content })), chunk({}, 'stop'), done));
          assert.deepEqual([deltas, end?.message.text], [[['text', text]], text]);
        }
      });
    }

    for (const text of ['In `<tool_call>{}</tool_call>` it', '```xml\n<tool_call>{}</tool_call>\n```\nend', '~~~\n<invoke name="x">\n~~~', '``a ` <tool_call>``', '  ````\n```\n<tool_call>\n````']) {
      it(`T16 ${JSON.stringify(text)} is code that speaks of it`, async () => {
        for (const split of [[text], Array.from(text)]) {
          const { deltas } = await read(events(...split.map((content) => chunk({ content })), chunk({}, 'stop'), done));
          assert.deepEqual(deltas, [['text', text]]);
        }
      });
    }

    it('T16 behind code, and behind a mark that opens none, it is a leaked call again', async () => {
      for (const before of ['`code` ', '```\nx\n```\n', 'a ` b\n\n', '~5 ']) {
        const { deltas } = await read(events(...`${before}<tool_call>{}</tool_call>`.split(/(?=[`<\n])/).map((content) => chunk({ content })), chunk({}, 'stop'), done));
        assert.equal(said(deltas, 'leaked'), '<tool_call>{}</tool_call>', before);
      }
    });
  });
});
