import type { Documents } from '../core/editor/documents.ts';

/** The texts of VS Code. */
export const documents: Documents = {
  read: async () => Promise.reject(new Error('Not there yet.')),
  apply: async () => Promise.reject(new Error('Not there yet.')),
};
