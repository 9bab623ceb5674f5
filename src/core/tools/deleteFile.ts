import * as v from 'valibot';
import { say } from '../../protocol/localText.ts';
import { filePath } from './filePath.ts';
import { reviewResult } from './reviewResult.ts';
import { defineTool } from './tool.ts';
import { changeableText, fileItself } from './writing.ts';

/** Deletes a file, into the trash where there is one, as far as the person accepts it. */
export const deleteFile = defineTool({
  name: 'delete_file',
  description: 'Deletes one file; it goes to the trash where there is one. Deletes no folders. The person is asked first.',
  input: v.object({ path: filePath }),
  risk: 'write',
  needs: ['documents'],
  summary: ({ path }) => say('Delete {0}', path),
  async run({ path }, context) {
    const place = await fileItself('delete_file', path, context);
    if ('status' in place) return place;
    const document = await changeableText('delete_file', place, context);
    if (typeof document === 'object' && 'status' in document) return document;
    const before = document === 'none' ? undefined : document.text;
    return reviewResult(await context.person.review({ changes: [{ kind: 'delete', place, before }] }, context.signal));
  },
});
