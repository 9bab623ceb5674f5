import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

interface Step {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}

interface Manifest {
  readonly publisher: string;
  readonly name: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly walkthroughs: readonly { readonly id: string; readonly title: string; readonly description: string; readonly steps: readonly Step[] }[];
  };
}

const root = new URL('../../', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, root), 'utf8');
const { contributes, publisher, name } = JSON.parse(read('package.json')) as Manifest;
const [walkthrough] = contributes.walkthroughs;
const steps = walkthrough?.steps ?? [];
const own = contributes.commands.map(({ command }) => command);
const tables = ['', '.zh-cn', '.zh-tw'].map((language) => JSON.parse(read(`package.nls${language}.json`)) as { readonly [key: string]: string });

/** The commands that the links of a text run. */
function commandsIn(text: string): readonly string[] {
  return [...text.matchAll(/\]\(command:([^)]*)\)/g)].map((match) => match[1] ?? '');
}

describe('the walkthrough', () => {
  it('is one of four or five steps, which the command opens by its name', () => {
    assert.equal(contributes.walkthroughs.length, 1);
    assert.ok(steps.length >= 4 && steps.length <= 5);
    assert.equal(new Set(steps.map(({ id }) => id)).size, steps.length);
    assert.ok(read('src/host/commands/openWalkthrough.ts').includes(`'${publisher}.${name}#${walkthrough?.id ?? ''}'`));
  });

  it('has every word in the three languages', () => {
    const texts = [walkthrough?.title, walkthrough?.description, ...steps.flatMap(({ title, description, media }) => [title, description, media.altText])];
    for (const text of texts) {
      const key = /^%(walkthrough\..+)%$/.exec(text ?? '')?.[1] ?? '';
      for (const table of tables) assert.ok((table[key] ?? '').length > 0, `${text}`);
    }
  });

  it('runs commands that there are, the same in each language, and with words of that language on the button', () => {
    for (const { id, description } of steps) {
      const texts = tables.map((table) => table[description.slice(1, -1)] ?? '');
      const [english = [], ...others] = texts.map(commandsIn);
      assert.ok(english.length > 0, `${id} has no button`);
      for (const other of others) assert.deepEqual(other, english, id);
      for (const command of english) assert.ok(own.includes(command) || command.startsWith('workbench.action.openSettings?'), command);
    }
  });

  it('marks a step done upon commands that there are and keys that are set', () => {
    const set = [...read('src/host/welcome/steps.ts').matchAll(/'(\w+)'/g)].map((match) => `rivulet.step.${match[1]}`);
    for (const { id, completionEvents } of steps) {
      assert.ok(completionEvents.length > 0, id);
      for (const event of completionEvents) {
        const [kind, what = ''] = event.split(':');
        assert.ok(kind === 'onCommand' ? own.includes(what) : kind === 'onContext' && set.includes(what), event);
      }
    }
  });

  it('has a small picture for each step, and no other, that takes every colour from the theme and says nothing in words', () => {
    const used = steps.map(({ media }) => media.svg);
    assert.deepEqual(readdirSync(new URL('media/walkthrough', root)).map((file) => `media/walkthrough/${file}`).sort(), used.toSorted());
    for (const file of used) {
      const picture = read(file);
      assert.ok(picture.length < 5000, file);
      const colours = [...picture.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map((match) => match[1] ?? '');
      assert.deepEqual(colours.filter((colour) => colour !== 'none' && !colour.startsWith('var(--vscode-')), [], file);
      assert.doesNotMatch(picture, /[A-Za-z]{2,}<\/text>|<script|href|url\(|style=|\son\w+=/, file);
    }
  });
});
