import type { Workspace, WorkspaceFolder } from '../../../src/core/ports.ts';
import type { Entry } from './memoryFiles.ts';

/** A trusted window with these folders open; a folder's name is the last segment of its path. */
export function workspaceOf(...paths: readonly string[]): Workspace {
  const folders: readonly WorkspaceFolder[] = paths.map((path) => ({ name: path.slice(path.lastIndexOf('/') + 1), path }));
  return { folders: () => folders, isTrusted: () => true };
}

/** A workspace `/w/shop` with everything in it that may lead astray, and what lies around it. */
export const shop: { readonly [path: string]: Entry } = {
  '/w/shop/README.md': '# Shop',
  '/w/shop/src/a.ts': 'export {};\n',
  '/w/shop/src/é.ts': 'decomposed or not',
  '/w/shop/src/a file.ts': 'blank',
  '/w/shop/.env': 'KEY=1',
  '/w/shop/.env.example': 'KEY=',
  '/w/shop/.git/config': '[remote]',
  '/w/shop/.GIT/HEAD': 'ref',
  '/w/shop/Keys/ID_RSA': 'secret',
  '/w/shop/．ｅｎｖ': 'KEY=2',
  '/w/shop/pipe': { other: true },
  '/w/shop/denied': { refuses: true },
  '/w/shop/to-file': { link: '../out/secret.txt' },
  '/w/shop/to-folder': { link: '/w/out' },
  '/w/shop/to-parent': { link: '..' },
  '/w/shop/chain': { link: 'to-folder' },
  '/w/shop/loop': { link: 'loop' },
  '/w/shop/ring-a': { link: 'ring-b' },
  '/w/shop/ring-b': { link: 'ring-a' },
  '/w/shop/dangling': { link: 'nowhere' },
  '/w/shop/dangling-out': { link: '/w/out/nowhere' },
  '/w/shop/alias.ts': { link: 'src/a.ts' },
  '/w/shop/alias': { link: 'src' },
  '/w/shop/.env.local': { link: 'src/a.ts' },
  '/w/shop/innocent.txt': { link: '.env' },
  '/w/way-in': { link: '/w/shop' },
  '/w/shop-evil/a.ts': 'not yours',
  '/w/out/secret.txt': 'not yours',
  '/w/other/b.ts': 'another folder',
  '/w/other/src/a.ts': 'the same name',
  '/etc/passwd': 'root',
};
