import assert from 'node:assert/strict';
import { openSession, type Session } from './support/session.ts';

const services = [
  { id: 'deepseek', label: 'DeepSeek', model: 'deepseek-flash' },
  { id: 'iflow', label: 'iFlow', model: 'deepseek-r1' },
  { id: 'jiekou', label: 'jiekou.ai', model: 'deepseek/deepseek-r1-turbo' },
] as const;

for (const { id, label, model } of services) {
  describe(`${label} in the real workbench`, function () {
    this.timeout(120_000);
    let session: Session;

    before(async () => {
      session = await openSession({ settings: () => ({ 'rivulet.model': `${id}/${model}` }), chunkDelayMs: 20 });
      await session.panel.open();
    });
    after(() => session.close());
    afterEach(async function () {
      if (this.currentTest?.state === 'failed') await session.window.screenshot(`failed-${id}-${this.currentTest.title.replaceAll(/\W+/g, '-')}`);
    });

    it('asks for a key in one click, takes it through the command, and is ready', async () => {
      const { panel, window, simulator } = session;
      const frame = await panel.frame();
      await frame.getByRole('button', { name: `Set API key for ${label}…` }).click();
      await window.quickInput.titled(`API key for ${label}`).waitFor();
      await window.page.keyboard.press('Escape');
      await panel.setKey(label, simulator.keys[id]);
      await frame.getByRole('button', { name: `Set API key for ${label}…` }).waitFor({ state: 'hidden' });
    });

    describe('with its key', () => {
      before(async () => {
        if (await (await session.panel.frame()).getByRole('button', { name: `Set API key for ${label}…` }).isVisible()) await session.panel.setKey(label, session.simulator.keys[id]);
        // VS Code's TypeScript extension takes its time to start: it does so while the first tests run.
        await session.write('src/sum.ts', ['export function sum(values: number[]): number {', '  let total = 0;', '  for (const value of values) total += value;', '  return total;', '}', ''].join('\n'));
        await session.window.openFile('src/sum.ts');
      });

      it('streams reasoning, then text', async () => {
        const { panel, window } = session;
        const frame = await panel.frame();
        await frame.evaluate(watchTranscript);
        // A question without an answer would go along with the next one.
        const stopAndBeginAnew = async (): Promise<void> => {
          await frame.getByRole('button', { name: 'Stop', exact: true }).click();
          await panel.settled();
          await window.runCommand('Rivulet: New Chat');
          await frame.locator('article.turn').first().waitFor({ state: 'detached' });
        };
        // Both go on for longer than any machine needs to draw four steps of them, and are stopped then.
        await panel.send('[[simulate: reason 1000]] What is a list?');
        await frame.waitForFunction(() => new Set((globalThis as unknown as Watched).seen.filter(({ answer }) => answer === 0).map(({ reasoning }) => reasoning)).size > 4);
        await stopAndBeginAnew();
        await panel.send('[[simulate: reason 3]] [[simulate: long 1000]] What is reversing?');
        await frame.waitForFunction(() => new Set((globalThis as unknown as Watched).seen.map(({ answer }) => answer)).size > 4);
        await (await panel.lastTurn()).getByRole('button', { name: /^Thought for/ }).waitFor();
        await stopAndBeginAnew();
        const turn = await panel.ask('[[simulate: reason 30]] How do I reverse a list in Python?');
        await turn.getByRole('button', { name: /^Thought for/ }).waitFor();
        await turn.locator('.answer').getByText('How do I reverse a list in Python?').first().waitFor();
        await window.screenshot(`chat-${id}`);
      });

      it('lets the model read a file that was written a moment ago, and quotes its line', async () => {
        const { panel, simulator, write } = session;
        const line = `the secret of ${id} is ${Math.random().toString(36).slice(2)}`;
        await write('notes/today.txt', `first line\n${line}\nthird line\n`);
        const turn = await panel.ask('What does line 2 of notes/today.txt say?');
        await turn.locator('.markdown').getByText(line).first().waitFor();
        const card = turn.locator('.card.call.done');
        await card.getByRole('button').click();
        await card.getByText('"notes/today.txt"').waitFor();
        await card.getByText(line).waitFor();
        const request = simulator.requests.at(-1);
        assert.match(request?.text ?? '', /"role":"tool"/);
        assert.ok(request?.text.includes(line), 'the line travelled to the service as a tool result');
      });

      it('stops a long answer and keeps what had come', async () => {
        const { panel } = session;
        await panel.send('Give me a long answer.');
        const turn = await panel.lastTurn();
        await turn.getByText(/sentence 3 of/).first().waitFor();
        await (await panel.frame()).getByRole('button', { name: 'Stop', exact: true }).click();
        await panel.settled();
        await turn.getByText('Stopped', { exact: true }).waitFor();
        const kept = ((await turn.locator('.answer').textContent()) ?? '').length;
        assert.ok(kept > 50, `${kept} characters were kept`);
        const next = await panel.ask('And now a short one, please.');
        await next.getByText('Stopped', { exact: true }).waitFor({ state: 'detached' });
        assert.equal(await next.locator('.card.error').count(), 0, 'the next question works');
      });

      it('explains a selection from the context menu', async () => {
        const { panel, window, simulator } = session;
        await window.openFile('src/sum.ts');
        // The breadcrumbs tell when VS Code's TypeScript extension knows the symbols.
        await window.page.locator('.breadcrumbs-control').getByText('sum', { exact: true }).waitFor({ timeout: 90_000 });
        await window.selectLines(2, 3);
        await window.contextMenu('Explain', 'Rivulet');
        const frame = await panel.frame();
        await frame.getByText('Explain this code.').waitFor();
        await panel.settled();
        const turn = await panel.lastTurn();
        await turn.getByRole('button', { name: 'src/sum.ts:2-3' }).waitFor();
        const body = simulator.requests.at(-1)?.text ?? '';
        for (const part of ['File: src/sum.ts', 'Language: typescript', 'Lines: 2 to 3', 'Inside: sum', 'let total = 0;', 'Lines above', 'Lines below']) {
          assert.ok(body.includes(part), `the request says "${part}"`);
        }
        await window.screenshot(`explain-${id}`);
      });

      it('talked to this machine only', () => {
        assert.deepEqual(session.window.refusedRequests, []);
      });
    });
  });
}

/** How many characters of reasoning and of the answer stood in the last turn at one moment. */
interface Seen {
  readonly reasoning: number;
  readonly answer: number;
}

/** What {@link watchTranscript} leaves behind. */
interface Watched {
  readonly seen: readonly Seen[];
}

/** Keeps what the transcript shows at each of its changes from now on. Runs inside the page. */
function watchTranscript(): void {
  const seen: Seen[] = [];
  Object.assign(globalThis, { seen });
  new MutationObserver(() => {
    const turn = document.querySelector('article.turn:last-of-type');
    const [reasoning = 0, answer = 0] = ['.reasoning-text', '.answer'].map((selector) => (turn?.querySelector(selector)?.textContent ?? '').length);
    seen.push({ reasoning, answer });
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}
