import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { ensureBrowser } from '../workbench/browser.ts';
import { chromium, type Browser, type Page as BrowserPage } from 'playwright-core';
import type { Change, Intent } from '../../src/protocol/messages.ts';
import type { ViewState } from '../../src/protocol/viewState.ts';
import { themes, type Theme } from './themes.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const origin = 'https://page.test';

/** How a page is opened. */
export interface OpenOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  /** What `getState` answers at first. */
  readonly stored?: unknown;
  readonly strings?: Readonly<Record<string, string>>;
  readonly language?: string;
  /** Whether scripts of the test may do what the page may not, such as starting a worker. */
  readonly bypassesPolicy?: boolean;
  /** Another page in place of ours, in the same frame. */
  readonly bundle?: PageBundle;
}

/** What a page is made of. */
export interface PageBundle {
  readonly script: string;
  readonly style: string;
}

/** The page in a browser, seen from where the host would be. */
export interface OpenedPage {
  readonly browserPage: BrowserPage;
  /** Sends a snapshot, as the host does upon `ready`, and waits until it has been drawn and what follows a drawing is done. */
  show(state: ViewState): Promise<void>;
  /** Sends changes as one push, with the next revision. */
  push(...changes: readonly Change[]): Promise<void>;
  /** Sends changes with a revision of one's own. */
  pushAs(revision: number, ...changes: readonly Change[]): Promise<void>;
  /** What the page has posted so far. */
  intents(): Promise<Intent[]>;
  /** What broke the page's content security policy so far. */
  violations(): Promise<string[]>;
  /** Addresses that were asked for besides the page's own files. */
  readonly requests: readonly string[];
  /** Errors the page has thrown. */
  readonly failures: readonly string[];
  /** What `setState` was given last. */
  stored(): Promise<unknown>;
  close(): Promise<void>;
}

const partTypes: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' };

let browser: Browser | undefined;
let bundle: Promise<PageBundle> | undefined;

