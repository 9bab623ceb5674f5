import * as vscode from 'vscode';
import type { ContextTray } from '../../core/context/contextTray.ts';
import type { PathGuard } from '../../core/guard/pathGuard.ts';
import { showPath } from '../../core/guard/shownPath.ts';
import type { LocalText } from '../../protocol/localText.ts';
import { filePathOf, uriOf } from '../addresses.ts';
import { localiseForeign, tell, foreign } from '../messages.ts';

/** What takes what is dropped. */
export interface DropTargets {
  readonly tray: ContextTray;
  readonly guard: PathGuard;
  /** Adds a picture or video; says why not. */
  readonly addPicture: (file: vscode.Uri) => Promise<LocalText | undefined>;
}

const pictures = /\.(png|jpe?g|gif|webp|mp4|webm|mov)$/i;

/** Files and folders that were dropped, by their addresses: of what lies outside the workspace or may be secret the person is asked, until they say no. */
export async function takeDropped(uris: readonly string[], { tray, guard, addPicture }: DropTargets): Promise<void> {
  const refusals: string[] = [];
  let isDeclined = false;
  for (const uri of new Set(uris)) {
    const path = pathOfDropped(uri);
    if (path === undefined) {
      refusals.push(vscode.l10n.t('{0} cannot be attached: it lies on a file system that Rivulet cannot read.', foreign(showPath(uri))));
      continue;
    }
    const place = await guard.resolve(path, 'read');
    const isQuestion = place.class === 'sensitive' || place.class === 'outside';
    // After a no to one the others of the same drop are not asked about one by one.
    if (isQuestion && isDeclined) continue;
    if (place.class === 'inside' && place.kind === 'file' && pictures.test(path)) {
      const refusal = await addPicture(uriOf(place.canonical));
      if (refusal !== undefined) refusals.push(localiseForeign(refusal));
      continue;
    }
    const answer = await tray.add({ kind: place.class !== 'denied' && place.kind === 'directory' ? 'folder' : 'file', path });
    if (answer === 'declined') isDeclined = true;
    else if (answer !== undefined) refusals.push(localiseForeign(answer));
  }
  if (refusals.length > 0) void tell('warning', refusals.slice(0, 10).join('\n'));
}

/**
 * The path on this machine that a dropped address names: of a file, or of a file of the remote machine that this
 * extension host runs on. What lies elsewhere has none.
 */
function pathOfDropped(text: string): string | undefined {
  const uri = parse(text);
  if (uri === undefined) return undefined;
  const path = filePathOf(uri);
  if (path !== undefined) return path;
  const remote = vscode.env.remoteName;
  const isHere = uri.scheme === 'vscode-remote' && remote !== undefined && (uri.authority === remote || uri.authority.startsWith(`${remote}+`));
  return isHere ? uri.path : undefined;
}

function parse(text: string): vscode.Uri | undefined {
  try {
    return vscode.Uri.parse(text, true);
  } catch {
    return undefined;
  }
}
