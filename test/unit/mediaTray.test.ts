import assert from 'node:assert/strict';
import { createMediaTray, type MediaTaker, type MediaTray } from '../../src/core/chat/mediaTray.ts';
import { createViewStore, initialState, type ViewStore } from '../../src/core/chat/viewStore.ts';
import { mediaHeadBytes, mediaLimits, mediaTypeOf, refusalOf } from '../../src/protocol/media.ts';
import { aModel } from './support/chatHarness.ts';
import { fileOf, onePixelBase64 } from './support/pictures.ts';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const text = (words: string): Uint8Array => new TextEncoder().encode(words);

describe('the kind of a file', () => {
  const kinds = { png: 'image/png', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp', mp4: 'video/mp4', quicktime: 'video/quicktime', webm: 'video/webm' } as const;
  for (const [kind, mediaType] of Object.entries(kinds) as [keyof typeof kinds, string][]) {
    it(`is seen by its first bytes: ${kind}`, () => {
      assert.deepEqual(mediaTypeOf(fileOf(kind).subarray(0, mediaHeadBytes)), { kind: mediaType.slice(0, 5), mediaType });
    });

    it(`is not guessed when the header is cut short: ${kind}`, () => {
      const { length } = fileOf(kind);
      const shortest = Array.from({ length }, (_, size) => size).find((size) => mediaTypeOf(fileOf(kind).subarray(0, size)) !== undefined) ?? 0;
      assert.ok(shortest >= 6, `${shortest} bytes were enough`);
      // The signature alone says nothing of a picture behind it.
      for (const size of [0, 1, 2, 3, 4, shortest - 1]) assert.equal(mediaTypeOf(fileOf(kind).subarray(0, size)), undefined, `${size} bytes`);
    });
  }

  it('is not known for other files, whatever they are called', () => {
    const others = {
      key: text('-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA'),
      environment: text('DEEPSEEK_KEY=sk-0123456789'),
      vector: text('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      page: text('<!DOCTYPE html><script>alert(1)</script>'),
      program: Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]),
      archive: Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0]),
      bitmap: text('BM6\0\0\0\0\0'),
      sound: text('RIFF\x24\0\0\0WAVEfmt '),
      heic: fileOf('heic'),
      matroska: fileOf('matroska'),
      'PNG of no size': Uint8Array.from(fileOf('png'), (byte, index) => (index >= 16 && index < 24 ? 0 : byte)),
      'PNG without its header': Uint8Array.from(fileOf('png'), (byte, index) => (index === 12 ? 0x58 : byte)),
      'text behind a sign': text('GIF89a'),
      empty: new Uint8Array(),
    };
    for (const [name, bytes] of Object.entries(others)) assert.equal(mediaTypeOf(bytes), undefined, name);
  });
});

function refused(bytes: number, kind: 'image' | 'video' | undefined, present: readonly number[] = []): string | undefined {
  return refusalOf({ name: 'a', bytes, kind }, present.map((size) => ({ bytes: size })))?.message;
}

describe('the limits on what goes with a question', () => {
  it('let through what is exactly as large as allowed, and nothing larger', () => {
    assert.equal(refused(mediaLimits.image, 'image'), undefined);
    assert.match(refused(mediaLimits.image + 1, 'image') ?? '', /too large: a picture/);
    assert.equal(refused(mediaLimits.video, 'video'), undefined);
    assert.match(refused(mediaLimits.video + 1, 'video') ?? '', /too large: a picture/);
    assert.match(refused(5, undefined) ?? '', /not a picture or video/);
  });

  it('count what is there already', () => {
    const present = [mediaLimits.image, mediaLimits.image];
    assert.equal(refused(mediaLimits.image, 'image', present), undefined);
    assert.match(refused(mediaLimits.image, 'image', [...present, 1]) ?? '', /what goes with one question/);
    assert.match(refused(1, 'image', Array<number>(mediaLimits.count).fill(1)) ?? '', /at most \{1\} pictures and videos/);
  });

  it('name the limit in the sentence, and write hidden characters of the name out', () => {
    assert.deepEqual(refusalOf({ name: 'a\u202Egnp.exe', bytes: mediaLimits.video + 1, kind: 'image' }, [])?.args, ['a\\u{202E}gnp.exe', 10, 20]);
  });
});

