import * as vscode from 'vscode';
import { abortable } from '../../core/abortable.ts';
import { breathing } from '../../core/breathe.ts';
import type { Diagnostic } from '../../core/editor/languages.ts';
import { pathOf, uriOf } from '../addresses.ts';
import { fromRange } from './convert.ts';

/** Milliseconds without news after which servers count as done, and after which they are not waited for any more. */
const settled = { quiet: 400, atMost: 3000 } as const;

/** The problems of one file or of all. */
export async function diagnostics(path: string | undefined, signal: AbortSignal): Promise<readonly Diagnostic[]> {
  await abortable(untilQuiet, signal);
  if (path !== undefined) return vscode.languages.getDiagnostics(uriOf(path)).map((diagnostic) => fromDiagnostic(path, diagnostic));
  const all: Diagnostic[] = [];
  const breathe = breathing(signal);
  for (const [uri, ofFile] of vscode.languages.getDiagnostics()) {
    await breathe();
    for (const diagnostic of ofFile) all.push(fromDiagnostic(pathOf(uri), diagnostic));
  }
  return all;
}

/** After an edit, servers take a moment: what they said before it is about a text that is not there any more. */
async function untilQuiet(): Promise<void> {
  const end = Date.now() + settled.atMost;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      listening.dispose();
      resolve();
    };
    let timer = setTimeout(done, settled.quiet);
    const listening = vscode.languages.onDidChangeDiagnostics(() => {
      clearTimeout(timer);
      timer = setTimeout(done, Math.max(0, Math.min(settled.quiet, end - Date.now())));
    });
  });
}

function fromDiagnostic(path: string, { range, severity, message, source, code }: vscode.Diagnostic): Diagnostic {
  const plainCode = typeof code === 'object' ? code.value : code;
  return { path, range: fromRange(range), severity: severityOf(severity), message, source, code: plainCode === undefined ? undefined : String(plainCode) };
}

function severityOf(severity: vscode.DiagnosticSeverity): Diagnostic['severity'] {
  switch (severity) {
    case vscode.DiagnosticSeverity.Error:
      return 'error';
    case vscode.DiagnosticSeverity.Warning:
      return 'warning';
    case vscode.DiagnosticSeverity.Information:
      return 'information';
    case vscode.DiagnosticSeverity.Hint:
      return 'hint';
  }
}
