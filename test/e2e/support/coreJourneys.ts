import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../../workbench/eventually.ts';
import type { Session } from './session.ts';

/** A place to run in, and what differs there. */
export interface Place {
  /** Names its pictures. */
  readonly name: string;
  /** A window with the files of {@link samples}. */
  readonly open: () => Promise<Session>;
  /** Whether the model is offered tools. */
  readonly hasTools: boolean;
  /** Whether secrets outlive a reload of the window. */
  readonly keepsKeys: boolean;
  /** The text of a file of the open folder as it is stored; of the session's folder on the disk when left out. */
  readonly readStored?: (session: Session, path: string) => Promise<string>;
  /** Opens `src/tide.ts` in an editor; by its name when left out. */
  readonly openSample?: (session: Session) => Promise<void>;
}

/** The files that the journeys work on. */
export const samples: Readonly<Record<string, string>> = { 'plans.txt': 'Low water is at noon.\n', 'src/tide.ts': 'export const tide = 12;\nexport const ebb = 6;\n' };

/** What a person does everywhere: sets a key, asks, stops, lets a file be read, has a selection explained, accepts a change, and finds the chat again. */
export function coreJourneys({ name, open, hasTools, keepsKeys, readStored = async ({ folder }, path) => readFile(join(folder, path), 'utf8'), openSample = async ({ window }) => window.openFile('src/tide.ts') }: Place): void {
  let session: Session;

  before(async () => {
    session = await open();
    await session.panel.open();
  });
  after(() => session?.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await session.window.screenshot(`failed-${name}-${this.currentTest.title.replaceAll(/\W+/g, '-')}`);
  });

  it('a key is kept, a question asked, and its reasoning and answer stream in', async () => {
    const { panel, simulator, window } = session;
    await panel.setKey('DeepSeek', simulator.keys.deepseek);
    const turn = await panel.ask('Say hello.');
    await turn.locator('.answer').first().waitFor();
    await turn.locator('.reasoning').first().waitFor();
    assert.equal(simulator.requests.at(-1)?.authorization, 'accepted');
    await window.screenshot(`${name}-answer`);
  });

  it('an answer is stopped', async () => {
    const { panel } = session;
    await panel.send('[[simulate: no reasoning]] [[simulate: long 600]] Tell me a lot.');
    const turn = await panel.lastTurn();
    await turn.locator('.answer').first().waitFor();
    await (await panel.frame()).getByRole('button', { name: 'Stop', exact: true }).click();
    await turn.getByText('Stopped', { exact: true }).waitFor();
    await panel.settled();
  });

  it('a selection is explained', async () => {
    const { panel, simulator, window } = session;
    await openSample(session);
    await window.selectLines(1, 1);
    await window.runCommand('Rivulet: Explain');
    await panel.settled();
    const asked = await eventually(async () => simulator.requests.at(-1)?.text ?? '', (text) => text.includes('export const tide = 12;'));
    assert.ok(asked.includes('export const tide = 12;') && asked.includes('src/tide.ts'), asked.slice(-600));
    await panel.settled();
  });

  it(hasTools ? 'the model reads a file' : 'the model is offered no tools, and the panel says why', async () => {
    const { panel, simulator, window } = session;
    await panel.open();
    if (!hasTools) {
      await panel.ask('What does plans.txt say?');
      const sent = simulator.requests.at(-1)?.body as { readonly tools?: unknown };
      assert.equal(sent.tools, undefined);
      await (await panel.frame()).getByText('Restricted Mode: the model cannot read files.').waitFor();
      return;
    }
    const turn = await panel.ask(`Look. [[simulate: call tool read_file with ${JSON.stringify({ path: 'plans.txt' })}]]`);
    await turn.locator('.card.call').first().waitFor();
    assert.ok(simulator.requests.at(-1)?.text.includes('Low water is at noon.'), simulator.requests.at(-1)?.text.slice(-1500));
    await window.screenshot(`${name}-read`);
    await panel.ask(`Search. [[simulate: call tool search_text with ${JSON.stringify({ query: 'e.b = \\d', is_regex: true })}]]`);
    assert.ok(simulator.requests.at(-1)?.text.includes('ebb = 6'), simulator.requests.at(-1)?.text.slice(-1500));
  });

  if (hasTools) {
    it('a change is shown first, accepted, and then stored', async () => {
      const { panel, window } = session;
      await panel.send(`Change it. [[simulate: call tool edit_file with ${JSON.stringify({ path: 'src/tide.ts', edits: [{ search: 'tide = 12', replace: 'tide = 13' }] })}]]`);
      const card = (await panel.lastTurn()).locator('.card.review');
      await card.getByText('Waiting for your decision').waitFor();
      assert.match(await readStored(session, 'src/tide.ts'), /tide = 12/);
      await window.screenshot(`${name}-review`);
      await card.getByRole('button', { name: /^Accept line|^Accept$|^Accept all/ }).first().click();
      await panel.settled();
      assert.match(await eventually(() => readStored(session, 'src/tide.ts'), (text) => text.includes('13')), /tide = 13/);
    });
  }

  it('a window that is loaded again has the chat', async () => {
    const { panel, window, simulator } = session;
    const turns = async (): Promise<number> => (await panel.frame()).locator('article.turn').count();
    const before = await turns();
    assert.ok(before > 1);
    await window.reload();
    const frame = await panel.open();
    await frame.locator('article.turn').first().waitFor();
    assert.equal(await eventually(turns, (count) => count === before), before);
    if (keepsKeys) assert.equal(await frame.locator('.key-note').count(), 0);
    else await panel.setKey('DeepSeek', simulator.keys.deepseek);
    await panel.ask('And after the reload?');
    assert.equal(simulator.requests.at(-1)?.authorization, 'accepted');
    await window.screenshot(`${name}-reloaded`);
  });
}
