import type { Contents } from './archive.ts';

interface Manifest {
  readonly version?: string;
  readonly description?: string;
  readonly icon?: string;
  readonly categories?: readonly string[];
  readonly keywords?: readonly string[];
  readonly pricing?: string;
  readonly preview?: boolean;
  readonly galleryBanner?: { readonly color?: string; readonly theme?: string };
}

/** What the galleries would refuse, or show broken, of the page of an extension. */
export function galleryFaults(contents: Contents): readonly string[] {
  const text = (name: string): string => contents.get(name)?.toString('utf8') ?? '';
  const manifest = JSON.parse(text('extension/package.json') || '{}') as Manifest;
  const { version = '', keywords = [], categories = [] } = manifest;
  const faults: string[] = [];
  const want = (isSo: boolean, fault: string): void => void (isSo || faults.push(fault));
  want(iconSide(contents.get(`extension/${manifest.icon ?? ''}`)) >= 128, 'The icon is not a square PNG of at least 128 pixels.');
  want(/^#[0-9a-f]{6}$/.test(manifest.galleryBanner?.color ?? '') && /^(dark|light)$/.test(manifest.galleryBanner?.theme ?? ''), 'The banner has no colour and theme.');
  want(manifest.description !== undefined, 'There is no description.');
  want(categories.length > 0, 'There is no category.');
  want(keywords.length > 0 && keywords.length <= 30, `There are ${keywords.length} keywords; the Marketplace takes at most 30.`);
  want(manifest.pricing === 'Free', 'The manifest does not say that it costs nothing.');
  want((manifest.preview === true) === version.startsWith('0.'), `Version ${version} and the mark as a preview do not belong together.`);
  want(text('extension/changelog.md').includes(`## ${version} `), `The changelog has no entry for ${version || 'this version'}.`);
  // A page of the gallery shows no file of the package, and VS Code's no data in an address.
  for (const [all, target = ''] of text('extension/readme.md').matchAll(/\]\(([^)\s]+)\)/g)) want(/^(https:|mailto:|#)/.test(target), `The readme leads nowhere with ${all.slice(0, 80)}`);
  return faults;
}

/** The side of a square PNG in pixels, 0 for anything else. */
function iconSide(content: Buffer | undefined): number {
  if (content === undefined || content.length < 24 || content.toString('latin1', 1, 4) !== 'PNG') return 0;
  const [width, height] = [content.readUInt32BE(16), content.readUInt32BE(20)];
  return width === height ? width : 0;
}
