import assert from 'node:assert/strict';
import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ViewState } from '../../src/protocol/viewState.ts';
import { startSimulator, type Simulator } from '../simulator/server.ts';
import { lastContent } from '../support/lastContent.ts';
import { until } from '../support/until.ts';
import { fileOf, onePixel, onePixelBase64 } from '../unit/support/pictures.ts';
import { answers, called, calls, fired, folder, handlers, settings, workspace } from './fakeVscode.ts';
import { Uri } from './fakeTypes.ts';
import { activated, settle, type FakePage } from './fakes.ts';
import { isOver, stateOf, stateWhen } from './pageState.ts';
import { resetTo } from './simulated.ts';

const changed = { affectsConfiguration: (section: string) => section === 'rivulet' };
const paste = { type: 'add-media', name: 'image.png', mediaType: 'image/png', data: onePixelBase64 };

async function use(model: string): Promise<void> {
  settings.set('rivulet.model', model);
  fired.settings.fire(changed);
  await settle();
}

function warnings(): readonly string[] {
  return called('showWarningMessage').map(([text]) => String(text));
}

describe('pictures and videos for the next question', () => {
  let page: FakePage;
  let simulator: Simulator;

  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.close());
  beforeEach(async () => {
    resetTo(simulator);
    simulator.faults.clear();
    await use('deepseek/deepseek-v4-flash-vision-exp');
    ({ page } = await activated());
  });

  const state = async (): Promise<ViewState> => stateOf(page);

  /** Chooses these files in the dialog, each made with what it holds. */
  async function choose(files: { readonly [name: string]: Uint8Array }): Promise<void> {
    const uris: Uri[] = [];
    for (const [name, bytes] of Object.entries(files)) {
      await writeFile(join(folder, name), bytes);
      uris.push(Uri.file(join(folder, name)));
    }
    answers.set('showOpenDialog', [uris]);
    page.send({ type: 'attach-media' });
    await stateWhen(page, ({ media }) => media.length === uris.length);
  }

  async function ended(turns: number): Promise<ViewState> {
    return stateWhen(page, (now) => now.turns.length === turns && isOver(now));
  }

  it('are chosen in a dialog and go out as parts, and the question shows them', async () => {
    await choose({ 'a.png': Buffer.from(onePixelBase64, 'base64') });
    const [options] = called('showOpenDialog')[0] as [{ readonly canSelectMany: boolean }];
    assert.equal(options.canSelectMany, true);
    assert.deepEqual((await state()).media.map(({ label, kind, bytes, problem }) => [label, kind, bytes, problem]), [['a.png', 'image', 70, undefined]]);
    page.send({ type: 'send', text: 'What is it?' });
    const after = await ended(1);
    assert.deepEqual(lastContent(simulator.requests), [{ type: 'text', text: 'What is it?' }, { type: 'image_url', image_url: { url: onePixel } }]);
    assert.equal(after.turns[0]?.outcome, 'done');
    assert.deepEqual(after.turns[0]?.question.media?.map(({ label }) => label), ['a.png']);
    assert.deepEqual(after.media, [], 'the tray is empty for the next question');
    assert.ok(!JSON.stringify(page.posted).includes(onePixelBase64), 'the bytes stay with the host');
  });

  it('are chosen by command too', async () => {
    answers.set('showOpenDialog', [undefined]);
    await handlers.get('rivulet.attachPicture')?.();
    assert.deepEqual([called('showOpenDialog').length, warnings(), (await state()).media], [1, [], []]);
    assert.deepEqual(called('executeCommand').filter(([id]) => id === 'rivulet.chat.focus').length, 1);
  });

  it('are refused with a sentence when they are something else, too large or gone; the others are taken', async () => {
    const large = join(folder, 'large.mp4');
    await writeFile(large, fileOf('mp4'));
    await truncate(large, 20 * 1024 * 1024 + 1);
    await mkdir(join(folder, 'folder.png'), { recursive: true });
    const files = ['id_ed25519.png', 'large.png', 'folder.png', 'gone.png', 'large.mp4', 'good.gif'].map((name) => Uri.file(join(folder, name)));
    await writeFile(join(folder, 'id_ed25519.png'), '-----BEGIN OPENSSH PRIVATE KEY-----\nCANARY');
    await writeFile(join(folder, 'large.png'), fileOf('png', 10 * 1024 * 1024 + 1));
    await writeFile(join(folder, 'good.gif'), fileOf('gif'));
    const { readFile } = workspace.fs;
    const read: string[] = [];
    workspace.fs.readFile = async (uri) => (read.push(uri.path.slice(folder.length + 1)), readFile(uri));
    answers.set('showOpenDialog', [files]);
    page.send({ type: 'attach-media' });
    await until(() => warnings().length > 0, undefined, () => calls);
    workspace.fs.readFile = readFile;
    assert.deepEqual(read, ['id_ed25519.png', 'large.png', 'good.gif'], 'what is too large for anything, or no file, is not read');
    assert.deepEqual((await state()).media.map(({ label }) => label), ['good.gif']);
    assert.deepEqual(warnings().length, 1);
    const told = warnings()[0]?.split('\n') ?? [];
    assert.deepEqual(told.map((line) => line.split(' ')[0]), ['id_ed25519.png', 'large.png', 'folder.png', 'gone.png', 'large.mp4']);
    assert.match(told[0] ?? '', /not a picture or video/);
    assert.match(told[1] ?? '', /at most 10 MiB/);
    assert.match(told[3] ?? '', /could not be read/);
    assert.match(told[4] ?? '', /a video 20 MiB/);
    assert.ok(!JSON.stringify(page.posted).includes('CANARY'));
  }).timeout(60_000);

  it('come by paste and drop, are known by their bytes, and can be removed', async () => {
    page.send(paste);
    page.send({ ...paste, name: ' ' });
    page.send({ ...paste, data: Buffer.from('no picture at all').toString('base64') });
    page.send({ ...paste, data: onePixelBase64.slice(1) });
    const { media } = await state();
    assert.deepEqual(media.map(({ label }) => label), ['image.png', 'Picture']);
    assert.equal(warnings().length, 2);
    page.send({ type: 'remove-media', id: media[0]?.id });
    page.send({ type: 'remove-media', id: 'another' });
    assert.deepEqual((await state()).media.map(({ label }) => label), ['Picture']);
  });

  it('keep a question back while the chosen model does not take them, and follow the choice of another', async () => {
    page.send(paste);
    await use('deepseek/deepseek-v4-flash');
    assert.deepEqual((await state()).media.map(({ problem }) => problem), [{ message: '{0} takes text only.', args: ['deepseek-v4-flash'] }]);
    const before = simulator.requests.length;
    page.send({ type: 'send', text: 'What is it?' });
    const held = await state();
    assert.deepEqual([held.turns.length, held.media.length, simulator.requests.length], [0, 1, before]);
    await use('deepseek/deepseek-v4-flash-vision-exp');
    assert.equal((await state()).media[0]?.problem, undefined);
    page.send({ type: 'send', text: 'What is it?' });
    assert.equal((await ended(1)).turns[0]?.outcome, 'done');
  });

  it('do not break a chat that is taken to a model without them', async () => {
    page.send(paste);
    page.send({ type: 'send', text: 'What is it?' });
    await ended(1);
    await use('deepseek/deepseek-v4-flash');
    page.send({ type: 'send', text: 'And in words?' });
    const { turns } = await ended(2);
    assert.equal(turns[1]?.outcome, 'done');
    const sent = simulator.requests.filter(({ path }) => path.endsWith('/chat/completions')).at(-1)?.text ?? '';
    assert.ok(sent.includes('[1 picture was not sent: this model takes text only]') && !sent.includes('image_url'), sent);
  });

  it('stay where they are while an answer is still coming', async () => {
    page.send({ type: 'send', text: '[[simulate: long 200]] Hello' });
    await stateWhen(page, ({ activity, turns }) => activity.kind === 'running' && turns.length === 1);
    page.send(paste);
    page.send({ type: 'send', text: 'Too early' });
    const { turns, media } = await state();
    assert.deepEqual([turns.length, media.length], [1, 1]);
    page.send({ type: 'stop' });
    await ended(1);
  });

  it('are left out when the service refused them and the person says so', async () => {
    const body = JSON.stringify({ error: { message: 'Failed to deserialize the JSON body into the target type: messages[1]: unknown variant `image_url`, expected `text` at line 1 column 216', type: 'invalid_request_error', param: null, code: 'invalid_request_error' } });
    simulator.faults.push({ kind: 'answer', status: 400, body });
    page.send(paste);
    page.send({ type: 'send', text: 'What is it?' });
    const refused = await ended(1);
    const [item] = refused.turns[0]?.items ?? [];
    assert.ok(item?.kind === 'error' && item.actions.includes('resend-without-media'), JSON.stringify(item));
    page.send({ type: 'act', action: 'resend-without-media', turnId: refused.turns[0]?.id });
    assert.equal((await ended(1)).turns[0]?.outcome, 'done');
    assert.equal(lastContent(simulator.requests), 'What is it?');
  });
});
