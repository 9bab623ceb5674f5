import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';

const name = process.platform === 'win32' ? 'rg.exe' : 'rg';

/** Where VS Code keeps its ripgrep below its own folder, in the versions since 1.104. */
const places: readonly (readonly string[])[] = [
  ['node_modules', '@vscode', 'ripgrep-universal', 'bin', `${process.platform}-${process.arch}`, name],
  ['node_modules.asar.unpacked', '@vscode', 'ripgrep-universal', 'bin', `${process.platform}-${process.arch}`, name],
  ['node_modules', '@vscode', 'ripgrep', 'bin', name],
  ['node_modules.asar.unpacked', '@vscode', 'ripgrep', 'bin', name],
];

/** The ripgrep that ships with the VS Code in this folder (`env.appRoot`); undefined when it has none. Never one from the PATH. */
export async function ripgrepBelow(appRoot: string): Promise<string | undefined> {
  for (const place of places) {
    const path = join(appRoot, ...place);
    const runs = await access(path, constants.X_OK).then(() => true, () => false);
    if (runs) return path;
  }
  return undefined;
}
