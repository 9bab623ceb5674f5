import type { BundledPackage } from './bundled.ts';

/** The file in the package that names the software of others inside it, each with its licence. */
export const noticesFile = 'dist/THIRD-PARTY-NOTICES.txt';

/** Its text. Packages with the very same licence text share one copy of it. */
export function noticesOf(packages: readonly BundledPackage[]): string {
  const byText = new Map<string, BundledPackage[]>();
  for (const found of packages) byText.set(found.licenceText, [...(byText.get(found.licenceText) ?? []), found]);
  const parts = [...byText].map(([text, users]) => `${users.map(({ name, version, licence }) => `${name} ${version} (${licence})`).join('\n')}\n\n${text}\n`);
  return `Rivulet holds software of others, under these licences.\n\n${parts.map((part) => `${'-'.repeat(80)}\n${part}`).join('\n')}`;
}
