import { say, type LocalText } from '../../protocol/localText.ts';
import type { Action } from '../../protocol/viewState.ts';
import type { ProviderSpec } from '../providers/spec.ts';
import type { CompletionError, CompletionErrorKind } from './completionError.ts';

/** What the person reads of an error, and the buttons that help, the likeliest first. */
export interface Explanation {
  readonly title: LocalText;
  readonly advice: LocalText;
  readonly actions: readonly Action[];
}

/** The sentence and the buttons for an error of this service and model; a button that has nowhere to lead is left out. */
export function explainError(error: CompletionError, provider: ProviderSpec, model: string): Explanation {
  const explanation = explanations[error.kind](provider.label, model, provider.baseUrl);
  const missing = new Set<Action>();
  if (provider.topUpUrl === undefined) missing.add('top-up');
  if (provider.statusUrl === undefined) missing.add('status-page');
  if (provider.keyUrl === undefined) missing.add('open-key-page');
  if (provider.auth === 'none') missing.add('set-key');
  return { ...explanation, actions: explanation.actions.filter((action) => !missing.has(action)) };
}

type Explain = (label: string, model: string, baseUrl: string) => Explanation;

const explanations: { readonly [Kind in CompletionErrorKind]: Explain } = {
  'no-key': (label) => ({
    title: say('There is no API key for {0} yet.', label),
    advice: say('Set the key, then choose Try again: your question is sent once more.'),
    actions: ['set-key', 'retry', 'open-key-page'],
  }),
  'bad-key': (label) => ({
    title: say('{0} did not accept the API key.', label),
    advice: say('It may be mistyped, expired or revoked. Set a new one and try again.'),
    actions: ['set-key', 'retry', 'open-key-page'],
  }),
  forbidden: (label) => ({
    title: say('{0} refused the request.', label),
    advice: say('The key may not be allowed to use this model, or the content was blocked. The details say more.'),
    actions: ['choose-model', 'set-key', 'retry'],
  }),
  quota: (label) => ({
    title: say('The balance at {0} is used up.', label),
    advice: say('Top up your account there, then try again.'),
    actions: ['top-up', 'retry', 'choose-model'],
  }),
  'rate-limit': (label) => ({
    title: say('{0} is limiting how fast you may ask.', label),
    advice: say('Wait a moment and try again.'),
    actions: ['retry', 'choose-model'],
  }),
  'context-length': (_label, model) => ({
    title: say('The chat has become too long for {0}.', model),
    advice: say('Start a new chat, or choose a model that takes more.'),
    actions: ['new-chat', 'choose-model'],
  }),
  'bad-request': (label) => ({
    title: say('{0} did not understand the request.', label),
    advice: say('The details tell what it objects to. Another model may take it, or a new chat.'),
    actions: ['retry', 'choose-model', 'new-chat'],
  }),
  'bad-parameter': (label) => ({
    title: say('A parameter set for {0} does not fit. Nothing was sent.', label),
    advice: say('The details name it and what it may be. Correct it in the settings.'),
    actions: ['open-settings', 'retry'],
  }),
  'unknown-model': (label, model) => ({
    title: say('{0} does not offer the model {1}.', label, model),
    advice: say('Choose another model.'),
    actions: ['choose-model'],
  }),
  'not-found': (label, _model, baseUrl) => ({
    title: say('{0} has nothing at this address.', label),
    advice: say('Check the base address {0} in the settings.', baseUrl),
    actions: ['open-settings', 'retry'],
  }),
  server: (label) => ({
    title: say('{0} has a problem of its own.', label),
    advice: say('Try again in a moment. If it lasts, look at its status page or choose another model.'),
    actions: ['retry', 'status-page', 'choose-model'],
  }),
  unreachable: (label, _model, baseUrl) => ({
    title: say('{0} could not be reached.', label),
    advice: say('Check the network, the proxy settings of VS Code, and that something answers at {0}.', baseUrl),
    actions: ['retry', 'open-settings', 'show-log'],
  }),
  certificate: (label) => ({
    title: say('The certificate of {0} cannot be trusted.', label),
    advice: say('A proxy may be reading the connection. Install its certificate in the system, or ask whoever runs the network.'),
    actions: ['retry', 'show-log'],
  }),
  timeout: (label) => ({
    title: say('{0} did not answer in time.', label),
    advice: say('Nothing of the answer is lost. Try again.'),
    actions: ['retry', 'status-page'],
  }),
  redirected: (label, _model, baseUrl) => ({
    title: say('{0} sent us to another address.', label),
    advice: say('The key was not sent there. If the service has moved, change the base address {0} in the settings.', baseUrl),
    actions: ['open-settings', 'retry'],
  }),
  'not-an-api': (label, _model, baseUrl) => ({
    title: say('A web page came instead of an answer from {0}.', label),
    advice: say('A proxy or a sign-in page may stand in between, or the base address {0} is not that of the API.', baseUrl),
    actions: ['retry', 'open-settings', 'show-log'],
  }),
  unreadable: (label) => ({
    title: say('Part of the answer from {0} could not be read.', label),
    advice: say('What came before is kept. Try again.'),
    actions: ['retry', 'show-log'],
  }),
  'too-large': (label) => ({
    title: say('The answer from {0} is too large.', label),
    advice: say('What came before is kept. Ask for less at a time.'),
    actions: ['retry', 'show-log'],
  }),
  cut: (label) => ({
    title: say('The connection to {0} broke off in the middle of the answer.', label),
    advice: say('What came before is kept; tools it was about to call were not run. Try again, or ask it to continue.'),
    actions: ['retry', 'continue'],
  }),
  empty: (label) => ({
    title: say('{0} sent an empty answer.', label),
    advice: say('This happens when the service is overloaded. Try again.'),
    actions: ['retry', 'status-page', 'choose-model'],
  }),
};
