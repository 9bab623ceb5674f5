import * as vscode from 'vscode';
import type { Requester } from '../../core/languageModel/access.ts';

/**
 * Who made the request, as VS Code tells the provider beside what its typings promise (`requestInitiator`, seen in 1.104 and
 * 1.139): `core`, or an extension's id. Whom it does not name is nobody that could be trusted.
 */
export function requesterOf(options: vscode.ProvideLanguageModelChatResponseOptions, own: string): Requester {
  const { requestInitiator } = options as { readonly requestInitiator?: unknown };
  const id = typeof requestInitiator === 'string' && requestInitiator !== '' ? requestInitiator.toLowerCase() : 'unknown';
  const manifest = vscode.extensions.getExtension(id)?.packageJSON as { readonly displayName?: unknown; readonly isBuiltin?: unknown } | undefined;
  const isVsCode = id === 'core' || id === own.toLowerCase() || manifest?.isBuiltin === true;
  return { id, name: typeof manifest?.displayName === 'string' ? manifest.displayName : id, isVsCode };
}
