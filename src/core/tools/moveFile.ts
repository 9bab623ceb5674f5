import * as v from 'valibot';
import { say } from '../../protocol/localText.ts';
import { filePath } from './filePath.ts';
import { reviewResult } from './reviewResult.ts';
import { defineTool, refuse } from './tool.ts';
import { changeableText, fileItself, writablePlace } from './writing.ts';

/** Moves or renames a file, as far as the person accepts it. */
export const moveFile = defineTool({
  name: 'move_file',
  description:
    'Moves one file to another path, or renames it, with the folders it needs. Never replaces a file that is there, and moves no folders. Does not change what other files say of it. The person is asked first.',
  input: v.object({
    path: filePath,
    new_path: v.pipe(v.string(), v.description('Where it is to be: the whole path with the name of the file.')),
  }),
  risk: 'write',
  needs: ['documents'],
  summary: ({ path, new_path: newPath }) => say('Move {0} to {1}', path, newPath),
  async run({ path, new_path: newPath }, context) {
    const place = await fileItself('move_file', path, context);
    if ('status' in place) return place;
    const to = await writablePlace('move_file', newPath, context);
    if ('status' in to) return to;
    if (to.canonical === place.canonical) return refuse(`move_file changed nothing: "${place.display}" is there already.`);
    if (to.kind === 'directory') return refuse(`move_file changed nothing: "${to.display}" is a folder. Add the name of the file to new_path.`);
    if (to.kind === 'file') return refuse(`move_file changed nothing: there is a file "${to.display}" already, and it is not replaced. Choose another path.`);
    const document = await changeableText('move_file', place, context);
    if (typeof document === 'object' && 'status' in document) return document;
    return reviewResult(await context.person.review({ changes: [{ kind: 'move', place, to }] }, context.signal));
  },
});
