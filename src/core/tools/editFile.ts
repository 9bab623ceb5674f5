import * as v from 'valibot';
import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { say } from '../../protocol/localText.ts';
import { replaceIn } from '../edits/replacements.ts';
import type { Explained } from '../edits/explainSearch.ts';
import { fence } from './fence.ts';
import { filePath } from './filePath.ts';
import { openFile } from './openFile.ts';
import { reviewResult } from './reviewResult.ts';
import { defineTool, refuse, type ToolResult } from './tool.ts';
import { asEditorText, changeableText, existingFile, largest, writtenText } from './writing.ts';

const mostEdits = 100;

const edit = v.object({
  search: v.pipe(writtenText, v.description('The text to be replaced, copied exactly from the file, blanks and line breaks included, with enough lines to be unique there. Without the line numbers of read_file. Empty only for an empty file.')),
  replace: v.pipe(writtenText, v.description('What is put there instead. Empty to take the text out.')),
  replace_all: v.optional(v.pipe(v.boolean(), v.description('Replaces the text wherever it stands, instead of at one place.'))),
});

/** Replaces texts in a file by others, as far as the person accepts it. */
export const editFile = defineTool({
  name: 'edit_file',
  description:
    'Changes a text file: replaces one or more texts in it by others. Read the file first. All edits of a call are found in the file as it is now and must not overlap; when one is not found, none is made. The person reviews the changes before they are applied, and may accept only some.',
  input: v.object({
    path: filePath,
    edits: v.pipe(
      v.array(edit),
      v.check((edits) => edits.length > 0, 'must hold at least one edit'),
      v.check((edits) => edits.length <= mostEdits, `must hold at most ${mostEdits} edits; make several calls`),
      v.description('The texts to be replaced, in any order.'),
    ),
  }),
  risk: 'write',
  needs: ['documents'],
  summary: ({ path }) => say('Edit {0}', path),
  async run({ path, edits }, context) {
    // Its answers quote the file, so whatever takes a question to read takes one here.
    const readable = await openFile('edit_file', path, context);
    if ('status' in readable) return readable;
    const place = await existingFile('edit_file', path, context);
    if ('status' in place) return place;
    if (place.canonical !== readable.canonical) return refuse('edit_file changed nothing: the file was replaced meanwhile. Read it again.');
    const document = await changeableText('edit_file', place, context);
    if (document === 'none') return refuse(`edit_file changed nothing: "${place.display}" is no text, or has more than ${largest.file} bytes. Only text files up to that size can be edited.`);
    if ('status' in document) return document;

    const replacements = edits.map(({ search, replace, replace_all: all = false }) => ({ search: asEditorText(search), replace: asEditorText(replace), all }));
    const replaced = await replaceIn(document.text, replacements, context.signal);
    if ('problems' in replaced) return refuse(explain(place.display, replaced.problems));
    const result = reviewResult(await context.person.review({ changes: [{ kind: 'edit', place, before: document.text, after: replaced.after }] }, context.signal));
    return withNotes(result, replaced.notes);
  },
});

function explain(display: string, problems: readonly Explained[]): string {
  const parts = problems.map(({ text, details }) => (details === undefined ? text : `${text}\n${fence(`${display}, ${details.label}`, showHidden(details.lines))}`));
  return [`edit_file changed nothing in "${display}".`, ...parts].join('\n');
}

function withNotes(result: ToolResult, notes: readonly string[]): ToolResult {
  return result.status === 'done' && notes.length > 0 ? { ...result, text: [result.text, ...notes].join('\n') } : result;
}
