import { useEffect, useState } from 'preact/hooks';

/** Whether the find bar is open, and how often it was asked for: again means that it is to take the focus once more. */
export interface FindState {
  readonly isOpen: boolean;
  readonly request: number;
  readonly close: () => void;
}

/** Opens the find bar with Ctrl+F or Cmd+F, from anywhere on the page that is not covered; another chat closes it. */
export function useFindKey(chat: string | undefined): FindState {
  const [opened, setOpened] = useState<{ readonly chat: string | undefined; readonly request: number }>();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'f' || event.ctrlKey === event.metaKey || event.altKey || event.shiftKey) return;
      if (document.querySelector('.page[inert]') !== null) return;
      // VS Code is told of every key that goes on from here, and would look for a find widget of its own.
      event.preventDefault();
      event.stopPropagation();
      setOpened((before) => ({ chat, request: (before?.request ?? 0) + 1 }));
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [chat]);
  return { isOpen: opened !== undefined && opened.chat === chat, request: opened?.request ?? 0, close: () => setOpened(undefined) };
}
