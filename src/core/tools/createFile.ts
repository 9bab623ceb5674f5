import * as v from 'valibot';
import { say } from '../../protocol/localText.ts';
import { reviewResult } from './reviewResult.ts';
import { defineTool, refuse } from './tool.ts';
import { asEditorText, writablePlace, writtenText } from './writing.ts';

/** Makes a text file that is not there yet, as far as the person accepts it. */
export const createFile = defineTool({
  name: 'create_file',
  description:
    'Makes a new text file, with the folders it needs. Refuses when there is such a file already: change that one with edit_file. The person reviews the file before it is made.',
  input: v.object({
    path: v.pipe(v.string(), v.description('Path of the new file, relative to the workspace folder.')),
    content: v.pipe(writtenText, v.description('The whole text of the file, its last line break included.')),
  }),
  risk: 'write',
  needs: ['documents'],
  summary: ({ path }) => say('Create {0}', path),
  async run({ path, content }, context) {
    const place = await writablePlace('create_file', path, context);
    if ('status' in place) return place;
    if (place.kind === 'directory') return refuse(`create_file changed nothing: "${place.display}" is a folder. Add the name of the file to the path.`);
    if (place.kind === 'file') return refuse(`create_file changed nothing: there is a file "${place.display}" already. Change it with edit_file, or choose another path.`);
    return reviewResult(await context.person.review({ changes: [{ kind: 'create', place, after: asEditorText(content) }] }, context.signal));
  },
});
