// Only while a script runs for the first time does the browser say which one it is.
const page = typeof document === 'undefined' ? undefined : document.currentScript;
const base = page instanceof HTMLScriptElement ? page.src : undefined;

/** Where a file of the page's own folder is. */
function addressOf(name: string): string {
  return base === undefined ? `./${name}` : new URL(name, base).href;
}

/**
 * Loads a script of the page's own folder when it is first needed; undefined when it cannot be loaded. The policy lets it
 * in because a script may load others with the nonce that it has itself.
 */
export function createPart<Part>(name: string): () => Promise<Part | undefined> {
  let loading: Promise<Part | undefined> | undefined;
  return () => {
    loading ??= (import(addressOf(name)) as Promise<Part>).catch(() => undefined);
    return loading;
  };
}

/** Adds a style sheet of the page's own folder, and settles when it applies, or cannot be had. */
export async function loadStyle(name: string): Promise<void> {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = addressOf(name);
  const { promise, resolve } = Promise.withResolvers<void>();
  link.addEventListener('load', () => resolve());
  link.addEventListener('error', () => resolve());
  document.head.append(link);
  return promise;
}
