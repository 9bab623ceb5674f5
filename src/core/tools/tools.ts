import { readFile } from './readFile.ts';
import type { Tool } from './tool.ts';

/** The tools a model is offered, in the order in which they go over the wire: the order never changes within a chat. */
export const tools: readonly Tool[] = [readFile];
