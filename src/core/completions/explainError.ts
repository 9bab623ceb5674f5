import type { LocalText } from '../../protocol/localText.ts';
import type { Action } from '../../protocol/viewState.ts';
import type { ProviderSpec } from '../providers/spec.ts';
import type { CompletionError, CompletionErrorKind } from './completionError.ts';
import { networkExplanations } from './networkExplanations.ts';
import { refusalExplanations } from './refusalExplanations.ts';
import { serviceExplanations } from './serviceExplanations.ts';

/** What the person reads of an error, and the buttons that help, the likeliest first. */
export interface Explanation {
  readonly title: LocalText;
  readonly advice: LocalText;
  readonly actions: readonly Action[];
}

/** What a sentence may speak of. */
export interface Circumstances {
  readonly label: string;
  readonly model: string;
  readonly baseUrl: string;
  readonly error: CompletionError;
  /** Whether text of the answer had come, in this attempt or in one before it, which is kept. */
  readonly kept: boolean;
}

/** The explanations of some kinds of error; `continue` among the actions is offered only where text was kept. */
export type Explanations<Kind extends CompletionErrorKind> = { readonly [Each in Kind]: (circumstances: Circumstances) => Explanation };

const explanations: Explanations<CompletionErrorKind> = { ...refusalExplanations, ...serviceExplanations, ...networkExplanations };

/** What the error does not know of the turn that it ended. */
export interface Turn {
  /** Whether the turn has text of an answer from an earlier attempt: the one that failed may have been to go on with it. */
  readonly kept: boolean;
}

/**
 * The sentence and the buttons for an error of this service and model; a button that has nowhere to lead is left out.
 * Text that came in the failed attempt counts as kept whatever `turn` says.
 */
export function explainError(error: CompletionError, provider: ProviderSpec, model: string, turn?: Turn): Explanation {
  // Only an answer that had begun can be cut, so where nobody says otherwise something was kept of it.
  const kept = turn?.kept === true || (error.facts.kept ?? error.kind === 'cut');
  const explanation = explanations[error.kind]({ label: provider.label, model, baseUrl: provider.baseUrl, error, kept });
  const missing = new Set<Action>();
  if (!kept) missing.add('continue');
  if (provider.topUpUrl === undefined) missing.add('top-up');
  if (provider.statusUrl === undefined) missing.add('status-page');
  if (provider.keyUrl === undefined) missing.add('open-key-page');
  if (provider.auth === 'none') missing.add('set-key');
  return { ...explanation, actions: explanation.actions.filter((action) => !missing.has(action)) };
}
