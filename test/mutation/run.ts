// `npm run test:mutations -- --json FILE --only S1,T3`: takes away the handling of one quirk after the other, in a copy of the sources, and
// looks whether the tests that are named for it fail. Prints a row for each that survives and the score, and ends with 1 below 80 %.
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { root } from '../workbench/places.ts';
import { mutations, type Mutation } from './mutations.ts';

interface Outcome extends Mutation {
  /** `unfit`: the text to be changed is not in the file once, or the tests could not run at all. */
  readonly is: 'killed' | 'survived' | 'unfit';
  readonly ran: number;
}

const enough = 0.8;
/** Below the time after which a silent connection is told of: whoever waits for that would seem to have been woken. */
const patienceMs = 8000;
const copied = ['src', 'test', 'package.json', '.mocharc.json', 'tsconfig.json', 'l10n', 'package.nls.json'];
const { values } = parseArgs({ options: { json: { type: 'string', default: join(root, 'out', 'mutations.json') }, only: { type: 'string' } } });
const chosen = mutations.filter(({ id }) => values.only?.split(',').includes(id) ?? true);
const copy = await mkdtemp(join(tmpdir(), 'rivulet-mutations-'));

/** Runs the tests of a quirk in the copy; undefined when they could not be run. */
async function testsOf(id: string): Promise<{ readonly passes: number; readonly failures: number } | undefined> {
  const args = [join(root, 'node_modules/mocha/bin/mocha.js'), '--reporter', 'json', '--timeout', `${patienceMs}`, '--exit', '--grep', `\\b${id}\\b`, 'test/unit/quirks/*.test.ts'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: copy, maxBuffer: 64 * 1024 * 1024 }).catch((error: { readonly stdout?: string }) => ({ stdout: error.stdout ?? '' }));
  const at = stdout.indexOf('{');
  return at === -1 ? undefined : (JSON.parse(stdout.slice(at)) as { readonly stats: { readonly passes: number; readonly failures: number } }).stats;
}

async function mutate(mutation: Mutation): Promise<Outcome> {
  const { id, file, from, to } = mutation;
  const path = join(copy, 'src', 'core', file);
  const text = await readFile(path, 'utf8');
  if (text.split(from).length !== 2) return { ...mutation, is: 'unfit', ran: 0 };
  const before = await testsOf(id);
  await writeFile(path, text.replace(from, () => to));
  const after = await testsOf(id);
  await writeFile(path, text);
  // A mutation that keeps the sources from being loaded says nothing about the tests.
  if (before === undefined || before.passes === 0 || before.failures > 0 || after === undefined || after.passes + after.failures === 0) return { ...mutation, is: 'unfit', ran: 0 };
  return { ...mutation, is: after.failures > 0 ? 'killed' : 'survived', ran: after.passes + after.failures };
}

try {
  for (const name of copied) await cp(join(root, name), join(copy, name), { recursive: true });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  const outcomes: Outcome[] = [];
  for (const mutation of chosen) {
    const outcome = await mutate(mutation);
    outcomes.push(outcome);
    console.log(`${outcome.is.padEnd(8)} ${outcome.id.padEnd(4)} ${outcome.file}${outcome.is === 'killed' ? '' : `: ${outcome.from}`}`);
  }
  const killed = outcomes.filter(({ is }) => is === 'killed').length;
  await mkdir(dirname(values.json), { recursive: true });
  await writeFile(values.json, `${JSON.stringify({ killed, of: outcomes.length, outcomes }, undefined, 2)}\n`);
  console.log(`\n${killed} of ${outcomes.length} mutations killed (${Math.round((killed / outcomes.length) * 100)} %)`);
  process.exitCode = killed / outcomes.length >= enough ? 0 : 1;
} finally {
  await rm(copy, { recursive: true, force: true });
}
