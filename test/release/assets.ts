import { posix } from 'node:path';
import type { Contents } from './archive.ts';

/** What VS Code and the galleries look for by its name, without being told of it. */
const knownByName = /^(\[Content_Types\]\.xml|extension\.vsixmanifest|extension\/(package\.json|package\.nls(\.[\w-]+)?\.json|readme\.md|changelog\.md|LICENSE\.txt|dist\/THIRD-PARTY-NOTICES\.txt))$/;

/** The files of a package that neither the manifest nor the code, the style sheets or the readme refer to. */
export function unusedAssets(contents: Contents): readonly string[] {
  const referring = [...contents].filter(([name]) => /\.(json|[cm]?js|css|md)$/.test(name)).map(([name, content]) => [name, content.toString('utf8')] as const);
  return [...contents.keys()].filter((name) => !knownByName.test(name) && !referring.some(([from, text]) => from !== name && refersTo(text, from, name)));
}

function refersTo(text: string, from: string, name: string): boolean {
  const path = name.replace(/^extension\//, '');
  // The manifest names a folder for all languages.
  if (from === 'extension/package.json' && path.startsWith('l10n/bundle.l10n.')) return /"l10n":\s*"\.\/l10n"/.test(text);
  const beside = posix.relative(posix.dirname(from), name);
  // Code puts the parts of a path together: the name of the file alone has to do.
  const isCode = /\.[cm]?js$/.test(from);
  return text.includes(path) || text.includes(beside) || (isCode && new RegExp(`["'\`/]${escaped(posix.basename(name))}["'\`]`).test(text));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
