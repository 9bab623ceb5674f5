import { homedir, hostname } from 'node:os';
import { Worker } from 'node:worker_threads';
import { ripgrepBelow } from '../search/ripgrepPath.ts';
import { createRipgrepSearch } from '../search/ripgrepSearch.ts';
import { disk } from './disk.ts';
import type { Platform } from './platform.ts';

/** A process of Node on a machine: the desktop, a remote machine, the server of VS Code. */
export const platform: Platform = {
  disk,
  programs: {
    async search(appRoot, sources) {
      const ripgrep = await ripgrepBelow(appRoot);
      return ripgrep === undefined ? undefined : createRipgrepSearch(ripgrep, sources);
    },
  },
  process: { process: process.pid, machine: hostname(), isGone },
  home: homedir(),
  variable: (name) => process.env[name],
  lineEnd: process.platform === 'win32' ? '\r\n' : '\n',
  startThread(run, data) {
    const script = `const { parentPort, workerData } = require('node:worker_threads');
      (${run.toString()})(workerData, { post: (value) => parentPort.postMessage(value), listen: (listener) => parentPort.on('message', listener) });`;
    const worker = new Worker(script, { eval: true, workerData: data, env: {}, resourceLimits: { maxOldGenerationSizeMb: 512 } });
    return {
      post: (value) => worker.postMessage(value),
      onMessage: (listener) => void worker.on('message', listener),
      onError(listener) {
        worker.on('error', listener);
        worker.on('exit', () => listener(new Error('The thread has ended.')));
      },
      end: () => void worker.terminate(),
    };
  },
  release: (timer) => void (timer as NodeJS.Timeout).unref(),
};

function isGone(id: number): boolean {
  try {
    process.kill(id, 0);
    return false;
  } catch (error) {
    // One that may not be signalled is there.
    return (error as { readonly code?: unknown }).code === 'ESRCH';
  }
}
