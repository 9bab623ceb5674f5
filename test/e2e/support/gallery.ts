// `npm run gallery`: the panel in the real workbench, state by state, in three languages and three themes, at 300 px and wide.
// Pictures go to out/gallery, for somebody to look at. `-- --locale zh-cn` and `--theme light,dark` take fewer.
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Frame } from 'playwright-core';
import type { Theme } from '../../workbench/layoutActions.ts';
import type { Locale } from '../../workbench/locale.ts';
import { out, root } from '../../workbench/places.ts';
import { openSession, type Session } from './session.ts';

const { values } = parseArgs({ options: { locale: { type: 'string' }, theme: { type: 'string' } } });
const locales = values.locale === undefined ? (['en', 'zh-cn', 'zh-tw'] as const) : [values.locale as Locale];
const chosenThemes = values.theme === undefined ? (['dark', 'light', 'high contrast dark'] as const) : (values.theme.split(',') as Theme[]);
const folder = join(out, 'gallery');
const classes: Readonly<Record<Theme, string>> = { light: 'vs', dark: 'vs-dark', 'high contrast dark': 'hc-black', 'high contrast light': 'hc-light' };

const several = 'anthropic/claude-sonnet-4';

/** The themes in which pictures are being taken. */
let shownThemes: readonly Theme[] = [];

/** The words of the manifest in the language of the pictures that are being taken. */
let names: Readonly<Record<string, string>> = {};

const answer = `The formula is $a^2 + b^2 = c^2$, and \`src/tides.ts:9\` uses it.

| Tide | Metres |
|---|---:|
| low | 0.6 |
| high | 4.1 |

- [x] read the file
- [ ] write the test

\`\`\`ts src/tides.ts
export function highest(tides: readonly Tide[]): Tide | undefined {
  // The highest of the list, or nothing.
  return tides.reduce<Tide | undefined>((best, tide) => (best && best.metres >= tide.metres ? best : tide), undefined);
}
\`\`\`

$$\\int_0^1 x^2\\,dx = \\tfrac13$$`;

const edit = JSON.stringify({ path: 'src/tides.ts', edits: [{ search: 'readonly metres: number;', replace: '/** Above chart datum. */\n  readonly metres: number;' }] });

