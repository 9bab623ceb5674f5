import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** What the README says in the languages of its own files, put behind it in the package under these headings. */
const translations: readonly (readonly [string, string])[] = [
  ['docs/README.zh-cn.md', '简体中文'],
  ['docs/README.zh-tw.md', '繁體中文'],
];

/**
 * The README as the package has it. VS Code's page of an extension and the galleries show no file of the package, so
 * where the repository has an address (`content` in front of pages, `images` in front of pictures) links lead there.
 * Where it has none, pictures are left out (VS Code takes them from https only), links to files are plain text, and those
 * to translations lead down the page.
 */
export function packagedReadme(root: string, addresses = addressesOf(readFileSync(join(root, 'package.json'), 'utf8'))): string {
  const main = readFileSync(join(root, 'README.md'), 'utf8').replaceAll(/<!--[\s\S]*?-->\n?/g, '');
  const parts = [relinked(main, '', addresses)];
  for (const [file, heading] of translations) {
    const [, ...lines] = readFileSync(join(root, file), 'utf8').split('\n');
    // One document has one first heading; the sections of a translation go down a level with it.
    const body = relinked(lines.join('\n').replaceAll(/^#/gm, '##').replaceAll(/^\[English\].*\n/gm, ''), 'docs', addresses);
    parts.push(`## ${heading}\n${body}`);
  }
  return parts.join('\n---\n\n').replaceAll(/\n{3,}/g, '\n\n');
}

interface Addresses {
  readonly content: string;
  readonly images: string;
}

/** Where the files of this version are, when the manifest names a repository on GitHub. */
export function addressesOf(manifest: string): Addresses | undefined {
  const { version, repository } = JSON.parse(manifest) as { readonly version: string; readonly repository?: string | { readonly url?: string } };
  const address = typeof repository === 'string' ? repository : repository?.url;
  const [, place] = /^(?:git\+)?https:\/\/github\.com\/([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(address ?? '') ?? [];
  return place === undefined ? undefined : { content: `https://github.com/${place}/blob/v${version}`, images: `https://raw.githubusercontent.com/${place}/v${version}` };
}

function relinked(text: string, folder: string, addresses: Addresses | undefined): string {
  return text.replaceAll(/(!?)\[([^\]]*)\]\(([^)\s]+)\)/g, (all, picture: string, title: string, target: string) => {
    if (/^(https?:|mailto:|#)/.test(target)) return all;
    const path = posix.normalize(posix.join(folder, target));
    const translation = translations.find(([file]) => file === path);
    if (translation !== undefined) return `[${title}](#${translation[1]})`;
    if (addresses !== undefined) return `${picture}[${title}](${picture === '' ? addresses.content : addresses.images}/${path})`;
    return picture === '' ? title : '';
  });
}
