import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Connection } from './connection.ts';
import type { Memory } from './memory.ts';
import type { Scrolling } from './scrolling.ts';
import type { Signal } from './signal.ts';
import type { Intent } from '../src/protocol/messages.ts';

/** What every part of the page may use. */
export interface Page {
  readonly connection: Connection;
  readonly memory: Memory;
  readonly post: (intent: Intent) => void;
  /** Says something to a screen reader once whatever it is reading is over. */
  readonly announce: (sentence: string) => void;
  readonly scrolling: Scrolling;
  /** Texts to be put into the composer. */
  readonly suggestions: Signal<string>;
  /** Ids of sections that are to be opened, for something in them is to be shown. */
  readonly unfold: Signal<string>;
}

const PageContext = createContext<Page | undefined>(undefined);

/** Gives the page to the parts below it. */
export const PageProvider = PageContext.Provider;

/** The page this part is on. Throws outside of a {@link PageProvider}. */
export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === undefined) throw new Error('Drawn outside of the page.');
  return page;
}
