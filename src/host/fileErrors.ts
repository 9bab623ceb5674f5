import { FileError } from '../core/ports.ts';

/** Does something with files; what it throws becomes a {@link FileError}. */
export async function attempt<Value>(action: () => PromiseLike<Value>): Promise<Value> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof FileError) throw error;
    const { code, message } = error as { code?: unknown; message?: unknown };
    const reason = code === 'ENOENT' || code === 'ENOTDIR' || code === 'FileNotFound' ? 'missing' : code === 'EACCES' || code === 'EPERM' || code === 'NoPermissions' ? 'denied' : 'other';
    throw new FileError(reason, String(message));
  }
}
