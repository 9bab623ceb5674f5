import type { Platform } from './platform.ts';

/** As much of a browser's worker as is used here. */
interface WebWorker {
  postMessage(value: unknown): void;
  terminate(): void;
  addEventListener(type: 'message' | 'error', listener: (event: { readonly data?: unknown; readonly message?: string }) => void): void;
}

/** A worker of a browser: no disk, no programs, no environment; files are VS Code's to reach. */
export const platform: Platform = {
  lineEnd: '\n',
  startThread(run, data) {
    // The first message is the data; it waits until the script has run.
    const script = `addEventListener('message', ({ data }) => (${run.toString()})(data, {
      post: (value) => postMessage(value),
      listen: (listener) => addEventListener('message', (event) => listener(event.data)),
    }), { once: true });`;
    const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    const { Worker } = globalThis as unknown as { readonly Worker: new (address: string) => WebWorker };
    const worker = new Worker(address);
    worker.postMessage(data);
    return {
      post: (value) => worker.postMessage(value),
      onMessage: (listener) => worker.addEventListener('message', ({ data: message }) => listener(message)),
      onError: (listener) => worker.addEventListener('error', ({ message }) => listener(new Error(message ?? 'The thread has failed.'))),
      end() {
        worker.terminate();
        URL.revokeObjectURL(address);
      },
    };
  },
  release: () => undefined,
};
