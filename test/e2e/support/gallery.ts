// `npm run gallery`: the panel in the real workbench, state by state, in three languages and three themes, at 300 px and wide.
// Pictures go to out/gallery, for somebody to look at. `-- --locale zh-cn` and `--theme light,dark` take fewer.
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Theme } from '../../workbench/layoutActions.ts';
import type { Locale } from '../../workbench/locale.ts';
import { out, root } from '../../workbench/places.ts';
import { answer, ask, box, galleryStates, several } from './galleryStates.ts';
import { openSession, type Session } from './session.ts';

const { values } = parseArgs({ options: { locale: { type: 'string' }, theme: { type: 'string' } } });
const locales = values.locale === undefined ? (['en', 'zh-cn', 'zh-tw'] as const) : [values.locale as Locale];
const chosenThemes = values.theme === undefined ? (['dark', 'light', 'high contrast dark'] as const) : (values.theme.split(',') as Theme[]);
const folder = join(out, 'gallery');
const classes: Readonly<Record<Theme, string>> = { light: 'vs', dark: 'vs-dark', 'high contrast dark': 'hc-black', 'high contrast light': 'hc-light' };

/** The themes in which pictures are being taken. */
let shownThemes: readonly Theme[] = [];

/** The words of the manifest in the language of the pictures that are being taken. */
let names: Readonly<Record<string, string>> = {};

/** Takes what is to be seen in each of the themes: the window follows the system, from which it takes dark and light alone. */
async function picture({ window }: Session, name: string): Promise<void> {
  for (const theme of shownThemes) {
    await window.page.emulateMedia({ colorScheme: theme === 'light' ? 'light' : 'dark' });
    await window.page.locator(`.monaco-workbench.${classes[theme]}`).first().waitFor();
    // What moves or fades comes to rest first.
    await window.page.waitForTimeout(400);
    const file = `${name.replace('*', theme.replaceAll(' ', '-'))}.png`;
    await copyFile(await window.screenshot('gallery'), join(folder, file));
    console.log(file);
  }
}

function isFollowed(theme: Theme): boolean {
  return theme === 'dark' || theme === 'light';
}

async function take(locale: Locale, wanted: readonly Theme[]): Promise<void> {
  shownThemes = wanted;
  const [theme = 'dark'] = wanted;
  names = JSON.parse(await readFile(join(root, locale === 'en' ? 'package.nls.json' : `package.nls.${locale}.json`), 'utf8')) as Record<string, string>;
  const session = await openSession({
    settings: () => ({ 'rivulet.model': 'deepseek/deepseek-flash', 'rivulet.parameters': { [`jiekou/${several}`]: { n: 3, logprobs: true, top_logprobs: 4 } }, 'editor.minimap.enabled': false, 'window.autoDetectColorScheme': isFollowed(theme) }),
    server: locale === 'en' ? {} : { locale },
    window: { theme, viewport: { width: 1120, height: 760 } },
  });
  const prefix = `${locale}-*`;
  try {
    const { window, write, simulator } = session;
    await write('src/tides.ts', '/** One high or low water. */\nexport interface Tide {\n  readonly at: Date;\n  readonly metres: number;\n}\n');
    await window.runCommand(`Rivulet: ${names['command.focus']}`);
    await window.resizeSidebar(300);
    let frame = await window.chatFrame();
    await box(frame).waitFor();
    await picture(session, `${prefix}-welcome`);
    await window.runCommand(`Rivulet: ${names['command.setApiKey']}`, 'DeepSeek');
    await window.answer(simulator.keys.deepseek, /DeepSeek/);
    await window.quickInput.box.waitFor({ state: 'hidden' });
    await frame.locator('.prompt').first().waitFor();
    await picture(session, `${prefix}-empty`);
    await window.openFile('src/tides.ts');
    await window.runCommand(`Rivulet: ${names['command.focus']}`);
    frame = await window.chatFrame();
    await ask(session, frame, `[[simulate: say ${answer}]]`);
    await frame.locator('.usage').first().waitFor();
    for (const { name, show, leave } of galleryStates) {
      try {
        await show(session, frame, names);
        await picture(session, `${prefix}-${name}`);
        await leave?.(session, frame);
      } catch (error) {
        console.error(`${prefix}-${name}: ${String(error).slice(0, 300)}`);
        process.exitCode = 1;
      }
    }
    await window.resizeSidebar(640);
    // Away from what shows a tooltip.
    await window.page.mouse.move(1000, 500);
    await picture(session, `${prefix}-wide`);
    await frame.locator('.turn-changes').first().scrollIntoViewIfNeeded();
    await picture(session, `${prefix}-wide-changed`);
    await frame.locator('.turn').first().scrollIntoViewIfNeeded();
    await frame.locator('.turn .code-block').first().scrollIntoViewIfNeeded();
    await picture(session, `${prefix}-wide-answer`);
  } finally {
    await session.close();
  }
}

await mkdir(folder, { recursive: true });
const followed: readonly Theme[] = chosenThemes.filter(isFollowed);
const others = chosenThemes.filter((theme) => !isFollowed(theme));
for (const locale of locales) for (const wanted of [followed, ...others.map((theme) => [theme])]) if (wanted.length > 0) await take(locale, wanted);
