import * as vscode from 'vscode';
import type { OtherAgents } from '../../core/otherAgents/otherAgents.ts';
import type { TokenBudget } from '../../core/otherAgents/fitTokens.ts';
import { localiseForeign, plainMarkdown } from '../messages.ts';

/** The tools of the manifest as VS Code calls them, for whatever agent. */
export interface LanguageModelTools {
  /** Asks for no confirmation of VS Code's, which the person may have switched off: what has to be asked is asked by {@link invoke}, of exactly what is shown, and so it is asked once. */
  prepare(name: string, options: vscode.LanguageModelToolInvocationPrepareOptions<unknown>): vscode.PreparedToolInvocation;
  /** Throws nothing but that it was cancelled: what cannot be done is a result that the model can act on. */
  invoke(name: string, options: vscode.LanguageModelToolInvocationOptions<unknown>, token: vscode.CancellationToken): Promise<vscode.LanguageModelToolResult>;
}

export function createLanguageModelTools(agents: OtherAgents): LanguageModelTools {
  return {
    prepare(name, { input }) {
      const summary = agents.describe(name, input);
      return summary === undefined ? {} : { invocationMessage: plainMarkdown(localiseForeign(summary)) };
    },
    async invoke(name, { input, tokenizationOptions }, token) {
      const controller = new AbortController();
      const listening = token.onCancellationRequested(() => controller.abort());
      if (token.isCancellationRequested) controller.abort();
      try {
        const text = await agents.call(name, input, { signal: controller.signal, budget: budgetOf(tokenizationOptions, token) });
        return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
      } catch (error) {
        if (controller.signal.aborted) throw new vscode.CancellationError();
        return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(`${name} failed: ${error instanceof Error ? error.message : String(error)}`)]);
      } finally {
        listening.dispose();
      }
    },
  };
}

function budgetOf(options: vscode.LanguageModelToolTokenizationOptions | undefined, token: vscode.CancellationToken): TokenBudget | undefined {
  return options && { tokens: options.tokenBudget, count: (text) => options.countTokens(text, token) };
}
