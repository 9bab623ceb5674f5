import assert from 'node:assert/strict';
import type { Diagnostic } from '../../src/core/editor/languages.ts';
import { getDiagnostics } from '../../src/core/tools/getDiagnostics.ts';
import { at, fakeLanguages, type FakeLanguages } from './support/fakeLanguages.ts';
import { callTool, scriptedPerson } from './support/languageCall.ts';

function problem(path: string, line: number, severity: Diagnostic['severity'], message: string, more: Partial<Diagnostic> = {}): Diagnostic {
  return { ...at(path, line), severity, message, source: undefined, code: undefined, ...more };
}

const problems = [
  problem('/w/b.ts', 1, 'hint', 'unused'),
  problem('/w/b.ts', 2, 'warning', 'old'),
  problem('/w/a.ts', 2, 'error', "Cannot find name 'x'.", { source: 'ts', code: '2304' }),
  problem('/w/a.ts', 2, 'error', 'A second one.\nWith a second line.'),
  problem('/w/.env', 1, 'error', 'KEY=secret is wrong'),
];
const texts = { '/w/a.ts': 'one\nuse(x);\n', '/w/b.ts': 'p\nq\n', '/w/.env': 'KEY=secret\n' };

async function list(input: object, languages: FakeLanguages = fakeLanguages({ diagnostics: async (path) => problems.filter((each) => path === undefined || each.path === path) })): Promise<string> {
  return (await callTool(getDiagnostics, input, { texts, languages, person: scriptedPerson({ allows: true }) })).text;
}

describe('get_diagnostics', () => {
  it('lists the problems of a file with code, source and the line', async () => {
    const told = await list({ path: 'a.ts' });
    assert.match(told, /^Problems of a\.ts /);
    assert.match(told, /\nerror ts 2304: Cannot find name 'x'\.\n {2}a\.ts:2:1: use\(x\);\nerror: A second one\.\nWith a second line\.\n {2}a\.ts:2:1/);
  });

  it('lists errors of the workspace first, and hints only when they are asked for', async () => {
    assert.deepEqual([...(await list({})).matchAll(/^(error|warning|hint)/gm)].map(([, kind]) => kind), ['error', 'error', 'error', 'warning']);
    assert.match(await list({ severity: 'hint' }), /\nhint: unused\n/);
    assert.doesNotMatch(await list({ severity: 'error' }), /warning/);
  });

  it('says of a secret only that it has a problem, unless it was asked for and allowed', async () => {
    const told = await list({});
    assert.match(told, /error \(not shown\)\n {2}\.env:1:1/);
    assert.doesNotMatch(told, /secret/);
    assert.match(await list({ path: '.env' }), /error: KEY=secret is wrong/);
  });

  it('says that no problems are known, and that this means little of a closed file', async () => {
    const none = fakeLanguages();
    assert.equal(await list({ path: 'b.ts' }, none), 'No problems are known of b.ts.');
    assert.equal(await list({}, none), 'No problems are known of the workspace.');
    assert.match(await list({ path: 'b.ts' }, fakeLanguages({ isOpen: () => false })), /It is not open in an editor/);
  });

  it('takes no severity that there is not', async () => {
    assert.match(await list({ severity: 'fatal' }), /^get_diagnostics was not run: severity/);
  });
});
