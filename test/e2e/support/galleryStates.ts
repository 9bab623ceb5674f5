import type { Frame } from 'playwright-core';
import type { Session } from './session.ts';

/** The model that is asked for several answers. */
export const several = 'anthropic/claude-sonnet-4';

/** An answer with everything in it. */
export const answer = `The formula is $a^2 + b^2 = c^2$, and \`src/tides.ts:9\` uses it.

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

/** Something to be seen, by the name of its picture. */
export interface GalleryState {
  readonly name: string;
  readonly show: (session: Session, frame: Frame, names: Readonly<Record<string, string>>) => Promise<void>;
  readonly leave?: (session: Session, frame: Frame) => Promise<void>;
}

/** What is to be seen, in this order; each leaves the panel as it found it. They are told the words of the manifest in the pictures' language. */
export const galleryStates: readonly GalleryState[] = [
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
    async show(session, frame, names) {
      await chooseSeveral(session, frame, names);
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

/** Where a question is written. */
export function box(frame: Frame): ReturnType<Frame['locator']> {
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

/** Sends a question and waits until it stands in the chat. */
export async function ask({ window }: Session, frame: Frame, text: string): Promise<void> {
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
async function chooseSeveral({ window, simulator }: Session, frame: Frame, names: Readonly<Record<string, string>>): Promise<void> {
  await window.runCommand(`Rivulet: ${names['command.setApiKey']}`, 'jiekou.ai');
  await window.answer(simulator.keys.jiekou, /jiekou/);
  await window.quickInput.box.waitFor({ state: 'hidden' });
  await window.runCommand(`Rivulet: ${names['command.selectModel']}`, several);
  await frame.getByText(several).first().waitFor();
}
