import { showHidden } from '../../protocol/hiddenCharacters.ts';
import type { FileOutcome, ReviewOutcome } from '../agent/person.ts';
import { fence } from './fence.ts';
import { refuse, type ToolResult } from './tool.ts';

/** What the model is told of one outcome at most. */
const most = { files: 20, lines: 100, characters: 8000 } as const;

/** What the model is told of a proposal that the person has been shown: what stands in the files now, and what to do next. */
export function reviewResult({ decision, problem, files }: ReviewOutcome): ToolResult {
  const more = problem === undefined ? [] : [showHidden(problem)];
  switch (decision) {
    case 'accepted':
      return { status: 'done', text: [`Applied: ${listOf(files)}.`, ...more].join('\n') };
    case 'partly':
      return { status: 'done', text: [`Applied in part: ${listOf(files, decided)}. The person rejected the rest, so these lines are not in the files. Do not propose them again; read_file shows what stands there now.`, ...more, ...rejectedLines(files)].join('\n') };
    case 'rejected':
      return refuse(`The person rejected this, and nothing was changed: ${listOf(files)}. Do not try the same again: ask what they would like instead, or go on without it.`);
    case 'later':
      return refuse(`The person has put the decision off, and nothing has changed so far: ${listOf(files)}. Do not send it again, it still waits for them. Go on with what does not depend on it, or end your turn.`);
    case 'unanswered':
      return refuse(`Nobody decided in time, so nothing was changed: ${listOf(files)}. Do not send it again now: end your turn by telling the person what you would have changed.`);
    case 'failed':
      // The problem comes last: it may end in lines of the file.
      return refuse(`It was accepted but not applied, or not wholly. Use read_file to see what stands in the files now, then correct the call or tell the person. The problem: ${showHidden(problem ?? 'the editor did not say why.')}`);
  }
}

function listOf(files: readonly FileOutcome[], describe = ({ display }: FileOutcome): string => display): string {
  if (files.length === 0) return 'no file';
  const shown = files.slice(0, most.files).map((file) => showHidden(describe(file)));
  return [...shown, ...(files.length > most.files ? [`and ${files.length - most.files} more files`] : [])].join(', ');
}

function decided({ display, applied, rejected }: FileOutcome): string {
  if (applied === 0) return `${display} (not changed)`;
  return rejected.length === 0 ? display : `${display} (${applied} ${applied === 1 ? 'change' : 'changes'} applied, others rejected)`;
}

function rejectedLines(files: readonly FileOutcome[]): readonly string[] {
  const parts: string[] = [];
  const left = { lines: most.lines, characters: most.characters };
  for (const { display, rejected } of files) {
    const shown: string[] = [];
    for (const line of rejected.slice(0, most.lines).map(showHidden)) {
      left.lines -= 1;
      left.characters -= line.length + 1;
      if (left.lines < 0 || left.characters < 0) break;
      shown.push(line);
    }
    if (shown.length > 0) parts.push(fence(`Rejected in ${showHidden(display)}`, shown.join('\n')));
    if (shown.length < rejected.length) return [...parts, 'More was rejected than is shown here.'];
  }
  return parts;
}
