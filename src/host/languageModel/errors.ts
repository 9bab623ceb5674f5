import * as vscode from 'vscode';
import { CompletionError, type CompletionErrorKind } from '../../core/completions/completionError.ts';
import { explainError } from '../../core/completions/explainError.ts';
import { AnswerProblem } from '../../core/languageModel/answer.ts';
import type { ModelKey } from '../../core/parameters/stored.ts';
import { foreign, localiseForeign } from '../messages.ts';

const notPermitted: ReadonlySet<CompletionErrorKind> = new Set(['no-key', 'other-origin', 'unusable-key', 'bad-key', 'expired-key', 'blocked-key', 'forbidden']);
const blocked: ReadonlySet<CompletionErrorKind> = new Set(['quota', 'rate-limit', 'content-blocked']);
const notFound: ReadonlySet<CompletionErrorKind> = new Set(['unknown-service', 'unknown-model', 'reserved-model', 'not-found']);

/** What went wrong as VS Code's kinds of error, in our sentences and the display language. */
export function toLanguageModelError(error: unknown, { provider, model }: ModelKey): Error {
  if (error instanceof vscode.LanguageModelError) return error;
  if (error instanceof AnswerProblem) {
    const words = localiseForeign(error.text);
    return error.isBlocked ? vscode.LanguageModelError.Blocked(words) : new vscode.LanguageModelError(words);
  }
  if (!(error instanceof CompletionError)) return new vscode.LanguageModelError(vscode.l10n.t('Something went wrong inside Rivulet.'));
  const title = localiseForeign(explainError(error, provider, model).title);
  // What is wrong in detail is for whoever has to change the request: in our words, else in the service's.
  const detail = error.text !== undefined ? localiseForeign(error.text) : error.status === undefined ? '' : foreign(error.message);
  const words = `${title} ${detail}`.trim();
  if (notPermitted.has(error.kind)) return vscode.LanguageModelError.NoPermissions(words);
  if (blocked.has(error.kind)) return vscode.LanguageModelError.Blocked(words);
  return notFound.has(error.kind) ? vscode.LanguageModelError.NotFound(words) : new vscode.LanguageModelError(words);
}
