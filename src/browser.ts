import type { createRivulet as create } from './rivulet.ts';

export { activate, deactivate } from './extension.ts';

/**
 * What `onNode.ts` takes from here. The worker of a browser loads one file and cannot load another, so all of Rivulet is in
 * it; it is run when it is first used.
 */
export async function createRivulet(...parts: Parameters<typeof create>): Promise<ReturnType<typeof create>> {
  return (await import('./rivulet.ts')).createRivulet(...parts);
}
