import * as vscode from 'vscode';
import type { PathGuard } from '../core/guard/pathGuard.ts';
import { uriOf } from './files.ts';
import { confirm, foreign, tell } from './messages.ts';

/**
 * Opens a link of an answer: web pages through VS Code, which asks first and shows where it leads; mail to a bare address;
 * files of the workspace, for only the person sees what is opened; files outside after a question. Nothing else, and no
 * address that looks like one host and leads to another.
 */
export async function openLink(href: string, guard: PathGuard): Promise<void> {
  const address = externalAddress(href);
  if (address !== undefined) {
    await vscode.env.openExternal(vscode.Uri.parse(address, true));
    return;
  }
  const place = /^(?<path>[^#]+?)(?:(?::|#L)(?<line>\d+)(?:[-:,]L?\d+)*)?$/.exec(href)?.groups;
  const path = await guard.resolve(decode(place?.['path'] ?? href), 'read');
  if (path.class === 'denied' || path.kind !== 'file') {
    await tell('warning', vscode.l10n.t('This link cannot be opened: {0}', foreign(href)));
    return;
  }
  if (path.class === 'outside' && !(await confirm('warning', vscode.l10n.t('Open a file outside the workspace?'), { detail: path.display, button: vscode.l10n.t('Open') }))) return;
  const line = Math.max(0, Number(place?.['line'] ?? 1) - 1);
  // Pictures and notebooks have editors of their own, and no text document.
  await vscode.commands.executeCommand('vscode.open', uriOf(path.written), { selection: new vscode.Range(line, 0, line, 0), preview: true });
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
