import * as v from 'valibot';
import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { say } from '../../protocol/localText.ts';
import { breathing } from '../breathe.ts';
import type { ChangedFile, Comparison, Repository, SourceControl } from '../editor/sourceControl.ts';
import type { ResolvedPath } from '../guard/pathGuard.ts';
import { beginningOf } from './cutAt.ts';
import { fence } from './fence.ts';
import { diffOf, isIn, stagedNote } from './fileDiff.ts';
import { nameFile } from './nameFile.ts';
import { openFile } from './openFile.ts';
import { defineTool, refuse, type ToolContext, type ToolResult } from './tool.ts';

/** What one answer holds at most; `misses`: diffs that are made though they turn out too long to be shown. */
const most = { files: 300, listed: 32 * 1024, characters: 48 * 1024, misses: 5 } as const;

const comparisons = { all: 'head-to-disk', unstaged: 'staged-to-disk', staged: 'head-to-staged' } as const satisfies Record<string, Comparison>;

/** What has changed since the last commit. */
export const getChanges = defineTool({
  name: 'get_changes',
  description: 'Shows what has changed in the working tree since the last commit: the changed and untracked files, and a unified diff. Changes that are not saved in the editor are not in it.',
  input: v.object({
    path: v.optional(v.pipe(v.string(), v.description('Path of one file, relative to the workspace folder: only its diff. All changed files when left out.'))),
    compare: v.optional(v.pipe(v.picklist(['all', 'unstaged', 'staged']), v.description('"all": the disk with the last commit, also when left out. "unstaged": the disk with what is staged. "staged": what is staged with the last commit.'))),
  }),
  risk: 'read',
  needs: ['sourceControl'],
  summary: ({ path }) => (path === undefined ? say('Changes since the last commit') : say('Changes of {0}', path)),
  async run({ path, compare = 'all' }, context) {
    const repositories = await context.sourceControl.repositories(context.signal);
    if (typeof repositories === 'string') return refuse(`get_changes was not run: ${repositories}`);
    if (path === undefined) return changesOf(repositories, comparisons[compare], context);
    return oneFile(path, repositories, comparisons[compare], context);
  },
});

type Context = ToolContext & { readonly sourceControl: SourceControl };

async function oneFile(path: string, repositories: readonly Repository[], comparison: Comparison, context: Context): Promise<ToolResult> {
  // A file that was deleted is one to ask of, too.
  const place = await context.guard.resolve(path, 'read');
  const known = place.class === 'denied' ? undefined : find(place, repositories);
  if (known === undefined || place.class !== 'inside') {
    const opened = await openFile('get_changes', path, context);
    if ('status' in opened) return opened;
    if (known === undefined) return { status: 'done', text: `${opened.display} has no changes since the last commit.` };
  }
  if (known.file.status === 'untracked') return { status: 'done', text: 'The file is untracked: all of it is new. read_file shows it.' };
  if (!known.repository.hasCommit && comparison !== 'staged-to-disk') return refuse(noCommit);
  const diff = await diffOf(known.repository, known.file, comparison, context);
  if (diff === undefined) return refuse('get_changes cannot compare this file: Git takes its name for a pattern that may fit other files. read_file shows it as it is now.');
  const display = 'display' in place ? place.display : showHidden(path);
  if (diff === '') return { status: 'done', text: `${display} is the same in both. Try another value of compare.` };
  const shown = beginningOf(diff, most.characters);
  const more = shown.length < diff.length ? `\nOnly ${shown.length} of ${diff.length} characters are shown; read_file shows the file as it is now.` : '';
  return { status: 'done', text: `${fence(`Changes of ${display}`, shown)}${more}` };
}

const noCommit = 'get_changes cannot compare with the last commit, because there is none yet. Everything is new: read the files instead.';

function find({ written, canonical }: ResolvedPath, repositories: readonly Repository[]): { readonly repository: Repository; readonly file: ChangedFile } | undefined {
  for (const repository of repositories) {
    const file = repository.files.find(({ path }) => path === written || path === canonical);
    if (file !== undefined) return { repository, file };
  }
  return undefined;
}

/** What is left of the room in one answer. */
interface Room {
  listed: number;
  characters: number;
  misses: number;
  /** Files whose diffs are not shown. */
  readonly left: string[];
}

async function changesOf(repositories: readonly Repository[], comparison: Comparison, context: Context): Promise<ToolResult> {
  const parts: string[] = [];
  const room: Room = { ...most, left: [] };
  for (const repository of repositories) {
    const root = await nameFile(repository.root, context.guard);
    const branch = repository.branch === undefined ? 'no branch checked out' : `branch ${repository.branch}`;
    if (repository.files.length === 0) {
      parts.push(`Nothing has changed in ${root.display} (${showHidden(branch)}).`);
      continue;
    }
    const { list, diffs } = await lookAt(repository, { comparison, room }, context);
    parts.push(fence(`Changed files of ${root.display} (${showHidden(branch)})`, list.join('\n')));
    if (!repository.hasCommit) parts.push('There is no commit yet: everything is new.');
    if (diffs.length > 0) parts.push(fence('Diff', diffs.join('\n')));
  }
  const { left } = room;
  if (left.length > 0) parts.push(`Not shown, because it would be too long: ${left.slice(0, 20).join(', ')}${left.length > 20 ? ` and ${left.length - 20} more` : ''}. Call again with the path of one of them.`);
  return { status: 'done', text: parts.join('\n') };
}

/** The files of a repository and the diffs of the ordinary ones, as far as there is room for them. */
async function lookAt(repository: Repository, { comparison, room }: { readonly comparison: Comparison; readonly room: Room }, context: Context): Promise<{ readonly list: readonly string[]; readonly diffs: readonly string[] }> {
  const breathe = breathing(context.signal);
  const list: string[] = [];
  const diffs: string[] = [];
  for (const [index, file] of repository.files.entries()) {
    await breathe();
    const { display, open } = await nameFile(file.path, context.guard);
    const line = showHidden(`${file.status}${stagedNote(file)} ${display}${open !== undefined ? '' : ' (diff not shown: not an ordinary file of the workspace)'}`);
    room.listed -= line.length + 1;
    if (index >= most.files || room.listed < 0) return { list: [...list, `and ${repository.files.length - index} more files`], diffs };
    list.push(line);
    if (open === undefined || !isIn(file, comparison) || !(repository.hasCommit || comparison === 'staged-to-disk')) continue;
    if (room.characters <= 0 || room.misses <= 0) {
      room.left.push(display);
      continue;
    }
    const diff = await diffOf(repository, file, comparison, context);
    if (diff === undefined) list.push('  (diff not shown: Git takes its name for a pattern)');
    else if (diff.length >= room.characters) {
      // It is left for a call of its own; smaller ones behind it may still fit.
      room.misses -= 1;
      room.left.push(display);
    } else if (diff !== '') {
      room.characters -= diff.length + 1;
      diffs.push(diff);
    }
  }
  return { list, diffs };
}
