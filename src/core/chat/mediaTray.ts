import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { say, type LocalText } from '../../protocol/localText.ts';
import { mediaHeadBytes, mediaTypeOf, refusalOf } from '../../protocol/media.ts';
import type { MediaView } from '../../protocol/viewState.ts';
import { dataUrl } from '../conversation/media.ts';
import type { Media } from '../conversation/message.ts';
import type { ViewStore } from './viewStore.ts';

/** A picture or video as it comes in: what its bytes are is still to be seen. */
export interface MediaFile {
  readonly name: string;
  /** The bytes in base64, with padding. */
  readonly base64: string;
}

/** Whom the next question goes to, and what that model takes; `takes` is undefined when it is not known. */
export interface MediaTaker {
  readonly model: string;
  readonly takes: readonly Media['kind'][] | undefined;
}

/** The pictures and videos that wait for the next question. The page sees them without their bytes. */
export interface MediaTray {
  /** Takes a file in, or says why not. */
  add(file: MediaFile): LocalText | undefined;
  /** Takes one out; an id that is not there is left alone. */
  remove(id: string): void;
  /** Looks again whether the chosen model takes what is there. */
  check(): void;
  /** What goes with the next question. `isSendable` is false while the chosen model is known not to take some of it. */
  contents(): { readonly views: readonly MediaView[]; readonly media: readonly Media[]; readonly isSendable: boolean };
  clear(): void;
}

/** Makes an empty tray that publishes every change; `taker` is asked anew each time. */
export function createMediaTray(store: ViewStore, taker: () => MediaTaker): MediaTray {
  const media = new Map<string, Media>();
  let count = 0;

  const publish = (views: readonly MediaView[]): void => {
    const { model, takes } = taker();
    store.publish({ type: 'media-changed', media: views.map((view) => ({ ...view, problem: problemOf(view.kind, model, takes) })) });
  };

  return {
    add({ name, base64 }) {
      const bytes = decodedLength(base64);
      const type = bytes === undefined ? undefined : mediaTypeOf(headOf(base64));
      const refusal = refusalOf({ name, bytes: bytes ?? 0, kind: type?.kind }, store.state.media);
      if (refusal !== undefined || type === undefined || bytes === undefined) return refusal;
      const id = `media-${(count += 1)}`;
      media.set(id, { kind: type.kind, url: dataUrl(type, base64) });
      publish([...store.state.media, { id, kind: type.kind, label: showHidden(name), bytes, problem: undefined }]);
      return undefined;
    },
    remove(id) {
      if (media.delete(id)) publish(store.state.media.filter((view) => view.id !== id));
    },
    check() {
      if (media.size > 0) publish(store.state.media);
    },
    contents() {
      const { takes } = taker();
      return { views: store.state.media, media: [...media.values()], isSendable: [...media.values()].every(({ kind }) => takes === undefined || takes.includes(kind)) };
    },
    clear() {
      if (media.size === 0) return;
      media.clear();
      publish([]);
    },
  };
}

function problemOf(kind: Media['kind'], model: string, takes: MediaTaker['takes']): LocalText | undefined {
  if (takes === undefined || takes.includes(kind)) return undefined;
  if (takes.length === 0) return say('{0} takes text only.', model);
  return kind === 'image' ? say('{0} takes no pictures.', model) : say('{0} takes no videos.', model);
}

/** How many bytes base64 text stands for; undefined when it is none. */
function decodedLength(base64: string): number | undefined {
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return undefined;
  return (base64.length / 4) * 3 - (base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0);
}

function headOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64.slice(0, Math.ceil(mediaHeadBytes / 3) * 4)), (character) => character.charCodeAt(0));
}
