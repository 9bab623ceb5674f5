import * as vscode from 'vscode';
import type { DescribedCall, OtherAgents } from '../../core/otherAgents/otherAgents.ts';
import type { TokenBudget } from '../../core/otherAgents/fitTokens.ts';
import { localiseForeign, plainMarkdown } from '../messages.ts';

/** The tools of the manifest as VS Code calls them, for whatever agent. */
export interface LanguageModelTools {
  prepare(name: string, options: vscode.LanguageModelToolInvocationPrepareOptions<unknown>): Promise<vscode.PreparedToolInvocation>;
  /** Throws nothing but that it was cancelled: what cannot be done is a result that the model can act on. */
  invoke(name: string, options: vscode.LanguageModelToolInvocationOptions<unknown>, token: vscode.CancellationToken): Promise<vscode.LanguageModelToolResult>;
}

export function createLanguageModelTools(agents: OtherAgents): LanguageModelTools {
  return {
    async prepare(name, { input }) {
      const described = await agents.describe(name, input).catch(() => undefined);
      return described === undefined ? {} : preparedOf(described);
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

/** VS Code may leave out what it would ask, where the person has told it to: our own questions come all the same. */
function preparedOf({ summary, asks, reasons }: DescribedCall): vscode.PreparedToolInvocation {
  const words = localiseForeign(summary);
  const invocationMessage = plainMarkdown(words);
  if (asks === undefined) return { invocationMessage };
  const way = asks === 'change' ? vscode.l10n.t('The change is shown in the editor first, and nothing is written before you accept it there.') : vscode.l10n.t('A dialog of Rivulet asks for your permission.');
  return { invocationMessage, confirmationMessages: { title: vscode.l10n.t('Let this agent use Rivulet?'), message: plainMarkdown(words, ...reasons.map(localiseForeign), way) } };
}
