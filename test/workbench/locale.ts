import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A display language the tests can ask for. */
export type Locale = 'en' | 'zh-cn' | 'zh-tw';

const labels = { 'zh-cn': '中文(简体)', 'zh-tw': '中文(繁體)' } as const;

/**
 * Makes the server take `locale` for its display language without a language pack from the marketplace.
 *
 * The server asks three questions: `--locale`, then whether `languagepacks.json` in the user data folder knows that
 * language, then which translations it names; when the second answer is no it says "en" to the page and to the extension
 * host. So the file is written here, with a pack that translates nothing. The workbench's own words stay English, while
 * `vscode.env.language`, an extension's `l10n` bundle and its `package.nls.<locale>.json` are as in a localised VS Code.
 * (Server of VS Code 1.139.1: `resolveNLSConfiguration`, `getBrowserNLSConfiguration`.)
 */
export async function writeLanguagePack(userDataFolder: string, locale: Exclude<Locale, 'en'>): Promise<void> {
  const folder = join(userDataFolder, 'no-translations');
  const translations = join(folder, 'main.i18n.json');
  await mkdir(folder, { recursive: true });
  await writeFile(translations, JSON.stringify({ version: '1.0.0', contents: {} }));
  const pack = {
    hash: `no-translations-${locale}`,
    extensions: [{ extensionIdentifier: { id: `rivulet-test.no-translations-${locale}` }, version: '1.0.0' }],
    translations: { vscode: translations },
    label: labels[locale],
  };
  await writeFile(join(userDataFolder, 'languagepacks.json'), JSON.stringify({ [locale]: pack }));
}
