import assert from 'node:assert/strict';
import type { Fault } from '../simulator/faults.ts';
import { eventually } from '../workbench/eventually.ts';
import { freePort } from '../workbench/server.ts';
import { openSession, type Session } from './support/session.ts';

/** What is done to one answer, what the card must say and offer, and whether text that came before is kept. */
interface Mishap {
  readonly name: string;
  readonly fault: Fault;
  readonly title: RegExp;
  readonly buttons: readonly string[];
  readonly keepsText?: true;
}

const mishaps: readonly Mishap[] = [
  { name: "a proxy's HTML page with status 200", fault: { kind: 'html', status: 200 }, title: /A web page came instead of an answer from DeepSeek/, buttons: ['Try again'] },
  { name: 'a stream that is cut in the middle', fault: { kind: 'cut', at: 12_000 }, title: /The connection to DeepSeek broke off/, buttons: ['Try again', 'Continue'], keepsText: true },
  { name: 'a stream that ends without an end', fault: { kind: 'end', at: 12_000 }, title: /The connection to DeepSeek broke off/, buttons: ['Try again', 'Continue'], keepsText: true },
  { name: 'an empty balance', fault: { kind: 'refuse', reason: 'balance' }, title: /The balance at DeepSeek is used up/, buttons: ['Top up balance', 'Try again'] },
  { name: 'an overloaded service', fault: { kind: 'answer', status: 503, body: 'upstream connect error' }, title: /DeepSeek is having problems/, buttons: ['Try again', 'Service status'] },
  { name: 'a redirect elsewhere', fault: { kind: 'redirect', location: 'http://127.0.0.1:9/elsewhere' }, title: /DeepSeek redirected the request elsewhere/, buttons: ['Open settings', 'Try again'] },
  { name: 'a model that is gone', fault: { kind: 'retired' }, title: /DeepSeek does not offer the model deepseek-flash/, buttons: ['Choose another model'] },
];

