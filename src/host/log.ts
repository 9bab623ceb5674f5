import * as vscode from 'vscode';
import type { Log } from '../core/ports.ts';

/** The output channel "Rivulet"; control characters, which could move a terminal's cursor or its clipboard, are left out, and what spans lines is indented, so that no text can pass for a line of its own. */
export function createLog(): Log & { readonly channel: vscode.LogOutputChannel } {
  const channel = vscode.window.createOutputChannel('Rivulet', { log: true });
  return {
    channel,
    info: (line) => channel.info(printable(line)),
    warn: (line) => channel.warn(printable(line)),
    error: (line) => channel.error(printable(line)),
  };
}

function printable(line: string): string {
  // eslint-disable-next-line no-control-regex -- these are what must not get through
  return line.replaceAll('\n', '\n    ').replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '');
}
