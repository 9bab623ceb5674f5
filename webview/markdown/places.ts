import type { Drawing } from './drawing.ts';

/** Endings by which a name without a folder is known to be that of a file. */
const endings = new Set(
  ('ts tsx js jsx mjs cjs mts cts vue svelte astro py pyi ipynb rb php java kt kts scala groovy gradle c h cc hh cpp hpp cxx m mm cs fs vb go rs swift dart ' +
    'lua pl r jl ex exs erl hs clj elm zig nim sol sh bash zsh fish ps1 bat cmd sql graphql proto json jsonc json5 yaml yml toml ini cfg conf env xml html htm ' +
    'css scss sass less md mdx rst txt csv tsv lock tf hcl nix cmake mk svg png jpg gif pdf csproj sln patch diff').split(' '),
);

const names = new Set(['Makefile', 'Dockerfile', 'LICENSE', 'Gemfile', 'Rakefile', 'Procfile', 'Jenkinsfile', 'CMakeLists.txt', '.gitignore', '.npmrc', '.editorconfig', '.env']);

const line = String.raw`(?::\d{1,7}(?:[:-]\d{1,7}){0,2}|#L\d{1,7}(?:-L?\d{1,7})?)`;
const wholePath = new RegExp(String.raw`^((?:\./)?[\w@.+()[\]~-]+(?:/[\w@.+()[\]~-]+)*)(${line})?$`);
const pathInText = new RegExp(String.raw`(?<![\w@.+~/:#-])((?:\./)?[\w@.-]+(?:/[\w@.-]+)*\.[A-Za-z]\w{0,9})(${line})?(?![\w/@#:-])`, 'g');
const call = /^([A-Za-z_$][\w$]*(?:(?:\.|::|#|->)[A-Za-z_$][\w$]*)*)\([^()]*\)$/;
const typeName = /^(?:[A-Z][a-z0-9]+){2,}$/;

const longest = 300;

/** What code within a line leads to: `src/a.ts:12` for a file, `symbol:createChat` for a name; undefined for all other code. */
export function targetOfCode(text: string): string | undefined {
  if (text.length > longest) return undefined;
  if (isPath(text)) return text;
  const name = call.exec(text)?.[1] ?? (typeName.test(text) ? text : undefined);
  return name === undefined ? undefined : `symbol:${name.replace(/::|#|->/g, '.')}`;
}

/** Whether a text is the path of a file and nothing else, with a line or without. */
export function isPath(text: string): boolean {
  if (text.length > longest) return false;
  const path = wholePath.exec(text)?.[1];
  if (path === undefined || path.split('/').includes('..')) return false;
  const slash = path.lastIndexOf('/');
  const name = path.slice(slash + 1);
  if (names.has(name)) return true;
  const ending = /[^.]\.([A-Za-z]\w{0,9})$/.exec(name)?.[1];
  if (ending === undefined) return false;
  return slash > 0 || endings.has(ending.toLowerCase());
}

/**
 * The text with links to the files that it names. In running text only a path with a folder or a line counts: `Node.js`
 * and `and/or` are words.
 */
export function withPlaces(text: string): readonly Drawing[] {
  if (!text.includes('.') || !/[/:#]/.test(text)) return [text];
  const drawings: Drawing[] = [];
  let from = 0;
  for (const match of text.matchAll(pathInText)) {
    const [written, path = '', place] = match;
    if (written.length > longest || (!path.includes('/') && place === undefined)) continue;
    if (!endings.has(path.slice(path.lastIndexOf('.') + 1).toLowerCase()) || !isPath(written) || /^[\w-]+\.(com|org|net|io|dev)\//.test(path)) continue;
    if (match.index > from) drawings.push(text.slice(from, match.index));
    drawings.push({ kind: 'link', target: written, children: [written] });
    from = match.index + written.length;
  }
  if (from === 0) return [text];
  if (from < text.length) drawings.push(text.slice(from));
  return drawings;
}
