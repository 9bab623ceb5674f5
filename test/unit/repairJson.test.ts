import assert from 'node:assert/strict';
import { parsePayload } from '../../src/core/completions/repairJson.ts';

describe('repair of JSON with raw control characters (S14)', () => {
  it('reads them inside strings as the characters they are', () => {
    const cases: readonly (readonly [string, unknown])[] = [
      ['{"a":"x\ty\nz"}', { a: 'x\ty\nz' }],
      ['{"a":"\u0001","b\n":"\u007f\r"}', { a: '\u0001', 'b\n': '\u007f\r' }],
      ['["\t",\n"\t"]', ['\t', '\t']],
      ['"\t"', '\t'],
    ];
    for (const [text, value] of cases) assert.deepEqual(parsePayload(text), value, JSON.stringify(text));
  });

  it('takes white space between the values for what it is', () => {
    assert.deepEqual(parsePayload('{\n\t"a":\r\n["x\ny"\n,\t1]\n}\n'), { a: ['x\ny', 1] });
  });

  it('goes by the number of backslashes in front of a quote to see where a string ends', () => {
    const cases: readonly (readonly [string, unknown])[] = [
      [String.raw`{"a":"say \"hi\"` + '\t"}', { a: 'say "hi"\t' }],
      ['{"a":"' + String.raw`\"` + '\t",\n"b":"\n"}', { a: '"\t', b: '\n' }],
      ['{"a":"\t' + String.raw`\\` + '",\n"b":"\n"}', { a: '\t\\', b: '\n' }],
      ['{"a":"' + String.raw`\\\"` + '\t"}', { a: '\\"\t' }],
      ['{"a":"\t' + String.raw`\\\\` + '"\n}', { a: '\t\\\\' }],
      ['{"a":"' + String.raw`\n` + '\t"\n}', { a: '\n\t' }],
    ];
    for (const [text, value] of cases) assert.deepEqual(parsePayload(text), value, JSON.stringify(text));
  });

  it('leaves what is broken in another way unread', () => {
    for (const text of ['', '{"a":', '{"a":"x\ny}', '{"a":"x\ny"', '{a:"\n"}', "{'a':1}", '{"a":\u0001"x"}', '\u0000']) assert.equal(parsePayload(text), undefined, JSON.stringify(text));
  });

  it('leaves what can be parsed as it stands alone, backslashes and escapes too', () => {
    for (const value of [{ a: '\t"\\\n' }, ['\\'], '\\"', null, 0, { '\\': '\\\\"' }]) assert.deepEqual(parsePayload(JSON.stringify(value, undefined, 2)), value);
  });
});