/** What is to be seen, in this order; each leaves the panel as it found it. */
const states: readonly { readonly name: string; readonly show: (session: Session, frame: Frame) => Promise<void>; readonly leave?: (session: Session, frame: Frame) => Promise<void> }[] = [
  { name: 'answer', show: async (_, frame) => frame.locator('.turn').first().scrollIntoViewIfNeeded() },
  { name: 'mentions', show: async (session, frame) => type(session, frame, '@t'), leave: clear },
  { name: 'commands', show: async (session, frame) => type(session, frame, '/'), leave: clear },
  {
    name: 'chips',
    async show(session, frame) {
      await type(session, frame, '@tides');
      await frame.locator('.suggestion').first().waitFor();
      await session.window.page.keyboard.press('Enter');
      await frame.locator('.context-chip:not(.offered)').first().waitFor();
    },
    async leave(_, frame) {
      await frame.locator('.context-chip:not(.offered) .media-remove').first().click();
    },
  },
  {
    name: 'gauge',
    show: async (_, frame) => frame.locator('.gauge-button').click(),
    leave: async (_, frame) => frame.locator('.gauge-button').press('Escape'),
  },
  {
    name: 'question',
    async show(_, frame) {
      const turn = frame.locator('.turn').first();
      await turn.hover();
      await turn.locator('.question-actions button').first().focus();
    },
  },
  {
    name: 'edit',
    async show(_, frame) {
      await frame.locator('[data-does="edit"]').first().press('Enter');
      await frame.locator('.question-box').waitFor();
    },
    leave: async (_, frame) => frame.locator('.question-box').press('Escape'),
  },
  {
    name: 'find',
    async show(session, frame) {
      await box(frame).click();
      await session.window.page.keyboard.press('ControlOrMeta+f');
      await frame.locator('.find-bar').waitFor();
      await session.window.page.keyboard.type('tide');
    },
    leave: escape,
  },
  {
    name: 'chats',
    async show(_, frame) {
      await frame.locator('.header [data-does="chats"]').click();
      await frame.locator('.sheet.chats').waitFor();
    },
    leave: escape,
  },
  {
    name: 'settings',
    async show(_, frame) {
      await frame.locator('.settings-button').click();
      await frame.locator('.sheet').waitFor();
    },
    leave: escape,
  },
  {
    name: 'tools',
    async show(_, frame) {
      await frame.locator('.tools-button').click();
      await frame.locator('.tool-sheet').waitFor();
    },
    leave: escape,
  },
  {
    name: 'models',
    async show({ window }, frame) {
      await frame.locator('.model-button').click();
      await window.quickInput.box.waitFor();
    },
    async leave(session) {
      await escape(session);
      await session.window.quickInput.box.waitFor({ state: 'hidden' });
    },
  },
  {
    name: 'review',
    async show(session, frame) {
      await ask(session, frame, `[[simulate: call tool edit_file with ${edit}]]`);
      await frame.locator('.review').first().waitFor();
    },
    async leave(_, frame) {
      await frame.locator('.review').last().press('Escape');
      await idle(frame);
    },
  },
  {
    name: 'changed',
    async show(session, frame) {
      await ask(session, frame, `[[simulate: call tool edit_file with ${edit}]]`);
      // By its place, for its name is in the person's language.
      await frame.locator('.review-actions [data-does="accept"]').last().click();
      await frame.locator('.turn-changes').last().waitFor();
      await idle(frame);
    },
    async leave(_, frame) {
      await frame.locator('.turn-changes').last().getByRole('button').click();
      await frame.locator('.turn-changes .reverted').last().waitFor();
    },
  },
  {
    name: 'reading',
    async show(session, frame) {
      await ask(session, frame, '[[simulate: reason 40]] [[simulate: long 300]]');
      await frame.locator('.turn.last .reasoning-text').waitFor();
    },
  },
  {
    name: 'scrolled',
    async show({ window }, frame) {
      const log = frame.getByRole('log');
      await frame.waitForFunction(() => (document.querySelector('.turn.last .answer')?.textContent.length ?? 0) > 3000);
      await log.press('PageUp');
      await frame.locator('.jump').waitFor();
      await window.page.waitForTimeout(400);
    },
    async leave(_, frame) {
      await box(frame).press('Escape');
      await idle(frame);
    },
  },
  {
    name: 'costs',
    async show(session, frame) {
      await ask(session, frame, 'What is a neap tide?');
      await idle(frame);
      await frame.locator('.turn.last .turn-words').press('Enter');
      await frame.locator('.turn-details').waitFor();
    },
  },
  {
    name: 'versions',
    async show(_, frame) {
      await frame.locator('.turn.last [data-does="regenerate"]').press('Enter');
      await frame.locator('.turn.last [data-does="version-before"]').waitFor();
      await idle(frame);
    },
  },
  {
    name: 'alternatives',
    async show(session, frame) {
      await chooseSeveral(session, frame);
      await ask(session, frame, 'Name a stream.');
      await frame.locator('.answer-tab').nth(1).waitFor();
      await idle(frame);
      await frame.locator('.answer-tab').first().press('ArrowRight');
    },
  },
  {
    name: 'heat',
    async show(_, frame) {
      await frame.locator('.turn.last .probabilities .disclosure-title').first().press('Enter');
      await frame.locator('.heat-text').focus();
      await frame.locator('.heat-text').press('PageDown');
    },
  },
];

function box(frame: Frame): ReturnType<Frame['locator']> {
  return frame.locator('.composer textarea').first();
}

async function type({ window }: Session, frame: Frame, text: string): Promise<void> {
  await box(frame).click();
  await window.page.keyboard.type(text);
}

async function clear({ window }: Session, frame: Frame): Promise<void> {
  await window.page.keyboard.press('Escape');
  await box(frame).fill('');
}

async function escape({ window }: Session): Promise<void> {
  await window.page.keyboard.press('Escape');
}

async function ask({ window }: Session, frame: Frame, text: string): Promise<void> {
  const turns = await frame.locator('article.turn').count();
  await box(frame).fill(text);
  await box(frame).click();
  await window.page.keyboard.press('Enter');
  await frame.locator('article.turn').nth(turns).waitFor();
}

/** Waits until nothing runs. */
async function idle(frame: Frame): Promise<void> {
  await frame.locator('.send-button:not(.stops)').waitFor();
}

/** Takes the model that gives several answers, with the probabilities of their tokens. */
async function chooseSeveral({ window, simulator }: Session, frame: Frame): Promise<void> {
  await window.runCommand(`Rivulet: ${names['command.setApiKey']}`, 'jiekou.ai');
  await window.answer(simulator.keys.jiekou, /jiekou/);
  await window.quickInput.box.waitFor({ state: 'hidden' });
  await window.runCommand(`Rivulet: ${names['command.selectModel']}`, several);
  await frame.getByText(several).first().waitFor();
}

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
    for (const { name, show, leave } of states) {
      try {
        await show(session, frame);
        await picture(session, `${prefix}-${name}`);
        await leave?.(session, frame);
      } catch (error) {
        console.error(`${prefix}-${name}: ${String(error).slice(0, 300)}`);
        process.exitCode = 1;
      }
    }
    await window.resizeSidebar(640);
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
