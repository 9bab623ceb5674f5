import * as vscode from 'vscode';
import { platform } from './platform/current.ts';

/** The bytes of a new file with this text, in the encoding and with the line ends that the editor would give it (`files.encoding`, `files.eol`). */
export async function newFileBytes(uri: vscode.Uri, text: string): Promise<Uint8Array> {
  const eol = vscode.workspace.getConfiguration('files', uri).get<string>('eol', 'auto');
  const isCrlf = eol === '\r\n' || (eol === 'auto' && platform().lineEnd === '\r\n');
  return vscode.workspace.encode(isCrlf ? text.replaceAll('\n', '\r\n') : text, { uri });
}
