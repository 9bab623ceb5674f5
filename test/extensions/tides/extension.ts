import * as vscode from 'vscode';

/** What tests may look at: what the tools were called with, and whether a wait was cancelled. */
export interface Tides {
  readonly calls: readonly object[];
  wasCancelled(): boolean;
}

export function activate(context: vscode.ExtensionContext): Tides {
  const calls: object[] = [];
  let cancelled = false;
  context.subscriptions.push(
    vscode.lm.registerTool<{ readonly harbour: string }>('tides_forecast', {
      invoke({ input }) {
        calls.push(input);
        if (input.harbour === 'Atlantis') throw new Error('There is no harbour of this name.');
        return new vscode.LanguageModelToolResult([
          new vscode.LanguageModelTextPart(`High water at ${input.harbour}: 04:12, 16:40.`),
          new vscode.LanguageModelPromptTsxPart({ node: { type: 1, ctor: 2, children: [{ type: 2, text: 'Low water: 10:31.', lineBreakBefore: true }] } }),
        ]);
      },
    }),
    vscode.lm.registerTool('tides_wait', {
      async invoke(_, token) {
        await new Promise<void>((resolve) => token.onCancellationRequested(() => resolve()));
        cancelled = true;
        return new vscode.LanguageModelToolResult([]);
      },
    }),
  );
  return { calls, wasCancelled: () => cancelled };
}
