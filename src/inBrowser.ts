import type * as vscode from 'vscode';
import { platform } from './host/platform/web.ts';
import type { Rivulet } from './rivulet.ts';

/** Builds everything in a worker of a browser. */
export async function createRivulet(context: vscode.ExtensionContext): Promise<Rivulet> {
  const { createRivulet: create } = await import('./rivulet.ts');
  return create(context, platform);
}
