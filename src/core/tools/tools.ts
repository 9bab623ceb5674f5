import { applyCodeAction } from './applyCodeAction.ts';
import { createFile } from './createFile.ts';
import { deleteFile } from './deleteFile.ts';
import { documentSymbols } from './documentSymbols.ts';
import { editFile } from './editFile.ts';
import { findDefinition } from './findDefinition.ts';
import { findReferences } from './findReferences.ts';
import { findFiles } from './findFiles.ts';
import { getChanges } from './getChanges.ts';
import { getDiagnostics } from './getDiagnostics.ts';
import { getEditorState } from './getEditorState.ts';
import { hover } from './hover.ts';
import { moveFile } from './moveFile.ts';
import { listDirectory } from './listDirectory.ts';
import { readFile } from './readFile.ts';
import { renameSymbol } from './renameSymbol.ts';
import { searchText } from './searchText.ts';
import { workspaceSymbols } from './workspaceSymbols.ts';
import type { Tool } from './tool.ts';

/** The tools a model is offered, in the order in which they go over the wire: the order never changes within a chat. */
export const tools: readonly Tool[] = [
  readFile,
  listDirectory,
  findFiles,
  searchText,
  getDiagnostics,
  documentSymbols,
  workspaceSymbols,
  findDefinition,
  findReferences,
  hover,
  getEditorState,
  getChanges,
  editFile,
  createFile,
  moveFile,
  deleteFile,
  renameSymbol,
  applyCodeAction,
];
