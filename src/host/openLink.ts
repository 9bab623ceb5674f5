import * as vscode from 'vscode';
import type { PathGuard } from '../core/guard/pathGuard.ts';
import { uriOf } from './addresses.ts';
import { confirm, foreign, tell } from './messages.ts';
import { findSymbol } from './openSymbol.ts';

/** How the page asks for a symbol instead of a file. */
const symbolScheme = 'symbol:';

/**
 * Opens a link of an answer: web pages through VS Code, which asks first and shows where it leads; mail to a bare address;
 * files of the workspace, for only the person sees what is opened, and the places of symbols in them; files outside after
 * a question. Nothing else, and no address that looks like one host and leads to another.
 */
export async function openLink(href: string, guard: PathGuard): Promise<void> {
  const address = externalAddress(href);
  if (address !== undefined) {
    await vscode.env.openExternal(vscode.Uri.parse(address, true));
    return;
  }
  if (href.startsWith(symbolScheme)) {
    const found = await findSymbol(href.slice(symbolScheme.length));
    return found === undefined ? undefined : openPlace(found.path, { from: found.line, to: found.line }, href, guard);
  }
  const place = /^(?<path>[^#]+?)(?:(?::|#L)(?<line>\d+)(?:-L?(?<last>\d+))?(?:[-:,]L?\d+)*)?$/.exec(href)?.groups;
  const line = Number(place?.['line'] ?? 1);
  return openPlace(decode(place?.['path'] ?? href), { from: line, to: Number(place?.['last'] ?? line) }, href, guard);
}

/** Opens a file, lines counted from 1 selected in it when they are several. */
async function openPlace(written: string, { from, to }: { readonly from: number; readonly to: number }, href: string, guard: PathGuard): Promise<void> {
  const path = await guard.resolve(written, 'read');
  if (path.class === 'denied' || path.kind !== 'file') {
    await tell('warning', vscode.l10n.t('This link cannot be opened: {0}', foreign(href)));
    return;
  }
  if (path.class === 'outside' && !(await confirm('warning', vscode.l10n.t('Open a file outside the workspace?'), { detail: path.display, button: vscode.l10n.t('Open') }))) return;
  const [first, last] = [Math.max(0, from - 1), Math.max(0, to - 1)];
  const selection = last > first ? new vscode.Range(first, 0, last, Number.MAX_SAFE_INTEGER) : new vscode.Range(first, 0, first, 0);
  // Pictures and notebooks have editors of their own, and no text document.
  await vscode.commands.executeCommand('vscode.open', uriOf(path.written), { selection, preview: true });
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
