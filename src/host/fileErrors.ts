import { FileError } from '../core/ports.ts';

/** Does something with files; what it throws becomes a {@link FileError}. */
export async function attempt<Value>(action: () => PromiseLike<Value>): Promise<Value> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof FileError) throw error;
    const { code, message } = error as { code?: unknown; message?: unknown };
    throw new FileError(missing.has(code) ? 'missing' : denied.has(code) ? 'denied' : 'other', String(message));
  }
}

/** Of Node, and of VS Code's file systems; below a file there is nothing. */
const missing = new Set<unknown>(['ENOENT', 'ENOTDIR', 'FileNotFound', 'FileNotADirectory']);
const denied = new Set<unknown>(['EACCES', 'EPERM', 'NoPermissions']);
