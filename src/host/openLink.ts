import * as vscode from 'vscode';
import type { Files, Workspace } from '../core/ports.ts';
import { guardPath } from '../core/tools/pathGuard.ts';

/** Opens a link of an answer: web pages and mail through VS Code, which asks first; files of the workspace; nothing else. */
export async function openLink(href: string, workspace: Workspace, files: Files): Promise<void> {
  if (/^(https?|mailto):/i.test(href)) {
    await vscode.env.openExternal(vscode.Uri.parse(href, true));
    return;
  }
  const place = /^(?<path>[^#]+?)(?:(?::|#L)(?<line>\d+)(?:[-:,]L?\d+)*)?$/.exec(href)?.groups;
  const path = await guardPath(decode(place?.['path'] ?? href), workspace, files);
  if (path.kind === 'refused') {
    await vscode.window.showWarningMessage(vscode.l10n.t('This link cannot be opened: {0}', href));
    return;
  }
  const line = Math.max(0, Number(place?.['line'] ?? 1) - 1);
  await vscode.window.showTextDocument(vscode.Uri.file(path.written), { selection: new vscode.Range(line, 0, line, 0), preview: true });
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
