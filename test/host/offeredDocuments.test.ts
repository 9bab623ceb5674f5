import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { createPathGuard } from '../../src/core/guard/pathGuard.ts';
import { files } from '../../src/host/files.ts';
import { createOfferedDocuments, type OfferedDocuments } from '../../src/host/offeredDocuments.ts';
import { workspace as window } from '../../src/host/workspace.ts';
import { Uri } from './fakeTypes.ts';
import { folder, reset, workspace } from './fakeVscode.ts';

/** The first cell of a notebook at this path. */
function cellOf(path: string): vscode.TextDocument {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, '{}');
  const document = { uri: Uri.parse(`vscode-notebook-cell:${path}#W0`), isClosed: false } as unknown as vscode.TextDocument;
  workspace.notebookDocuments = [{ uri: Uri.file(path), getCells: () => [{ document }] }];
  return document;
}

describe('a cell of a notebook that is offered', () => {
  let offered: OfferedDocuments;
  beforeEach(() => {
    reset();
    const guard = createPathGuard(window, files, { ownFolders: [], offered: () => [] });
    offered = createOfferedDocuments(async (path) => guard.resolve(path, 'write'));
  });
  afterEach(() => offered.dispose());

  it('is ordinary where its notebook is', async () => {
    assert.equal(await offered.offer(cellOf(join(folder, 'analysis.ipynb'))), 'analysis.ipynb#cell-1');
    assert.deepEqual(offered.places().map(({ class: kind, reasons }) => [kind, reasons.length]), [['inside', 0]]);
  });

  it('asks as its notebook would, in a place that programs obey or outside (B2)', async () => {
    await offered.offer(cellOf(join(folder, '.github', 'notes.ipynb')));
    await offered.offer(cellOf(join(folder, '..', 'rivulet-elsewhere', 'notes.ipynb')));
    const [obeyed, outside] = offered.places();
    assert.deepEqual([obeyed?.class, outside?.class], ['sensitive', 'outside']);
    assert.ok((obeyed?.reasons.length ?? 0) > 0 && (outside?.reasons.length ?? 0) > 0);
  });

  it('is not offered where its notebook may not be written at all', async () => {
    assert.equal(await offered.offer(cellOf(join(folder, '.git', 'notes.ipynb'))), undefined);
    assert.deepEqual(offered.places(), []);
  });
});