function problemsIn({ state }: ViewStore): readonly (string | undefined)[] {
  return state.media.map(({ problem }) => problem?.message);
}

describe('the tray', () => {
  let taker: MediaTaker;
  let store: ViewStore;
  let tray: MediaTray;
  let published: number;

  beforeEach(() => {
    taker = { model: 'm', takes: undefined };
    published = 0;
    store = createViewStore(initialState(aModel), (change) => void (published += change.type === 'media-changed' ? 1 : 0));
    tray = createMediaTray(store, () => taker);
  });

  it('shows what was added without its bytes, and keeps them for the question', () => {
    assert.equal(tray.add({ name: 'a\u202E.png', base64: onePixelBase64 }), undefined);
    assert.deepEqual(store.state.media, [{ id: 'media-1', kind: 'image', label: 'a\\u{202E}.png', bytes: 70, problem: undefined }]);
    assert.deepEqual(tray.contents(), { views: store.state.media, media: [{ kind: 'image', url: `data:image/png;base64,${onePixelBase64}` }], isSendable: true });
  });

  it('goes by the bytes, not by the name', () => {
    tray.add({ name: 'holiday.png', base64: base64(fileOf('webm')) });
    assert.match(tray.contents().media[0]?.url ?? '', /^data:video\/webm;base64,/);
    assert.match(tray.add({ name: 'key.png', base64: base64(text('-----BEGIN PRIVATE KEY-----')) })?.message ?? '', /not a picture/);
    assert.equal(store.state.media.length, 1);
  });

  it('refuses what is no base64', () => {
    for (const broken of ['', onePixelBase64.slice(0, -1), `${onePixelBase64.slice(0, -4)}!!==`, `${onePixelBase64}\n===`]) {
      assert.match(tray.add({ name: 'a', base64: broken })?.message ?? '', /not a picture/, broken);
    }
    assert.equal(published, 0);
  });

  it('says which of them the chosen model does not take, and follows the choice', () => {
    taker = { model: 'seer', takes: ['image'] };
    tray.add({ name: 'a.png', base64: onePixelBase64 });
    tray.add({ name: 'b.mp4', base64: base64(fileOf('mp4')) });
    assert.deepEqual(problemsIn(store), [undefined, '{0} takes no videos.']);
    assert.equal(tray.contents().isSendable, false);
    taker = { model: 'reader', takes: [] };
    tray.check();
    assert.deepEqual(problemsIn(store), ['{0} takes text only.', '{0} takes text only.']);
    taker = { model: 'other', takes: ['video'] };
    tray.check();
    assert.deepEqual(problemsIn(store), ['{0} takes no pictures.', undefined]);
    taker = { model: 'unknown', takes: undefined };
    tray.check();
    assert.deepEqual([problemsIn(store), tray.contents().isSendable], [[undefined, undefined], true]);
  });

  it('gives back what is removed, and publishes nothing where nothing changes', () => {
    tray.check();
    tray.clear();
    tray.remove('media-7');
    assert.equal(published, 0);
    tray.add({ name: 'a', base64: onePixelBase64 });
    tray.add({ name: 'b', base64: onePixelBase64 });
    tray.remove('media-1');
    assert.deepEqual(store.state.media.map(({ label }) => label), ['b']);
    tray.add({ name: 'c', base64: onePixelBase64 });
    assert.deepEqual(store.state.media.map(({ id }) => id), ['media-2', 'media-3'], 'ids are not used again');
    tray.clear();
    assert.deepEqual([store.state.media, tray.contents().media], [[], []]);
  });

  it('takes no more than fits in all', () => {
    const large = base64(fileOf('png', mediaLimits.image));
    for (const name of ['a', 'b', 'c']) assert.equal(tray.add({ name, base64: large }), undefined);
    assert.match(tray.add({ name: 'd', base64: onePixelBase64 })?.message ?? '', /together/);
    assert.equal(store.state.media.length, 3);
  });
});
