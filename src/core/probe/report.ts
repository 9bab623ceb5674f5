import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { say, type LocalText } from '../../protocol/localText.ts';
import { inLine } from '../inspect/markdown.ts';
import { dialectFrom, probeIds, type FoundDialect, type ProbeId, type ProbeResult, type Verdict } from './result.ts';

/** What was checked, for the head of the report. */
export interface Checked {
  readonly label: string;
  readonly baseUrl: string;
  readonly model: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The results as a Markdown document; `localise` puts sentences into the person's language. */
export function reportOf(checked: Checked, results: readonly ProbeResult[], localise: (text: LocalText) => string): string {
  const ordered = results.toSorted((one, other) => probeIds.indexOf(one.id) - probeIds.indexOf(other.id));
  const columns = [say('What'), say('Result'), say('Finding'), say('Evidence')].map((text) => localise(text));
  const dialect = Object.entries(dialectFrom(results));
  return [
    `# ${localise(say('Check of {0}', inLine(checked.label)))}`,
    '',
    `${inLine(checked.baseUrl)} · ${inLine(checked.model)} · ${new Date(checked.at).toISOString()}`,
    '',
    row(columns),
    row(columns.map(() => '---')),
    ...ordered.map(({ id, verdict, finding, evidence }) => row([localise(nameOf(id)), localise(wordFor(verdict)), inLine(localise(finding)), evidence === '' ? '' : code(evidence)])),
    '',
    `## ${localise(say('The dialect that was found'))}`,
    '',
    ...(dialect.length === 0 ? [localise(say('Nothing in it decides how Rivulet speaks to the endpoint.'))] : ['```json', JSON.stringify(dialectFrom(results), undefined, 2), '```']),
    '',
  ].join('\n');
}

/** The switches in which what was found differs from how Rivulet speaks to the endpoint now, each as `name: now → found`. */
export function differences(found: FoundDialect, now: { readonly [name: string]: string | undefined }): { readonly changed: FoundDialect; readonly lines: readonly string[] } {
  const changed = Object.entries(found).filter(([name, value]) => (now[name] ?? usual[name]) !== value);
  return { changed: Object.fromEntries(changed), lines: changed.map(([name, value]) => `${name}: ${now[name] ?? usual[name] ?? '–'} → ${value}`) };
}

/** What holds for switches that a record need not have. */
const usual: { readonly [name: string]: string } = { callArguments: 'fragments', thinkTags: 'both', stopSequence: 'left out' };

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function code(text: string): string {
  return `\`${showHidden(text).replace(/\s+/g, ' ').replaceAll('`', "'").replaceAll('|', String.raw`\|`)}\``;
}

function wordFor(verdict: Verdict): LocalText {
  switch (verdict) {
    case 'found':
      return say('found');
    case 'not found':
      return say('not found');
    case 'refused':
      return say('refused');
    case 'unclear':
      return say('unclear');
  }
}

const names: { readonly [Id in ProbeId]: LocalText } = {
  authorisation: say('Key asked for'),
  models: say('List of models'),
  answer: say('Plain answer'),
  max_tokens: say('max_tokens'),
  max_completion_tokens: say('max_completion_tokens'),
  streaming: say('Streaming'),
  spacing: say('Space behind data:'),
  done: say('[DONE]'),
  'usage-asked': say('Token counts, asked for'),
  'usage-unasked': say('Token counts, unasked'),
  reasoning: say('Reasoning field'),
  'think-tags': say('Think tags'),
  'tool-call': say('Tool call'),
  'replay-with-reasoning': say('History with reasoning'),
  'replay-without-reasoning': say('History without reasoning'),
  'stop-sequence': say('Stop sequence'),
};

/** What a probe looks at, in a few words. */
export function nameOf(id: ProbeId): LocalText {
  return names[id];
}
