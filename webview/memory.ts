import type { VsCodeApi } from './connection.ts';

/** What is written and not sent, in which chat (undefined where nobody knows), and whether the host was told of it. What was written later has a higher mark. */
export interface Draft {
  readonly text: string;
  readonly chatId: string | undefined;
  readonly isTold: boolean;
  readonly mark: number;
}

/** What the page keeps for itself, past a reload: not part of a chat, of no interest to the host. */
export interface Memory {
  readonly draft: () => Draft;
  readonly keepDraft: (draft: Draft) => void;
  /** What stands in the edit box of a turn's question; undefined when it is closed, or was not touched. */
  readonly edit: (turnId: string) => string | undefined;
  readonly keepEdit: (turnId: string, text: string | undefined) => void;
  /** Whether the person opened or closed a section; undefined while they have not touched it. */
  readonly opened: (sectionId: string) => boolean | undefined;
  readonly keepOpened: (sectionId: string, opened: boolean) => void;
}

/** More sections than these are forgotten, the oldest first, for `setState` writes all of it each time. */
const mostSections = 200;

/** Makes the memory over `getState` and `setState`; whatever is stored there that does not fit is taken for empty. */
export function createMemory(api: Pick<VsCodeApi, 'getState' | 'setState'>): Memory {
  const stored = (api.getState() ?? {}) as { readonly draft?: unknown; readonly chatId?: unknown; readonly isTold?: unknown; readonly mark?: unknown; readonly opened?: unknown; readonly edits?: unknown };
  const text = typeof stored.draft === 'string' ? stored.draft : '';
  const isTold = stored.isTold === true;
  let draft: Draft = {
    text,
    chatId: typeof stored.chatId === 'string' ? stored.chatId : undefined,
    isTold,
    // A text without a mark that no host has heard of is newer than no word of a host.
    mark: typeof stored.mark === 'number' && stored.mark >= 0 && Number.isFinite(stored.mark) ? stored.mark : text === '' || isTold ? 0 : 1,
  };
  const opened = new Map<string, boolean>(Array.isArray(stored.opened) ? stored.opened.filter(isSection) : []);
  const edits = new Map<string, string>(Array.isArray(stored.edits) ? stored.edits.filter(isEdit) : []);
  const store = (): void => api.setState({ draft: draft.text, chatId: draft.chatId, isTold: draft.isTold, mark: draft.mark, opened: [...opened].slice(-mostSections), ...(edits.size > 0 && { edits: [...edits] }) });

  return {
    draft: () => draft,
    keepDraft(next) {
      if (next.text === draft.text && next.chatId === draft.chatId && next.isTold === draft.isTold && next.mark === draft.mark) return;
      draft = next;
      store();
    },
    edit: (turnId) => edits.get(turnId),
    keepEdit(turnId, text) {
      if (edits.get(turnId) === text) return;
      if (text === undefined) edits.delete(turnId);
      else edits.set(turnId, text);
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

function isEdit(entry: unknown): entry is [string, string] {
  return Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'string';
}

function isSection(entry: unknown): entry is [string, boolean] {
  return Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'boolean';
}
