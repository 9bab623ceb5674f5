// Builds the package of the repository in a folder into a file: `node buildInto.ts FOLDER FILE`.
import { writeFile } from 'node:fs/promises';
import { buildPackage } from '../workbench/package.ts';

const [folder = '', file = ''] = process.argv.slice(2);
await writeFile(file, await buildPackage(folder));
