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
  const explanation = explanations[error.kind]({ label: provider.label, model, baseUrl: provider.baseUrl, error });
  const missing = new Set<Action>();
  if (provider.topUpUrl === undefined) missing.add('top-up');
  if (provider.statusUrl === undefined) missing.add('status-page');
  if (provider.keyUrl === undefined) missing.add('open-key-page');
  if (provider.auth === 'none') missing.add('set-key');
  return { ...explanation, actions: explanation.actions.filter((action) => !missing.has(action)) };
}

interface Circumstances {
  readonly label: string;
  readonly model: string;
  readonly baseUrl: string;
  readonly error: CompletionError;
}

type Explain = (circumstances: Circumstances) => Explanation;

const explanations: { readonly [Kind in CompletionErrorKind]: Explain } = {
  'no-key': ({ label }) => ({
    title: say('There is no API key for {0} yet.', label),
    advice: say('Set the key, then choose Try again: your question is sent once more.'),
    actions: ['set-key', 'retry', 'open-key-page'],
  }),
  'other-origin': ({ label }) => ({
    title: say('The API key for {0} was given for another address.', label),
    advice: say('It is not sent to the new one. Set the key again if you trust it, then press Try again.'),
    actions: ['set-key', 'retry', 'open-settings'],
  }),
  'unknown-service': ({ label }) => ({
    title: say('There is no service named {0}.', label),
    advice: say('The setting rivulet.model names it, but no entry of rivulet.endpoints that can be used does. Nothing was sent.'),
    actions: ['choose-model', 'open-settings', 'retry'],
  }),
  'bad-key': ({ label }) => ({
    title: say('{0} did not accept the API key.', label),
    advice: say('It may be mistyped, expired or revoked. Set a new one and try again.'),
    actions: ['set-key', 'retry', 'open-key-page'],
  }),
  forbidden: ({ label }) => ({
    title: say('{0} refused the request.', label),
    advice: say('The key may not be allowed to use this model, or the content was blocked. The details say more.'),
    actions: ['choose-model', 'set-key', 'retry'],
  }),
  quota: ({ label }) => ({
    title: say('The balance at {0} is used up.', label),
    advice: say('Top up your account there, then try again.'),
    actions: ['top-up', 'retry', 'choose-model'],
  }),
  'rate-limit': ({ label, error }) => ({
    title: say('{0} is limiting how fast you may ask.', label),
    advice: error.retryAfterMs === undefined ? say('Wait a moment and try again.') : say('It asks you to wait {0} seconds, then try again.', Math.ceil(error.retryAfterMs / 1000)),
    actions: ['retry', 'choose-model'],
  }),
  'context-length': ({ model }) => ({
    title: say('The chat has become too long for {0}.', model),
    advice: say('Start a new chat, or choose a model that takes more.'),
    actions: ['new-chat', 'choose-model', 'retry'],
  }),
  'bad-request': ({ label }) => ({
    title: say('{0} did not understand the request.', label),
    advice: say('The details tell what it objects to. Another model may take it, or a new chat.'),
    actions: ['new-chat', 'choose-model', 'retry'],
  }),
  'bad-parameter': ({ label, error }) => ({
    title: say('A parameter set for {0} does not fit. Nothing was sent.', label),
    advice: error.text ?? say('The details name it and what it may be. Correct it in the settings.'),
    actions: ['open-settings', 'retry'],
  }),
  'unknown-model': ({ label, model }) => ({
    title: say('{0} does not offer the model {1}.', label, model),
    advice: say('It may be retired or misspelled. Choose another model, then try again.'),
    actions: ['choose-model', 'retry'],
  }),
  'not-found': ({ label, baseUrl }) => ({
    title: say('{0} has nothing at this address.', label),
    advice: say('Check the base address {0} in the settings.', baseUrl),
    actions: ['open-settings', 'retry'],
  }),
  server: ({ label }) => ({
    title: say('{0} is having problems.', label),
    advice: say('Try again in a moment. If it lasts, look at its status page or choose another model.'),
    actions: ['retry', 'status-page', 'choose-model'],
  }),
  unreachable: ({ label, baseUrl }) => ({
    title: say('{0} could not be reached.', label),
    advice: say('Check the network, the proxy settings of VS Code, and that something answers at {0}.', baseUrl),
    actions: ['retry', 'open-settings', 'show-log'],
  }),
  certificate: ({ label }) => ({
    title: say('The certificate of {0} cannot be trusted.', label),
    advice: say('A proxy may be reading the connection. Install its certificate in the system, or ask whoever runs the network.'),
    actions: ['retry', 'show-log'],
  }),
  timeout: ({ label }) => ({
    title: say('{0} did not answer in time.', label),
    advice: say('The service may be busy. Try again in a moment.'),
    actions: ['retry', 'status-page'],
  }),
  redirected: ({ label, baseUrl }) => ({
    title: say('{0} redirected the request elsewhere.', label),
    advice: say('The key was not sent there. If the service has moved, change the base address {0} in the settings.', baseUrl),
    actions: ['open-settings', 'retry'],
  }),
  'not-an-api': ({ label, baseUrl }) => ({
    title: say('A web page came instead of an answer from {0}.', label),
    advice: say('Sign in to your network or proxy and try again, or check the base address {0} in the settings.', baseUrl),
    actions: ['retry', 'open-settings', 'show-log'],
  }),
  unreadable: ({ label }) => ({
    title: say('Part of the answer from {0} could not be read.', label),
    advice: say('What came before is kept. Try again.'),
    actions: ['retry', 'show-log'],
  }),
  'too-large': ({ label }) => ({
    title: say('The answer from {0} is too large.', label),
    advice: say('What came before is kept. Ask for less at a time.'),
    actions: ['retry', 'show-log'],
  }),
  cut: ({ label }) => ({
    title: say('The connection to {0} broke off.', label),
    advice: say('What came is kept. Continue from there, or try again.'),
    actions: ['continue', 'retry'],
  }),
  empty: ({ label }) => ({
    title: say('{0} sent an empty answer.', label),
    advice: say('This happens when the service is overloaded. Try again.'),
    actions: ['retry', 'status-page', 'choose-model'],
  }),
};
