import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { LocalText } from '../../src/protocol/localText.ts';
import type { MediaView } from '../../src/protocol/viewState.ts';
import { draggedKind, uriList } from '../composing/droppedUris.ts';
import { handOver, pastedFiles } from '../composing/fileIntake.ts';
import { usePage } from '../page.ts';
import { t, tr } from '../strings.ts';

/** How files come in by paste and drop. */
export interface FileIntake {
  /** What is being dragged over the page: files from outside, or places of VS Code. */
  readonly dragged: 'files' | 'places' | undefined;
  /** Why some of the files that came last were not taken. */
  readonly refusals: readonly LocalText[];
  readonly onPaste: (event: ClipboardEvent) => void;
  /** Takes the refusals away. */
  readonly forget: () => void;
}

/** A drag tells of itself several times a second; after this long without, it is elsewhere, though nobody said so. */
const dragLastsMs = 1500;

/** Takes files that are pasted, or dropped anywhere on the page, beside the `media` that waits already; text and links are left alone. */
export function useFileIntake(media: readonly MediaView[]): FileIntake {
  const { post, announce } = usePage();
  const [refusals, setRefusals] = useState<readonly LocalText[]>([]);
  const [drag, setDrag] = useState<{ readonly kind: 'files' | 'places'; readonly at: number }>();
  const present = useRef(media);

  useLayoutEffect(() => {
    for (const view of media.filter(({ id }) => !present.current.some((before) => before.id === id))) {
      announce(view.problem === undefined ? t('{0} is attached.', view.label) : `${t('{0} is attached.', view.label)} ${tr(view.problem)}`);
    }
    present.current = media;
  }, [media, announce]);

  useEffect(() => {
    if (drag === undefined) return undefined;
    const timer = setTimeout(() => setDrag(undefined), dragLastsMs);
    return () => clearTimeout(timer);
  }, [drag]);

  /** Says whether there was anything to take. */
  const take = (transfer: DataTransfer | null, files: readonly File[]): boolean => {
    if (files.length > 0) {
      void handOver(files, { present: present.current, post }).then((refused) => {
        setRefusals(refused);
        for (const refusal of refused) announce(tr(refusal));
      });
      return true;
    }
    const uris = uriList(transfer);
    if (uris.length > 0) post({ type: 'drop-files', uris: [...uris] });
    return uris.length > 0;
  };

  // At once, not after the next frame: what is dropped until then would open in the page's place.
  useLayoutEffect(() => {
    const onDrag = (event: DragEvent): void => {
      const kind = draggedKind(event.dataTransfer?.types ?? []);
      if (event.dataTransfer === null || kind === undefined) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setDrag({ kind, at: event.timeStamp });
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setDrag(undefined);
    };
    const onDrop = (event: DragEvent): void => {
      setDrag(undefined);
      const isTaken = take(event.dataTransfer, [...(event.dataTransfer?.files ?? [])]);
      if (isTaken || draggedKind(event.dataTransfer?.types ?? []) !== undefined) event.preventDefault();
    };
    document.addEventListener('dragover', onDrag);
    document.addEventListener('dragleave', onLeave);
    document.addEventListener('drop', onDrop);
    return () => {
      document.removeEventListener('dragover', onDrag);
      document.removeEventListener('dragleave', onLeave);
      document.removeEventListener('drop', onDrop);
    };
  }, []);

  return {
    dragged: drag?.kind,
    refusals,
    onPaste(event) {
      if (take(event.clipboardData, pastedFiles(event.clipboardData))) event.preventDefault();
    },
    forget: () => setRefusals([]),
  };
}
