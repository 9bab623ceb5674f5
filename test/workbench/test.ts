// `npm test`: all stages in order, then one line with the sum of what passed and failed.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { out, packageFile, root } from './places.ts';
import { oldestVersion, prepareServer } from './prepare.ts';
import { ended, spawnGroup, withFirstInPath } from './processes.ts';
import { seconds } from './progress.ts';
import { readResults, type Results } from './results.ts';
import { isStopping } from './shutdown.ts';

interface Stage {
  readonly name: string;
  readonly title: string;
  /** Arguments for the pinned Node. */
  readonly args: readonly string[];
  /** Whether the stage leaves counts; a stage that does not counts only when it fails. */
  readonly counts: boolean;
  /** Whether it runs on the oldest VS Code of `engines.vscode`, as a server, whatever VS Code could be downloaded. */
  readonly onOldest?: boolean;
  /** Whether it is left out unless it is named. */
  readonly onlyNamed?: boolean;
}

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly note: string;
  readonly failures?: Results['failures'];
}

const mocha = [packageFile('mocha/bin/mocha.js'), '--reporter', join(root, 'test', 'workbench', 'reporter.ts')];

const files = (...names: readonly string[]): readonly string[] => names.map((name) => `test/e2e/${name}.test.ts`);
/** The core journeys (`coreJourneys.ts`) in every kind of window. */
const coreJourneys = files('trustedFolder', 'restricted', 'workerHost', 'virtualFolder');
/** What touches VS Code most beside them: its walkthrough, inputs, lightbulb, diffs, trust, models, tools and lists. */
const onOldestToo = files('firstRun', 'key', 'commands', 'edits', 'trust', 'languageModels', 'foreignTools', 'toolsForOthers', 'importSettings');

const stages: readonly Stage[] = [
  { name: 'types', title: 'Types', args: [packageFile('typescript/bin/tsc'), '-b'], counts: false },
  { name: 'lint', title: 'Lint', args: [packageFile('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings'], counts: false },
  { name: 'build', title: 'Build', args: ['esbuild.mjs'], counts: false },
  { name: 'unit', title: 'Unit and host tests', args: [...mocha, 'test/unit/**/*.test.ts', 'test/host/**/*.test.ts'], counts: true },
  { name: 'page', title: 'Page in a browser', args: [...mocha, '--timeout', '60000', 'test/page/**/*.test.ts'], counts: true },
  { name: 'package', title: 'Package', args: ['test/workbench/package.ts'], counts: false },
  { name: 'release', title: 'Release check', args: ['test/release/releaseCheck.ts'], counts: false },
  { name: 'integration', title: 'Integration tests', args: ['test/workbench/integration.ts'], counts: true },
  { name: 'e2e', title: 'End-to-end tests', args: [...mocha, '--timeout', '120000', 'test/e2e/**/*.test.ts'], counts: true },
  { name: 'oldest-journeys', title: 'Journeys, oldest', args: [...mocha, '--timeout', '120000', ...coreJourneys], counts: true, onOldest: true },
  { name: 'oldest-integration', title: 'Integration, oldest', args: ['test/workbench/integration.ts'], counts: true, onOldest: true, onlyNamed: true },
  { name: 'oldest-e2e', title: 'End to end, oldest', args: [...mocha, '--timeout', '120000', ...onOldestToo], counts: true, onOldest: true, onlyNamed: true },
];

async function runStage(stage: Stage): Promise<Outcome> {
  const file = join(out, 'results', `${stage.name}.json`);
  await rm(file, { force: true });
  try {
    // A test would run out of time while its server is being installed.
    if (stage.onOldest) await prepareServer(oldestVersion);
  } catch (error) {
    console.error(error);
    return { passed: 0, failed: 1, note: `no VS Code server of version ${oldestVersion}` };
  }
  const child = spawnGroup(process.execPath, stage.args, {
    folder: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    // A stage has servers and windows of its own to end.
    graceMs: 12_000,
    environment: { ...withFirstInPath(process.execPath), ...(stage.onOldest && { RIVULET_SERVER_VERSION: oldestVersion, RIVULET_VSCODE: 'server' }), RIVULET_RESULTS: file },
  });
  const code = await ended(child);
  const results = await readResults(file);
  if (!stage.counts) return code === 0 ? { passed: 0, failed: 0, note: 'fine' } : { passed: 0, failed: 1, note: 'failed' };
  if (!results) return { passed: 0, failed: 1, note: `ended with code ${code} before it could count` };
  const { passed, failed, pending, failures } = results;
  const skipped = pending > 0 ? `, ${pending} skipped` : '';
  if (passed + failed === 0) return { passed, failed: 1, note: `no test ran${skipped}` };
  // Every test passed and the run failed all the same: something outside the tests went wrong.
  if (failed === 0 && code !== 0) return { passed, failed: 1, note: `${passed} passed, then ended with code ${code}${skipped}` };
  return { passed, failed, note: `${passed} passed, ${failed} failed${skipped}`, failures };
}

const { values } = parseArgs({ options: { only: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
const names = stages.map(({ name }) => name);
if (values.help) {
  console.log(`npm test [-- --only ${names.join(',')}]\n\nRuns the stages in that order; --only runs the ones named, oldest being those on the oldest VS Code. ${stages.flatMap(({ name, onlyNamed }) => (onlyNamed ? [name] : [])).join(' and ')} run only so.`);
  process.exit(0);
}
const named = values.only?.split(',').flatMap((name) => (name.trim() === 'oldest' ? names.filter((each) => each.startsWith('oldest')) : [name.trim()])) ?? stages.flatMap(({ name, onlyNamed }) => (onlyNamed ? [] : [name]));
// The end-to-end tests install the package: one from before would test the code of before.
const chosen = named.some((name) => /e2e$|journeys$/.test(name)) && !named.includes('package') ? [...named, 'package'] : named;
const unknown = chosen.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`There is no stage ${unknown.join(', ')}; there are ${names.join(', ')}.`);
  process.exit(1);
}

/** Lines of a failure that are said again at the end: its sentence and where it happened. */
const linesOfFailure = 12;

function failureAgain(stage: Stage, { title, message }: Results['failures'][number]): string {
  return `✘ ${stage.title}: ${title}\n${message.split('\n').slice(0, linesOfFailure).map((line) => `    ${line}`).join('\n')}\n`;
}

const summary: string[] = [];
// A log is thousands of lines long, and often only its end is kept.
const failuresAgain: string[] = [];
let passed = 0;
let failed = 0;
for (const stage of stages.filter(({ name }) => chosen.includes(name))) {
  console.log(`\n━━━ ${stage.title} ━━━`);
  const since = performance.now();
  const outcome = await runStage(stage);
  if (isStopping()) break;
  passed += outcome.passed;
  failed += outcome.failed;
  failuresAgain.push(...(outcome.failures ?? []).map((failure) => failureAgain(stage, failure)));
  summary.push(`  ${stage.title.padEnd(20)} ${seconds(since).padStart(6)} s   ${outcome.note}`);
  console.log(summary.at(-1));
}
if (!isStopping()) {
  console.log(`\n${[...failuresAgain, ...summary].join('\n')}\n`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
