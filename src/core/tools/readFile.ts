import * as v from 'valibot';
import { say } from '../../protocol/localText.ts';
import { ApplyError } from '../editor/documents.ts';
import type { ResolvedPath } from '../guard/pathGuard.ts';
import { FileError } from '../ports.ts';
import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { cutAt } from './cutAt.ts';
import { fence } from './fence.ts';
import { filePath } from './filePath.ts';
import { longestFile, readText } from './readText.ts';
import { defineTool, refuse, type ToolContext, type ToolResult } from './tool.ts';

/** What one call returns at most; the rest is there for another call. */
const most = { lines: 2000, characters: 64 * 1024, lineLength: 2000 } as const;

const line = v.pipe(v.number(), v.integer(), v.minValue(1));

const input = v.object({
  path: filePath,
  start_line: v.optional(v.pipe(line, v.description('First line to read, counted from 1. The beginning when left out.'))),
  end_line: v.optional(v.pipe(line, v.description('Last line to read, included. The end when left out.'))),
});

type Input = v.InferOutput<typeof input>;

/** Reads lines of a text file of the workspace, as it stands in the editor when it is open there. */
export const readFile = defineTool({
  name: 'read_file',
  description:
    'Reads a text file of the open workspace, all of it or a range of lines. Each line of the result begins with its number and a tab, which are not part of the file. Unsaved changes in an open editor are included.',
  input,
  risk: 'read',
  summary: ({ path, start_line: start, end_line: end }) => {
    if (start === undefined && end === undefined) return say('Read {0}', path);
    if (end === undefined) return say('Read {0} from line {1}', path, start ?? 1);
    if (end === (start ?? 1)) return say('Read {0}, line {1}', path, end);
    return say('Read {0}, lines {1} to {2}', path, start ?? 1, end);
  },
  async run(request, context) {
    if (request.end_line !== undefined && request.end_line < (request.start_line ?? 1)) return refuse('read_file was not run: end_line lies before start_line.');
    const path = await context.guard.resolve(request.path, 'read');
    if (path.class === 'denied') return refuse(`read_file cannot read "${showHidden(request.path)}": ${path.reason}.`);
    if (path.kind === 'missing') return refuse(`read_file cannot read "${path.display}": there is no such file. Look for the right path first.`);
    if (path.kind === 'directory') return refuse(`read_file cannot read "${path.display}": it is a folder, not a file. Use list_directory to see what lies in it.`);
    if (path.class !== 'inside' && !(await context.person.allows({ text: say('Let the model read {0}?', path.display), reasons: path.reasons, canonical: path.canonical }, context.signal))) {
      return refuse(`read_file did not read "${path.display}": the person has not allowed it. Go on without, or ask the person to paste what is needed.`);
    }
    try {
      const text = await textOf(path, context);
      return typeof text === 'string' ? excerpt(path.display, text, request) : text;
    } catch (error) {
      if (error instanceof ApplyError) return refuse(`read_file cannot read "${path.display}": ${showHidden(error.message)}`);
      if (!(error instanceof FileError)) throw error;
      return refuse(`read_file cannot read "${path.display}": the file system says "${error.message}".`);
    }
  },
});

async function textOf(place: ResolvedPath, context: ToolContext): Promise<string | ToolResult> {
  const text = await readText(place, context);
  if (typeof text === 'string') return text;
  switch (text.reason) {
    case 'large':
      return refuse(`read_file was not run: the file has ${text.size} bytes, more than the ${longestFile} that can be read.`);
    case 'replaced':
      return refuse('read_file was not run: the file was replaced while it was being read.');
    case 'binary':
      return refuse('read_file was not run: the file is binary, not text.');
  }
}

function excerpt(display: string, text: string, { start_line: start = 1, end_line: end }: Input): ToolResult {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  if (lines.length === 0) return { status: 'done', text: `${display} is empty.` };
  if (start > lines.length) return refuse(`read_file was not run: ${display} has only ${lines.length} lines.`);

  const wanted = lines.slice(start - 1, end);
  const shown: string[] = [];
  let characters = 0;
  for (const [index, content] of wanted.entries()) {
    const cut = cutAt(content, most.lineLength, 'line cut');
    characters += cut.length + 8;
    if (shown.length >= most.lines || (characters > most.characters && shown.length > 0)) break;
    shown.push(`${start + index}\t${cut}`);
  }
  const last = start + shown.length - 1;
  const more = shown.length < wanted.length ? `\nOnly lines ${start} to ${last} are shown; call again with start_line ${last + 1} for more.` : '';
  const label = `${showHidden(display)}, lines ${start} to ${last} of ${lines.length}`;
  return { status: 'done', text: `${fence(label, shown.join('\n'))}${more}` };
}
