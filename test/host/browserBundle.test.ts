import assert from 'node:assert/strict';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContext as createScope, runInContext } from 'node:vm';
import { build, type BuildOptions } from 'esbuild';
import type * as entry from '../../src/browser.ts';
import { platform } from '../../src/host/platform/web.ts';
import * as vscode from './fakeVscode.ts';

const root = join(fileURLToPath(import.meta.url), '..', '..', '..');

/** The names that the worker of a browser has, as far as they are used. */
const ofWorkers = { console, URL, URLSearchParams, TextDecoder, TextEncoder, AbortController, AbortSignal, setTimeout, clearTimeout, setInterval, clearInterval, crypto, performance, Blob, btoa, atob, structuredClone, queueMicrotask, Event, EventTarget, DOMException, ReadableStream, Response, Headers };

/** Where VS Code runs extensions: the address of its worker is that of a blob. */
function workerScope(): object {
  const scope: Record<string, unknown> = { ...ofWorkers, location: { origin: 'http://127.0.0.1', pathname: 'http://127.0.0.1/00000000', search: '' } };
  scope['self'] = scope;
  return createScope(scope);
}

describe('The bundle for the worker of a browser', function () {
  this.timeout(60_000);
  let text = '';

  before(async () => {
    const { browserBundle } = (await import(join(root, 'esbuild.browser.mjs'))) as { readonly browserBundle: BuildOptions };
    const { outputFiles } = await build({ ...browserBundle, absWorkingDir: root, write: false, logLevel: 'silent' });
    text = outputFiles?.[0]?.text ?? '';
  });
  beforeEach(vscode.reset);

  it('asks for nothing but VS Code', () => {
    assert.deepEqual([...new Set(text.match(/\brequire\([^)]*\)/g))], ['require("vscode")']);
  });

  it('names nothing that only Node has', () => {
    // The `ignore` library looks whether there is a process before it asks for its platform.
    const own = text.replace(/^\s*\/\/.*$/gm, '').replace(/typeof process !== "undefined" && process\.platform === "win32"/, '');
    assert.deepEqual(own.match(/(?<![\w.$"'`/-])(process\.\w+|Buffer\b[.(]|__dirname|__filename|global\.)/g) ?? [], []);
  });

  it('starts, and builds everything on first use, where there is no Node', async () => {
    const load = runInContext(`(function (module, exports, require) {${text}\n})`, workerScope()) as (module: { exports: unknown }, exports: object, require: (name: string) => unknown) => void;
    const module: { exports: unknown } = { exports: {} };
    load(module, {}, () => vscode);
    const { activate, createRivulet } = module.exports as typeof entry;
    const context = vscode.createContext();
    activate(context as never);
    assert.ok(vscode.handlers.has('rivulet.newChat'));
    // Here its timers would keep the tests from ending.
    const rivulet = await createRivulet(context as never, { ...platform, release: (timer) => void (timer as NodeJS.Timeout).unref() });
    await rivulet.close();
    for (const each of context.subscriptions) each.dispose();
  });
});
