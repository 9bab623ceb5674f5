import type { VsCodeApi } from './connection.ts';

/** What the page keeps for itself, past a reload: not part of a chat, of no interest to the host. */
export interface Memory {
  readonly draft: () => string;
  readonly keepDraft: (draft: string) => void;
  /** Whether the person opened or closed a section; undefined while they have not touched it. */
  readonly opened: (sectionId: string) => boolean | undefined;
  readonly keepOpened: (sectionId: string, opened: boolean) => void;
}

/** More sections than these are forgotten, the oldest first, for `setState` writes all of it each time. */
const mostSections = 200;

/** Makes the memory over `getState` and `setState`; whatever is stored there that does not fit is taken for empty. */
export function createMemory(api: Pick<VsCodeApi, 'getState' | 'setState'>): Memory {
  const stored = (api.getState() ?? {}) as { readonly draft?: unknown; readonly opened?: unknown };
  let draft = typeof stored.draft === 'string' ? stored.draft : '';
  const opened = new Map<string, boolean>(Array.isArray(stored.opened) ? stored.opened.filter(isSection) : []);
  const store = (): void => api.setState({ draft, opened: [...opened].slice(-mostSections) });

  return {
    draft: () => draft,
    keepDraft(text) {
      if (text === draft) return;
      draft = text;
      store();
    },
    opened: (sectionId) => opened.get(sectionId),
    keepOpened(sectionId, isOpen) {
      opened.delete(sectionId);
      opened.set(sectionId, isOpen);
      store();
    },
  };
}

function isSection(entry: unknown): entry is [string, boolean] {
  return Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'boolean';
}
