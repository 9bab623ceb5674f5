import type * as vscode from 'vscode';
import type { Secrets } from '../core/ports.ts';

/** VS Code's SecretStorage as the core's port. */
export function createSecrets(storage: vscode.SecretStorage): Secrets {
  return {
    get: async (name) => storage.get(name),
    set: async (name, value) => storage.store(name, value),
    delete: async (name) => storage.delete(name),
  };
}
