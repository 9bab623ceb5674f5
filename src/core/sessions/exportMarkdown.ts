import { say, type LocalText } from '../../protocol/localText.ts';
import { showHidden } from '../../protocol/hiddenCharacters.ts';
import type { Item, Question } from '../../protocol/viewState.ts';
import type { StoredTurn } from './storedChat.ts';

export interface ExportOptions {
  readonly title: string;
  /** First to last, as they are shown. */
  readonly turns: readonly StoredTurn[];
  readonly localise: (text: LocalText) => string;
}

/** A chat as a Markdown document: questions, reasoning folded away, answers, and a line for each call. */
export function exportMarkdown({ title, turns, localise }: ExportOptions): string {
  const blocks = turns.flatMap(({ view, history }) => [
    `## ${localise(say('Question'))}`,
    ...questionBlocks(view.question),
    `## ${localise(say('Answer'))}${history.model === undefined ? '' : ` (${oneLine(history.model)})`}`,
    ...view.items.flatMap((item) => blockOf(item, localise) ?? []),
  ]);
  return `${[`# ${oneLine(title === '' ? localise(say('Chat')) : title)}`, ...blocks].join('\n\n')}\n`;
}

function questionBlocks({ text, attachments, media = [] }: Question): readonly string[] {
  const labels = [...attachments, ...(media ?? [])].map(({ label }) => `- ${code(label)}`);
  return [inert(text), ...(labels.length === 0 ? [] : [labels.join('\n')])];
}

function blockOf(item: Item, localise: (text: LocalText) => string): string | undefined {
  switch (item.kind) {
    case 'text':
      return inert(item.text);
    case 'reasoning':
      return folded(localise(say('Reasoning')), item.text);
    case 'alternative':
      return folded(localise(say('Answer {0}', item.number)), item.text);
    case 'call':
      return `- ${code(item.tool)}: ${item.summary === undefined ? code(item.arguments) : oneLine(localise(item.summary))}`;
    case 'review':
      return item.files.map(({ path, added, removed }) => `- ${code(path)}: +${added} −${removed}`).join('\n');
    case 'notice':
      return `*${oneLine(localise(item.text))}*`;
    case 'error':
      return `**${oneLine(localise(item.title))}** ${oneLine(localise(item.advice))}`;
    case 'permission':
    case 'probabilities':
      return undefined;
  }
}

/**
 * Words that are not ours as they are written, but for what a preview would not show or would fetch: hidden characters are
 * written out, pictures from elsewhere become links, and no comment swallows what follows. Code stays as it is.
 */
function inert(text: string): string {
  let isCode = false;
  let fence = '';
  const lines = showHidden(text)
    .split('\n')
    .map((line) => {
      const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
      if (!isCode && mark !== undefined) [isCode, fence] = [true, mark];
      else if (isCode && mark?.startsWith(fence) === true && line.trim() === mark) isCode = false;
      else if (!isCode) return line.split(/(`+[^`]*`+)/).map((part, index) => (index % 2 === 1 ? part : inertWords(part))).join('');
      return line;
    });
  // What was cut off in its code would take the rest of the document into it.
  return [...lines, ...(isCode ? [fence] : [])].join('\n');
}

function inertWords(words: string): string {
  return words.replaceAll('<!--', '&lt;!--').replaceAll(/<(?=(?:img|picture|source|video|audio|iframe|script|style|link|object|embed|svg|base|meta|form|input)\b)/gi, '&lt;').replaceAll('![', '[');
}

/** A part that is closed until it is clicked. Nothing in it can close it before its end. */
function folded(summary: string, text: string): string {
  const quoted = inert(text).replaceAll(/<(?=\/?(?:details|summary))/gi, '&lt;').split('\n').map((line) => `> ${line}`.trimEnd());
  return `<details>\n<summary>${summary}</summary>\n\n${quoted.join('\n')}\n\n</details>`;
}

function oneLine(text: string): string {
  return showHidden(text.replaceAll(/\s+/g, ' ').trim());
}

/** Words that are not ours as code in a line, whatever they hold. */
function code(text: string): string {
  const line = oneLine(text);
  const fence = '`'.repeat(1 + Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length)));
  return fence.length > 1 ? `${fence} ${line} ${fence}` : `\`${line}\``;
}
