import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { answers, called, folder, handlers, reset, settings } from './fakeVscode.ts';
import { activated } from './fakes.ts';

const run = async (): Promise<unknown> => handlers.get('rivulet.openPrompts')?.();
const opened = (): readonly string[] => called('executeCommand').flatMap(([id, uri]) => (id === 'vscode.open' || id === 'revealFileInOS' ? [`${id} ${String(uri)}`] : []));
const choose = (label: string): void => void answers.set('showQuickPick', [(item: { readonly label: string }) => item.label.endsWith(label)]);

describe("A person's prompts", () => {
  const place = join(folder, 'own-prompts');
  beforeEach(async () => {
    reset();
    await rm(place, { recursive: true, force: true, maxRetries: 5 });
    settings.set('rivulet.promptsFolder', place);
    await activated();
  });

  it('are made in their folder, which is made too, and opened to be written', async () => {
    choose('New Prompt…');
    answers.set('showInputBox', ['names']);
    await run();
    assert.match(await readFile(join(place, 'names.md'), 'utf8'), /^# What this prompt does\n[^]*\$ARGUMENTS\n$/);
    assert.deepEqual(opened(), [`vscode.open file://${place}/names.md`]);
    choose('names');
    await run();
    assert.equal(opened().length, 2);
    choose('Open the Folder');
    await run();
    assert.equal(opened()[2], `revealFileInOS file://${place}`);
  });

  it('have names that can be commands, and not those of commands that there are', async () => {
    for (const [name, problem] of [['fix', /has this name/], ['../evil', /Use letters/], ['a b', /Use letters/]] as const) {
      choose('New Prompt…');
      answers.set('showInputBox', [name]);
      await run();
      const [options] = called('showInputBox').at(-1) as readonly [{ readonly validateInput: (value: string) => string | undefined }];
      assert.match(options.validateInput(name) ?? '', problem);
    }
    assert.deepEqual(opened(), []);
  });
});
