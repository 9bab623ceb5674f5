import type { Replacement } from './replacements.ts';

/** Whether a code block of this language is a difference. */
export function isPatch(language: string): boolean {
  return /^(?:diff|patch|udiff)$/i.test(language);
}

/** The file that a difference is of, as its head names it. */
export function pathOfPatch(patch: string): string | undefined {
  const path = /^\+\+\+ (?:b\/)?([^\t\n]{1,1000})/m.exec(patch)?.[1]?.trim();
  return path === undefined || path === '/dev/null' ? undefined : path;
}

/**
 * A difference (`diff -u`) as replacements, one for each of its hunks; undefined for what is none, or is of several files.
 * The numbers of its lines are left out of account: models get them wrong.
 */
export function replacementsOf(patch: string): readonly Replacement[] | undefined {
  const lines = patch.split('\n');
  if (lines.filter((line) => line.startsWith('+++ ')).length > 1) return undefined;
  const hunks: { readonly search: string[]; readonly replace: string[] }[] = [];
  for (const line of lines) {
    if (/^(diff |index |--- |\+\+\+ |new file|deleted file|\\)/.test(line)) continue;
    if (line.startsWith('@@')) {
      hunks.push({ search: [], replace: [] });
      continue;
    }
    const hunk = hunks.at(-1) ?? { search: [], replace: [] };
    if (hunks.length === 0) hunks.push(hunk);
    // A blank line of the context often has lost the blank before it.
    const text = line.slice(1);
    if (!line.startsWith('+')) hunk.search.push(text);
    if (!line.startsWith('-')) hunk.replace.push(text);
  }
  const replacements = hunks
    .map(({ search, replace }) => {
      // The blank line that stands before the end of the block.
      const cut = search.at(-1) === '' && replace.at(-1) === '' ? -1 : undefined;
      return { search: search.slice(0, cut).join('\n'), replace: replace.slice(0, cut).join('\n'), all: false };
    })
    .filter(({ search, replace }) => search !== replace);
  return replacements.length === 0 || replacements.some(({ search }) => search.trim() === '') ? undefined : replacements;
}
