import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { shownText, typedValue } from '../../webview/text/parameterText.ts';

describe('A parameter in its field', () => {
  it('shows a value as a person writes it', () => {
    assert.equal(shownText('number', '0.3'), '0.3');
    assert.equal(shownText('text', '"Ann"'), 'Ann');
    assert.equal(shownText('lines', '["END","\\n\\n","a\\\\b"]'), 'END\n\\n\\n\na\\\\b');
    assert.equal(shownText('lines', '"END"'), 'END');
    assert.equal(shownText('json', '{"1":6}'), '{\n  "1": 6\n}');
    assert.equal(shownText('number', undefined), '');
  });

  it('shows what was refused as it was typed', () => {
    assert.equal(shownText('number', typedValue('number', 'warm')), 'warm');
    assert.equal(shownText('json', typedValue('json', '{"1": ')), '{"1": ');
  });

  it('takes an empty field for null, and numbers also in full-width digits', () => {
    for (const control of ['number', 'text', 'lines', 'json'] as const) assert.equal(typedValue(control, ' '), 'null');
    assert.deepEqual(['0.30', '.5', '-1', '１．５', '1e3', '+2'].map((text) => typedValue('number', text)), ['0.3', '0.5', '-1', '1.5', '1000', '2']);
    assert.deepEqual(['0,3', '0x10', 'Infinity', '1 2'].map((text) => typedValue('number', text)), ['"0,3"', '"0x10"', '"Infinity"', '"1 2"']);
  });

  it('gives any list of texts back as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), (list) => {
        fc.pre(list.some((text) => text.trim() !== '' || /[\n\t\r]/.test(text)));
        assert.equal(typedValue('lines', shownText('lines', JSON.stringify(list))), JSON.stringify(list));
      }),
    );
  });
});
