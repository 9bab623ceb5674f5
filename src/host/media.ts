import * as vscode from 'vscode';
import type { MediaTray } from '../core/chat/mediaTray.ts';
import type { Log } from '../core/ports.ts';
import type { LocalText } from '../protocol/localText.ts';
import { mediaLimits, refusalOf } from '../protocol/media.ts';
import { toBase64 } from './base64.ts';
import { foreign, localiseForeign, tell } from './messages.ts';

/** Lets the person choose pictures and videos for the next question; what cannot go along is said, and the rest is taken. */
export async function pickMedia(tray: MediaTray, log: Log): Promise<void> {
  const files = await vscode.window.showOpenDialog({
    canSelectMany: true,
    title: vscode.l10n.t('Pictures and videos for the next question'),
    openLabel: vscode.l10n.t('Attach'),
    filters: { [vscode.l10n.t('Pictures and videos')]: ['png', 'jpg', 'jpeg', 'gif', 'webp', 'mp4', 'webm', 'mov'] },
  });
  const refusals: string[] = [];
  for (const file of files ?? []) {
    try {
      const refusal = await addMediaFile(file, tray);
      if (refusal !== undefined) refusals.push(localiseForeign(refusal));
    } catch (error) {
      log.warn(`A picture could not be read: ${String(error)}`);
      refusals.push(vscode.l10n.t('{0} could not be read. Check that it is still there and that you may read it.', foreign(nameOf(file))));
    }
  }
  warn(refusals);
}

/** A picture that was pasted into the page or dropped on it; `data` is base64. */
export function addMedia({ name, data }: { readonly name: string; readonly data: string }, tray: MediaTray): void {
  const refusal = tray.add({ name: name.trim() || vscode.l10n.t('Picture'), base64: data });
  warn(refusal === undefined ? [] : [localiseForeign(refusal)]);
}

/** A picture or video that was dropped as a file; answers why it cannot go along. */
export async function addMediaFile(file: vscode.Uri, tray: MediaTray): Promise<LocalText | undefined> {
  const { size, type } = await vscode.workspace.fs.stat(file);
  const name = nameOf(file);
  const isFile = (type & vscode.FileType.File) !== 0;
  // What is too large for anything is not read at all, and a device may have no end.
  return isFile && size <= mediaLimits.video ? addBytes(file, tray) : refusalOf({ name, bytes: size, kind: undefined }, []);
}

async function addBytes(file: vscode.Uri, tray: MediaTray): Promise<LocalText | undefined> {
  const bytes = await vscode.workspace.fs.readFile(file);
  return tray.add({ name: nameOf(file), base64: toBase64(bytes) });
}

function nameOf(file: vscode.Uri): string {
  return file.path.slice(file.path.lastIndexOf('/') + 1);
}

function warn(refusals: readonly string[]): void {
  if (refusals.length > 0) void tell('warning', refusals.join('\n'));
}
