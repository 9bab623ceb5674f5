import type * as vscode from 'vscode';
import { platform } from './host/platform/node.ts';
import type { Rivulet } from './rivulet.ts';

/** Builds everything in a process of Node; the bundle has only what Node adds, the rest is the one that a browser loads. */
export async function createRivulet(context: vscode.ExtensionContext): Promise<Rivulet> {
  const { createRivulet: create } = await import('./rivulet.ts');
  return create(context, platform);
}