describe('Bad input in the real workbench', function () {
  this.timeout(120_000);
  let session: Session;

  before(async () => {
    session = await openSession({ settings: () => ({ 'rivulet.model': 'deepseek/deepseek-flash' }) });
    await session.panel.open();
    await session.panel.setKey('DeepSeek', session.simulator.keys.deepseek);
  });
  after(() => session.close());
  afterEach(async function () {
    session.simulator.faults.clear();
    if (this.currentTest?.state === 'failed') await session.window.screenshot(`failed-bad-input-${this.currentTest.title.replaceAll(/\W+/g, '-')}`);
  });

  async function nextQuestionWorks(): Promise<void> {
    const turn = await session.panel.ask('Does the next question work?');
    assert.equal(await turn.locator('.card.error').count(), 0);
    await turn.locator('.answer').getByText('Does the next question work?').first().waitFor();
  }

  for (const { name, fault, title, buttons, keepsText } of mishaps) {
    it(`${name}: a card that says so, and the next question works`, async () => {
      const { panel, simulator, window } = session;
      // Each attempt meets it: what passes would heal itself.
      simulator.faults.push({ ...fault, repeat: true });
      const turn = await panel.ask(keepsText ? '[[simulate: long 40]] Tell me a lot.' : 'Is all well?');
      const card = turn.locator('.card.error');
      assert.match((await card.textContent()) ?? '', title);
      for (const button of buttons) await card.getByRole('button', { name: button }).waitFor();
      // What came before is kept.
      if (keepsText) await turn.locator('.answer').getByText('sentence 2 of 40').first().waitFor();
      await window.screenshot(`card-${name.replaceAll(/\W+/g, '-')}`);
      simulator.faults.clear();
      await nextQuestionWorks();
    });
  }

  it('a service that is overloaded for a moment: it is asked again, and no card is shown', async () => {
    const { panel, simulator } = session;
    const before = simulator.requests.length;
    simulator.faults.push({ kind: 'answer', status: 503, body: 'upstream connect error' });
    const turn = await panel.ask('Is it over?');
    assert.equal(await turn.locator('.card.error').count(), 0);
    await turn.locator('.answer').getByText('Is it over?').first().waitFor();
    assert.equal(simulator.requests.length, before + 2);
  });

  it('a tool call that was cut off is not run', async () => {
    const { panel, simulator } = session;
    const before = simulator.requests.length;
    simulator.faults.push({ kind: 'finish-reason', value: 'length' });
    const turn = await panel.ask('Read README.md, please.');
    await turn.locator('.card.call.not-run').waitFor();
    assert.equal(simulator.requests.length, before + 1, 'no result was sent back');
    const next = await panel.ask('What about now?');
    assert.equal(await next.locator('.card.error').count(), 0);
    await next.locator('.answer').waitFor();
  });

  it('a line of 2 MB is read, and the window stays usable', async () => {
    const { panel, simulator } = session;
    simulator.faults.push({ kind: 'huge-line' });
    const turn = await panel.ask('A huge line, please.');
    assert.equal(await turn.locator('.card.error').count(), 0);
    const length = await eventually(async () => ((await turn.textContent()) ?? '').length, (characters) => characters > 100_000);
    assert.ok(length > 100_000, `the long line is there, and not ${length} characters`);
    await nextQuestionWorks();
  });

  it('a JSON answer to a streaming request is shown like any other', async () => {
    const { panel, simulator } = session;
    simulator.faults.push({ kind: 'json-answer' });
    const turn = await panel.ask('All at once, please.');
    await turn.locator('.answer').getByText('All at once, please.').first().waitFor();
    await turn.getByRole('button', { name: /^Thought/ }).waitFor();
    await nextQuestionWorks();
  });

  it('a wrong key: the card leads to the key, and Try again then works', async () => {
    const { panel, window, simulator } = session;
    await panel.setKey('DeepSeek', 'sk-wrong-wrong-wrong');
    const turn = await panel.ask('With the wrong key?');
    const card = turn.locator('.card.error');
    assert.match((await card.textContent()) ?? '', /DeepSeek did not accept the API key/);
    await window.screenshot('card-wrong-key');
    await card.getByRole('button', { name: /Set API key/ }).click();
    await panel.answerKey('DeepSeek', simulator.keys.deepseek);
    await card.getByRole('button', { name: 'Try again' }).click();
    await turn.locator('.answer').getByText('With the wrong key?').first().waitFor();
    await panel.settled();
    assert.equal(await turn.locator('.card.error').count(), 0);
  });

  it('a key with a space or Chinese characters is refused with a sentence that says so', async () => {
    const { window } = session;
    await window.runCommand('Rivulet: Set API Key', 'DeepSeek');
    for (const [key, sentence] of [
      ['sk-1 2', /contains a space/],
      ['sk-密钥', /contains characters that no key has/],
    ] as const) {
      await window.answer(key, 'API key for DeepSeek');
      await window.quickInput.message.filter({ hasText: sentence }).waitFor();
    }
    await window.page.keyboard.press('Escape');
    await window.quickInput.box.waitFor({ state: 'hidden' });
  });

  it('no network: the card names the cause, and the question can be tried again when it is back', async () => {
    const { panel, simulator, window } = session;
    const nobody = await freePort();
    await window.changeSettings({ 'rivulet.baseUrls': { deepseek: `http://127.0.0.1:${nobody}` } });
    await (await panel.frame()).getByText('The API key for DeepSeek was given for another address.').last().waitFor();
    // Another address: the key stays with the one it was given for, and Enter asks for one instead of sending.
    const composer = await panel.composer();
    await composer.fill('Is anybody there?');
    await composer.press('Enter');
    await panel.answerKey('DeepSeek', 'sk-for-the-closed-port');
    const turn = await panel.ask('Is anybody there?');
    await turn.getByText('Nothing answers at the address of DeepSeek.').waitFor();
    await turn.getByRole('button', { name: 'Details' }).click();
    await turn.getByText(/ECONNREFUSED/).waitFor();
    await window.screenshot('card-no-network');
    await window.changeSettings({ 'rivulet.baseUrls': { deepseek: simulator.bases.deepseek } });
    await panel.setKey('DeepSeek', simulator.keys.deepseek);
    await turn.getByRole('button', { name: 'Try again' }).click();
    await turn.locator('.answer').getByText('Is anybody there?').first().waitFor();
    await panel.settled();
  });
});