/** Starts the browser and builds the page, once for all tests of a process. */
export async function startBrowser(): Promise<void> {
  browser ??= await chromium.launch({
    executablePath: await ensureBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
  bundle ??= buildPage();
  await bundle;
}

/** Ends the browser. */
export async function stopBrowser(): Promise<void> {
  await browser?.close();
  browser = undefined;
}

async function buildPage(): Promise<PageBundle> {
  await build({
    absWorkingDir: root,
    entryPoints: { page: 'webview/main.tsx', style: 'webview/page.css' },
    outdir: 'out/page',
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'silent',
  });
  await build({
    absWorkingDir: root,
    entryPoints: ['webview/code.ts', 'webview/math.ts', 'webview/math.css'],
    outdir: 'out/page',
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    loader: { '.woff2': 'file', '.woff': 'empty', '.ttf': 'empty' },
    assetNames: 'fonts/[name]',
    logLevel: 'silent',
  });
  const [script, style] = await Promise.all([
    readFile(`${root}out/page/page.js`, 'utf8'),
    readFile(`${root}out/page/style.css`, 'utf8'),
  ]);
  return { script, style };
}

/** Closes a page in which nothing failed, which kept to its policy and asked for nothing. */
export async function closeUnharmed(page: OpenedPage): Promise<void> {
  assert.deepEqual([page.failures, await page.violations(), page.requests], [[], [], []]);
  await page.close();
}

/** Opens the page under the host's content security policy, with a host that does nothing but take down what it is told. */
export async function openPage(options: OpenOptions = {}): Promise<OpenedPage> {
  await startBrowser();
  if (browser === undefined || bundle === undefined) throw new Error('No browser.');
  const { script, style } = options.bundle ?? (await bundle);
  const { theme = themes.dark, width = 300, height = 720, stored, strings = {}, language = 'en', bypassesPolicy = false } = options;
  const browserPage = await browser.newPage({ viewport: { width, height }, bypassCSP: bypassesPolicy });
  const requests: string[] = [];
  const failures: string[] = [];
  browserPage.on('pageerror', (error) => failures.push(error.message));
  await browserPage.route('**/*', async (route) => {
    const url = route.request().url();
    const files: Readonly<Record<string, readonly [string, string]>> = {
      [`${origin}/`]: ['text/html', hostHtml(language, strings, theme)],
      [`${origin}/page.js`]: ['text/javascript', script],
      [`${origin}/page.css`]: ['text/css', style],
      [`${origin}/theme.css`]: ['text/css', themeCss(theme)],
    };
    const file = files[url];
    const part = /^https:\/\/page\.test\/((?:code|math)\.(?:js|css)|fonts\/\w+-\w+\.woff2)$/.exec(url)?.[1];
    if (part !== undefined) return route.fulfill({ contentType: partTypes[extname(part)] ?? '', body: await readFile(`${root}out/page/${part}`), headers: { 'access-control-allow-origin': '*' } });
    if (file === undefined) {
      if (!url.endsWith('/favicon.ico')) requests.push(url);
      return route.abort();
    }
    return route.fulfill({ contentType: file[0], body: file[1] });
  });
  await browserPage.addInitScript(fakeHost, stored ?? null);
  await browserPage.goto(`${origin}/`);
  let revision = 0;
  // As text, which is what VS Code makes of it on the way, and with large states a hundred times as quick.
  const send = (message: unknown): Promise<void> =>
    browserPage.evaluate((text) => void window.dispatchEvent(new MessageEvent('message', { data: JSON.parse(text) })), JSON.stringify(message));
  const read = <Value>(name: string): Promise<Value> =>
    browserPage.evaluate((key) => (globalThis as unknown as Record<string, Value>)[key] as Value, name);
  return {
    browserPage,
    requests,
    failures,
    async show(state) {
      revision = state.revision;
      await send({ revision, changes: [{ type: 'snapshot', state }] });
      await browserPage.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    },
    push(...changes) {
      revision += 1;
      return send({ revision, changes });
    },
    pushAs(number, ...changes) {
      revision = number;
      return send({ revision, changes });
    },
    intents: () => read('intents'),
    violations: () => read('violations'),
    stored: () => read('stored'),
    close: () => browserPage.close(),
  };
}

/** Runs in the browser before the page: stands for VS Code, and keeps the stored state over a reload as it does. */
function fakeHost(stored: unknown): void {
  const globals = globalThis as unknown as Record<string, unknown>;
  const intents: unknown[] = [];
  const violations: string[] = [];
  const kept = sessionStorage.getItem('stored');
  globals['intents'] = intents;
  globals['violations'] = violations;
  globals['stored'] = kept === null ? stored : (JSON.parse(kept) as unknown);
  document.addEventListener('securitypolicyviolation', (event) => {
    violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
  });
  globals['acquireVsCodeApi'] = () => ({
    postMessage: (message: unknown) => void intents.push(structuredClone(message)),
    getState: () => globals['stored'] ?? undefined,
    setState: (state: unknown) => {
      globals['stored'] = state;
      sessionStorage.setItem('stored', JSON.stringify(state));
    },
  });
}

function hostHtml(language: string, strings: object, theme: Theme): string {
  const nonce = 'bm9uY2Utb2YtdGhlLXRlc3Q';
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${origin}`,
    `font-src ${origin}`,
    `img-src ${origin} data:`,
  ].join('; ');
  const table = JSON.stringify(strings).replaceAll('<', String.raw`\u003c`);
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${origin}/theme.css">
<link rel="stylesheet" href="${origin}/page.css">
<title>Rivulet</title>
</head>
<body class="${theme.bodyClass}" data-vscode-theme-kind="${theme.bodyClass}">
<script type="application/json" id="strings">${table}</script>
<div id="app"></div>
<script nonce="${nonce}" src="${origin}/page.js"></script>
</body>
</html>`;
}

function themeCss(theme: Theme): string {
  const lines = Object.entries(theme.variables).map(([name, value]) => `${name}: ${value};`);
  return `html { ${lines.join(' ')} } body { background: ${theme.background}; }`;
}
