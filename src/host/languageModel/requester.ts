import * as vscode from 'vscode';
import { unnamed, type Requester } from '../../core/languageModel/access.ts';

/**
 * Who made the request, as VS Code tells the provider beside what its typings promise (`requestInitiator`, seen in 1.104 and
 * 1.139): `core`, or an extension's id. Whom it does not name is nobody that could be trusted.
 */
export function requesterOf(options: vscode.ProvideLanguageModelChatResponseOptions, own: string): Requester {
  const { requestInitiator } = options as { readonly requestInitiator?: unknown };
  const id = typeof requestInitiator === 'string' && requestInitiator !== '' ? requestInitiator.toLowerCase() : unnamed;
  const extension = vscode.extensions.getExtension<unknown>(id);
  const { displayName } = (extension?.packageJSON ?? {}) as { readonly displayName?: unknown };
  const isVsCode = id === 'core' || id === own.toLowerCase() || (extension !== undefined && comesWithVsCode(extension.extensionUri));
  return { id, name: typeof displayName === 'string' ? displayName : id, isVsCode };
}

/** By where it lies: `isBuiltin` stands beside the members of the extension's own manifest, which may say what it likes. */
function comesWithVsCode({ scheme, path }: vscode.Uri): boolean {
  const { appRoot } = vscode.env;
  return appRoot !== '' && scheme === 'file' && path.startsWith(`${vscode.Uri.file(appRoot).path}/`);
}
