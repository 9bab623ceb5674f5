import { useEffect, useState } from 'preact/hooks';
import { usePage } from '../page.ts';

/** Whether the find bar is open, and how often it was asked for: again means that it is to take the focus once more. */
export interface FindState {
  readonly isOpen: boolean;
  readonly request: number;
  readonly close: () => void;
}

/** Opens the find bar by command, and with Ctrl+F or Cmd+F from anywhere on the page that is not covered; another chat closes it. */
export function useFindKey(chat: string | undefined): FindState {
  const { connection } = usePage();
  const [opened, setOpened] = useState<{ readonly chat: string | undefined; readonly request: number }>();
  useEffect(() => {
    const open = (): void => {
      if (document.querySelector('.page[inert]') === null) setOpened((before) => ({ chat, request: (before?.request ?? 0) + 1 }));
    };
    const stop = connection.onFind(open);
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'f' || event.ctrlKey === event.metaKey || event.altKey || event.shiftKey) return;
      if (document.querySelector('.page[inert]') !== null) return;
      // VS Code is told of every key that goes on from here, and would look for a find widget of its own.
      event.preventDefault();
      event.stopPropagation();
      open();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      stop();
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [chat, connection]);
  return { isOpen: opened !== undefined && opened.chat === chat, request: opened?.request ?? 0, close: () => setOpened(undefined) };
}
