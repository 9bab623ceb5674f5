import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { requestBody } from '../../src/core/completions/request.ts';
import { readFile } from '../../src/core/tools/readFile.ts';
import { tools } from '../../src/core/tools/tools.ts';
import { aRequest } from './support/conversation.ts';

function refusalOf(argumentsText: string): string {
  const checked = readFile.check(argumentsText);
  assert.ok(!('run' in checked), `accepted: ${argumentsText}`);
  assert.equal(checked.status, 'refused');
  return checked.text;
}

function summary(text: string): unknown {
  const checked = readFile.check(text);
  return 'run' in checked ? checked.summary : undefined;
}

describe('the definition of read_file', () => {
  it('is the same bytes every time, for services cache by exact prefix', () => {
    assert.equal(
      JSON.stringify(readFile.parameters),
      '{"type":"object","properties":{' +
        '"path":{"type":"string","description":"Path of the file, relative to the workspace folder."},' +
        '"start_line":{"type":"integer","minimum":1,"description":"First line to read, counted from 1. The beginning when left out."},' +
        '"end_line":{"type":"integer","minimum":1,"description":"Last line to read, included. The end when left out."}},' +
        '"required":["path"]}',
    );
  });

  it('has nothing that a model could use to vouch for itself', () => {
    assert.equal(readFile.risk, 'read');
    for (const tool of tools) assert.ok(!/approv|safe|confirm|trust/i.test(JSON.stringify(tool.parameters)));
  });

  it('has a name that all services take, and only ever one', () => {
    for (const { name } of tools) assert.match(name, /^[a-zA-Z0-9_-]{1,64}$/);
    assert.equal(new Set(tools.map(({ name }) => name)).size, tools.length);
  });
});

describe('the definitions of all tools', () => {
  it('have at most 14,000 bytes, for they are paid for with every request', () => {
    const body = requestBody(aRequest());
    assert.ok(Array.isArray(body['tools']) && body['tools'].length === tools.length);
    const bytes = Buffer.byteLength(JSON.stringify(body['tools']));
    assert.ok(bytes <= 14_000, `${bytes} bytes`);
  });
});

describe('the check of arguments', () => {
  it('takes what fits, in any spelling of JSON, and passes over members it does not know', () => {
    for (const text of ['{"path":"a"}', ' { "path" : "a" , "start_line" : 1 } ', '{"path":"a","requires_approval":false}', '{"__proto__":{"path":"b"},"path":"a"}', '{"end_line":3,"path":"a"}']) {
      assert.ok('run' in readFile.check(text), text);
    }
  });

  it('says in words what a call does', () => {
    assert.deepEqual(summary('{"path":"a"}'), { message: 'Read {0}', args: ['a'] });
    assert.deepEqual(summary('{"path":"a","start_line":2}'), { message: 'Read {0} from line {1}', args: ['a', 2] });
    assert.deepEqual(summary('{"path":"a","end_line":2}'), { message: 'Read {0}, lines {1} to {2}', args: ['a', 1, 2] });
  });

  const wrong: readonly (readonly [string, RegExp])[] = [
    ['', /path/],
    ['{}', /path/],
    ['{"path":', /must be one JSON object/],
    ['{"path":"a"}{"path":"b"}', /must be one JSON object/],
    ['[{"path":"a"}]', /must be one JSON object/],
    ['null', /path/],
    ['7', /must be one JSON object/],
    ['{"path":7}', /path: /],
    ['{"path":null}', /path: /],
    ['{"path":["a"]}', /path: /],
    ['{"path":"a","start_line":"1"}', /start_line: /],
    ['{"path":"a","start_line":0}', /start_line: /],
    ['{"path":"a","start_line":1.5}', /start_line: /],
    ['{"path":"a","end_line":-1}', /end_line: /],
    ['{"path":7,"end_line":true}', /path: .*; end_line: /],
    ['{"__proto__":{"path":"a"}}', /path/],
  ];
  for (const [text, words] of wrong) {
    it(`refuses ${JSON.stringify(text)} and says what to correct`, () => {
      assert.match(refusalOf(text), words);
      assert.match(refusalOf(text), /read_file.*(call again|Send the call again)/);
    });
  }

  it('never throws, whatever the model wrote', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.json().map((text) => text.slice(0, -1))), (text) => void readFile.check(text)), { numRuns: 1000 });
  });
});
