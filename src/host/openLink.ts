import * as vscode from 'vscode';
import type { Files, Workspace } from '../core/ports.ts';
import { guardPath } from '../core/tools/pathGuard.ts';
import { foreign, tell } from './messages.ts';

/**
 * Opens a link of an answer: web pages through VS Code, which asks first and shows where it leads; mail to a bare address;
 * files of the workspace. Nothing else, and no address that looks like one host and leads to another.
 */
export async function openLink(href: string, workspace: Workspace, files: Files): Promise<void> {
  const address = externalAddress(href);
  if (address !== undefined) {
    await vscode.env.openExternal(vscode.Uri.parse(address, true));
    return;
  }
  const place = /^(?<path>[^#]+?)(?:(?::|#L)(?<line>\d+)(?:[-:,]L?\d+)*)?$/.exec(href)?.groups;
  const path = await guardPath(decode(place?.['path'] ?? href), workspace, files);
  if (path.kind === 'refused') {
    await tell('warning', vscode.l10n.t('This link cannot be opened: {0}', foreign(href)));
    return;
  }
  const line = Math.max(0, Number(place?.['line'] ?? 1) - 1);
  await vscode.window.showTextDocument(vscode.Uri.file(path.written), { selection: new vscode.Range(line, 0, line, 0), preview: true });
}

/** The address as the browser will read it, host in ASCII; undefined when it may not be opened outside. */
function externalAddress(href: string): string | undefined {
  // With parameters a mail program may attach files or fill in what the person did not write.
  if (/^mailto:[^\s?&#]+$/i.test(href)) return href;
  if (!/^https?:\/\/[^\\]*$/i.test(href) || !URL.canParse(href)) return undefined;
  const url = new URL(href);
  return url.username === '' && url.password === '' ? url.href : undefined;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
