import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { ensureBrowser } from './browser.ts';
import { type Driver, drive } from './driver.ts';
import { type Theme, themes } from './layoutActions.ts';
import { typeSettings } from './settingsEditor.ts';
import { onSignal } from './shutdown.ts';
import type { WorkbenchServer } from './server.ts';
import { windowState } from './windowState.ts';

/** What a window shows; everything has a default. The language is the server's: `startServer({ locale })`. */
export interface WindowOptions {
  /** The absolute path of the folder to open. */
  readonly folder?: string;
  /** The address of a folder that is not on the disk, instead: `memfs:/shop`. */
  readonly folderAddress?: string;
  /** An extension to run from its folder, and the module whose `run()` tests it. Needs a server in `driver` mode. */
  readonly extensionDevelopmentPath?: string;
  readonly extensionTestsPath?: string;
  /** CSS pixels; 1280 × 800 when not given. */
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly theme?: Theme;
  /** Receives the extension host's console: its level and arguments. */
  readonly onLog?: (level: string, args: readonly unknown[]) => void;
  /** Receives the exit code of `extensionTestsPath`. */
  readonly onTestsEnd?: (code: number) => void;
}

/** An open window on a server workbench, with what a person can do in it. */
export interface WorkbenchWindow extends Driver {
  readonly page: Page;
  /** Addresses the page asked for outside this machine; every one was refused. */
  readonly refusedRequests: readonly string[];
  /** Errors and warnings of the page's console, webviews included. */
  readonly consoleErrors: readonly string[];
  /** Merges `changes` into the user settings as a person does: in the settings file, opened, saved and closed here. */
  changeSettings(changes: Readonly<Record<string, unknown>>): Promise<void>;
  /** Loads the window again and waits until it is ready. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a window on the server in Chromium and waits until the workbench is ready (60 s at most). */
export async function openWindow(server: WorkbenchServer, options: WindowOptions = {}): Promise<WorkbenchWindow> {
  if (options.theme) await server.changeSettings({ 'workbench.colorTheme': themes[options.theme].setting });
  const browser = await launch();
  const forget = onSignal(() => browser.close());
  try {
    const page = await browser.newPage({
      viewport: options.viewport ?? { width: 1280, height: 800 },
      locale: server.locale === 'en' ? 'en-US' : server.locale,
      colorScheme: options.theme?.includes('light') ? 'light' : 'dark',
    });
    const refusedRequests: string[] = [];
    page.context().on('request', (request) => {
      if (!isOnThisMachine(request.url())) refusedRequests.push(request.url());
    });
    const consoleErrors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') consoleErrors.push(message.text());
    });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin });
    await page.exposeFunction('codeAutomationLog', (level: string, args: unknown[]) => options.onLog?.(level, args));
    await page.exposeFunction('codeAutomationExit', (code: number) => options.onTestsEnd?.(code));
    await page.goto(windowAddress(server, options));
    await ready(page);
    const reload = async (): Promise<void> => {
      await saveState(page);
      await page.reload();
      await ready(page);
    };
    const close = async (): Promise<void> => {
      forget();
      await browser.close();
    };
    const changeSettings = (changes: Readonly<Record<string, unknown>>): Promise<void> => typeSettings(page, server.settingsFile, changes);
    return { ...drive(page), page, changeSettings, refusedRequests, consoleErrors, reload, close };
  } catch (error) {
    forget();
    await browser.close();
    throw error;
  }
}

/** The address at which the server shows a folder, and runs an extension from its folder in `driver` mode. */
export function windowAddress(server: Pick<WorkbenchServer, 'origin'>, options: WindowOptions): string {
  const address = new URL(server.origin);
  if (options.folderAddress) address.searchParams.set('folder', options.folderAddress);
  else if (options.folder) address.searchParams.set('folder', pathToFileURL(options.folder).pathname);
  // VS Code makes a map of it: of several entries with one name the last is all that it sees.
  const payload = (['extensionDevelopmentPath', 'extensionTestsPath'] as const).flatMap((name) => {
    const path = options[name];
    return path === undefined ? [] : [[name, `vscode-remote://${address.host}${pathToFileURL(path).pathname}`]];
  });
  if (payload.length > 0) address.searchParams.set('payload', JSON.stringify(payload));
  return address.href;
}

async function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: await ensureBrowser(),
    headless: true,
    // Ours to handle (`shutdown.ts`): playwright would end this process before the server was stopped.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--no-proxy-server',
      // No name but these resolves, so nothing leaves the machine; the listener above records who tried.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost',
    ],
  });
}

/**
 * Makes the window store its layout now: it does so when it loses the focus or once a minute, and cannot while it is
 * unloading. A window without a screen never loses the focus, so it is told that it has.
 */
async function saveState(page: Page): Promise<void> {
  await page.evaluate(() => {
    const hasFocus = document.hasFocus.bind(document);
    document.hasFocus = () => false;
    document.dispatchEvent(new Event('visibilitychange'));
    document.hasFocus = hasFocus;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  // It writes in several steps of its own: they are over when what it keeps has stood still.
  for (let before = '', now = '-'; now !== before; ) {
    await page.waitForTimeout(500);
    before = now;
    now = await page.evaluate(windowState);
  }
}

async function ready(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .part.activitybar .action-item').first().waitFor({ timeout: 60_000 });
  await page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor({ timeout: 60_000 });
}

function isOnThisMachine(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  if (!/^(https?|wss?):$/.test(protocol)) return true;
  // A webview's own files have addresses under this name, which the webview's service worker answers from the server.
  if (hostname.endsWith('.vscode-resource.vscode-cdn.net')) return true;
  return hostname === '127.0.0.1' || hostname === 'localhost' || hostname.endsWith('.localhost');
}
