import { dirname, join } from 'node:path';
import { ripgrepBelow } from '../../src/host/search/ripgrepPath.ts';
import { prepareServer } from '../workbench/prepare.ts';

/** The ripgrep of the VS Code server that the tests run in; throws when it has none. */
export async function shippedRipgrep(): Promise<string> {
  const appRoot = join(dirname((await prepareServer()).main), '..');
  const path = await ripgrepBelow(appRoot);
  if (path === undefined) throw new Error(`There is no ripgrep below ${appRoot}.`);
  return path;
}
