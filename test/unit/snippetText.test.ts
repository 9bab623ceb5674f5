import assert from 'node:assert/strict';
import { snippetText } from '../../src/core/editor/snippetText.ts';

describe('A snippet that nobody types into', () => {
  it('leaves its text and the defaults of its placeholders', () => {
    assert.equal(snippetText('const ${1:name} = $2;$0'), 'const name = ;');
    assert.equal(snippetText('${1:outer ${2:inner} end}'), 'outer inner end');
    assert.equal(snippetText('${1} and ${12:last}'), ' and last');
  });

  it('takes the first of a choice, and the default of a variable', () => {
    assert.equal(snippetText('${1|public,private|} x'), 'public x');
    assert.equal(snippetText('${1|a\\,b,c|}'), 'a,b');
    assert.equal(snippetText('$TM_FILENAME ${TM_SELECTED_TEXT:none} ${CLIPBOARD}'), ' none ');
    assert.equal(snippetText('${1/(.*)/${1:/upcase}/}!'), '!');
  });

  it('keeps what is escaped or no tab stop', () => {
    assert.equal(snippetText('\\$1 costs $ and \\} \\\\ {}'), '$1 costs $ and } \\ {}');
    assert.equal(snippetText('a \\n b'), 'a \\n b');
  });

  it('ends however it is broken off', () => {
    for (const broken of ['${', '${1', '${1:', '${1:${2:', '$', '\\', '${1|a', '${a/']) assert.equal(typeof snippetText(broken), 'string');
    assert.equal(snippetText('${1:'.repeat(500)), '');
  });
});
