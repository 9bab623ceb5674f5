import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { LocalText } from '../../src/protocol/localText.ts';
import type { MediaView } from '../../src/protocol/viewState.ts';
import { handOver, pastedFiles } from '../mediaIntake.ts';
import { usePage } from '../page.ts';
import { t, tr } from '../strings.ts';

/** How pictures come in by paste and drop. */
export interface MediaIntake {
  /** Whether files are being dragged over the page. */
  readonly isDragging: boolean;
  /** Why some of the files that came last were not taken. */
  readonly refusals: readonly LocalText[];
  readonly onPaste: (event: ClipboardEvent) => void;
  /** Takes the refusals away. */
  readonly forget: () => void;
}

/** Takes files that are pasted, or dropped anywhere on the page, beside the `media` that waits already; text is left alone. */
export function useMediaIntake(media: readonly MediaView[]): MediaIntake {
  const { post, announce } = usePage();
  const [refusals, setRefusals] = useState<readonly LocalText[]>([]);
  const [isDragging, setDragging] = useState(false);
  const present = useRef(media);

  useLayoutEffect(() => {
    for (const view of media.filter(({ id }) => !present.current.some((before) => before.id === id))) {
      announce(view.problem === undefined ? t('{0} is attached.', view.label) : `${t('{0} is attached.', view.label)} ${tr(view.problem)}`);
    }
    present.current = media;
  }, [media, announce]);

  const take = (files: readonly File[]): void => {
    void handOver(files, { present: present.current, post }).then((refused) => {
      setRefusals(refused);
      for (const refusal of refused) announce(tr(refusal));
    });
  };

  // At once, not after the next frame: what is dropped until then would open in the page's place.
  useLayoutEffect(() => {
    const onDrag = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setDragging(true);
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setDragging(false);
    };
    const onDrop = (event: DragEvent): void => {
      setDragging(false);
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      take([...event.dataTransfer.files]);
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
    isDragging,
    refusals,
    onPaste(event) {
      const files = pastedFiles(event.clipboardData);
      if (files.length === 0) return;
      event.preventDefault();
      take(files);
    },
    forget: () => setRefusals([]),
  };
}
