import * as v from 'valibot';

/** The path of the one file that a call is about. */
export const filePath = v.pipe(v.string(), v.description('Path of the file, relative to the workspace folder.'));
