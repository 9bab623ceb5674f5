interface Line {
  readonly indent: number;
  readonly text: string;
}

const forbiddenTriggers = /\b(pull_request_target|workflow_run|issue_comment|issues|discussion|discussion_comment|repository_dispatch)\s*:/;

/** What a workflow does that could let strangers in or hand out more than it needs, in words; empty for a safe one. */
export function workflowFaults(source: string): readonly string[] {
  const lines = source.split('\n').map((text): Line => ({ indent: text.length - text.trimStart().length, text: text.trimEnd() })).filter(({ text }) => text.trim() !== '' && !text.trimStart().startsWith('#'));
  const faults: string[] = [];
  const refuse = (found: RegExpExecArray | null | boolean, fault: string): void => void (found === null || found === false || faults.push(fault));
  const text = lines.map((line) => line.text).join('\n');

  refuse(forbiddenTriggers.exec(text), 'It runs with the rights of this repository on what strangers write.');
  refuse(!/^permissions:( \{\}|\n {2}contents: read)(?=\n\S)/m.test(text), 'Its permissions are not set to nothing or to reading at the top.');
  refuse(/permissions:\s*(write-all|read-all)/.exec(text), 'It asks for all permissions.');
  refuse(/\bsecrets\./.exec(text), 'It uses a secret: both galleries hand out tokens for minutes.');
  refuse(/\bactions\/cache\b|^\s*cache:/m.exec(text), 'It shares a cache with other runs.');
  refuse(/\bruns-on: .*(self-hosted|-latest)/.exec(text), 'It runs on a machine that is not named exactly.');

  const pins = new Map<string, string>();
  for (const [, action = ''] of text.matchAll(/\buses:\s*(.*)$/gm)) {
    const [, name = '', hash = ''] = /^([\w.-]+\/[\w./-]+)@([0-9a-f]{40}) # v\d+\.\d+\.\d+$/.exec(action) ?? [];
    if (name === '') faults.push(`${action} is not pinned by the hash of a commit, with its version behind it.`);
    else if ((pins.get(name) ?? hash) !== hash) faults.push(`${name} is pinned to two commits.`);
    else pins.set(name, hash);
  }
  for (const script of scriptsOf(lines)) {
    refuse(script.includes('${{'), `An expression is put into a script, where its value is run: ${script}`);
    refuse(/\bnpm (?:ci|i|install)\b(?!.*--ignore-scripts)/.exec(script), `Packages are installed with their scripts: ${script}`);
    refuse(/\bnpm (?:i|install|exec|x)\b|\bnpx\b|\bcurl\b|\bwget\b/.exec(script), `Something is fetched that the lock file does not name: ${script}`);
  }
  for (const job of jobsOf(lines)) faults.push(...jobFaults(job));
  return faults;
}

/** What each `run` holds, blocks of several lines whole. */
function scriptsOf(lines: readonly Line[]): readonly string[] {
  return lines.flatMap(({ text }, at) => {
    const [, dash = '', script = ''] = /^(\s*(?:- )?)run:\s*(.*)$/.exec(text) ?? [];
    if (script === '') return [];
    if (!/^[|>]/.test(script)) return [script];
    const end = lines.findIndex(({ indent }, later) => later > at && indent <= dash.length);
    return [lines.slice(at + 1, end === -1 ? undefined : end).map((line) => line.text.trim()).join('\n')];
  });
}

/** The text of each job. */
function jobsOf(lines: readonly Line[]): readonly string[] {
  const start = lines.findIndex(({ text }) => text === 'jobs:');
  const jobs: string[][] = [];
  for (const { indent, text } of start === -1 ? [] : lines.slice(start + 1)) {
    if (indent === 2) jobs.push([]);
    jobs.at(-1)?.push(text);
  }
  return jobs.map((job) => job.join('\n'));
}

function jobFaults(job: string): readonly string[] {
  const name = job.split(':', 1)[0]?.trim() ?? '';
  const faults: string[] = [];
  if (!job.includes('timeout-minutes:')) faults.push(`The job ${name} has no end.`);
  const checkouts = job.split('uses: actions/checkout@').slice(1);
  if (checkouts.some((rest) => !/^[^\n]*\n\s+with:\n\s+persist-credentials: false/.test(rest))) faults.push(`The job ${name} leaves its token in the checkout.`);
  if (/id-token: write/.test(job) && /\.ci\/run|npm (test|run|rebuild)/.test(job)) faults.push(`The job ${name} builds or tests where a token can be had.`);
  if (/\bpublish\b/.test(job) && !/^\s+environment: \S/m.test(job)) faults.push(`The job ${name} publishes without an environment that somebody has to approve.`);
  return faults;
}
