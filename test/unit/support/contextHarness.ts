import type { ViewStore } from '../../../src/core/chat/viewStore.ts';
import { createViewStore, initialState } from '../../../src/core/chat/viewStore.ts';
import { createContextTray, type ContextTray } from '../../../src/core/context/contextTray.ts';
import type { ContextPorts, Piece } from '../../../src/core/context/piece.ts';
import { readPiece } from '../../../src/core/context/readPiece.ts';
import type { ReadPiece } from '../../../src/core/context/piece.ts';
import { createPathGuard } from '../../../src/core/guard/pathGuard.ts';
import type { Workspace } from '../../../src/core/ports.ts';
import { fillIn } from '../../../src/protocol/localText.ts';
import { aModel } from './chatHarness.ts';
import { fakeLanguages } from './fakeLanguages.ts';
import { fakeSearch } from './fakeSearch.ts';
import { memoryFiles, type Entry, type MemoryFiles } from './memoryFiles.ts';
import { memoryDocuments } from './memoryDocuments.ts';
import { workspaceOf } from './workspaces.ts';

/** Ports over files in memory; what is open is read through {@link MemoryFiles.open}. */
export function contextPorts(entries: { readonly [path: string]: Entry }, { workspace = workspaceOf('/w'), ...given }: Partial<ContextPorts> = {}): ContextPorts & { readonly files: MemoryFiles } {
  const files = memoryFiles({ '/w': { folder: true }, ...entries });
  return {
    workspace,
    guard: createPathGuard(workspace, files),
    documents: memoryDocuments({}),
    search: fakeSearch({}),
    languages: fakeLanguages(),
    editorWindow: { editors: () => [], active: () => undefined },
    sourceControl: { repositories: async () => [], diff: async () => '' },
    ...given,
    files,
  };
}

/** What a piece is called where nothing else is known. */
export function pieceName(piece: Piece): string {
  return 'path' in piece ? piece.path : piece.kind;
}

export async function read(piece: Piece, ports: ContextPorts): Promise<ReadPiece> {
  return readPiece(piece, { ports, name: pieceName, signal: new AbortController().signal });
}

/** A problem in words. */
export function problemOf({ problem }: Pick<ReadPiece, 'problem'>): string | undefined {
  return problem && fillIn(problem.message, problem.args);
}

export interface TrayHarness {
  readonly tray: ContextTray;
  readonly store: ViewStore;
  /** What the host was to ask, in words. */
  readonly asked: string[];
  /** The person's answer. */
  allows: boolean;
}

export function trayOver(ports: ContextPorts): TrayHarness {
  const store = createViewStore(initialState(aModel), () => undefined);
  const asked: string[] = [];
  const harness: TrayHarness = {
    store,
    asked,
    allows: false,
    tray: createContextTray({
      store,
      ports,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      name: pieceName,
      async confirm({ text, details }) {
        asked.push([text, ...details].map(({ message, args }) => fillIn(message, args)).join('\n'));
        return harness.allows;
      },
    }),
  };
  return harness;
}

/** A workspace that the person does not trust. */
export const untrusted: Workspace = { ...workspaceOf('/w'), isTrusted: () => false };
