import { say, type LocalText } from '../../protocol/localText.ts';
import type { CompletionError } from './completionError.ts';
import type { Explanations } from './explainError.ts';

type Refusals =
  | 'no-key' | 'other-origin' | 'unknown-service' | 'unusable-key' | 'bad-key' | 'expired-key' | 'blocked-key' | 'forbidden' | 'content-blocked' | 'quota' | 'rate-limit'
  | 'context-length' | 'bad-request' | 'bad-parameter' | 'parameter-refused' | 'media-refused' | 'tools-refused' | 'thinking-history'
  | 'unknown-model' | 'reserved-model' | 'responses-only' | 'not-found' | 'redirected';

/** What to say when the request is not taken as it is: repeating it would not help, something has to change first. */
export const refusalExplanations: Explanations<Refusals> = {
  'no-key': ({ label, kept }) => ({
    title: say('There is no API key for {0} yet.', label),
    advice: kept ? say('Set the key, then choose Continue: the answer goes on from where it stopped.') : say('Set the key, then choose Try again: your question is sent once more.'),
    actions: ['continue', 'set-key', 'retry', 'open-key-page'],
  }),
  'other-origin': ({ label }) => ({
    title: say('The API key for {0} was given for another address.', label),
    advice: say('It is not sent to the new one. Set the key again if you trust it, then press Try again.'),
    actions: ['set-key', 'continue', 'retry', 'open-settings'],
  }),
  'unknown-service': ({ label }) => ({
    title: say('There is no service named {0}.', label),
    advice: say('The setting rivulet.model names it, but no entry of rivulet.endpoints that can be used does. Nothing was sent.'),
    actions: ['choose-model', 'open-settings', 'continue', 'retry'],
  }),
  'unusable-key': ({ label }) => ({
    title: say('The API key for {0} holds characters that no key has. Nothing was sent.', label),
    advice: say('A space, a line break or a full-width letter may have been copied along. Set the key again, then choose Try again.'),
    actions: ['set-key', 'continue', 'retry', 'open-key-page'],
  }),
  'bad-key': ({ label }) => ({
    title: say('{0} did not accept the API key.', label),
    advice: say('It may be mistyped, expired or revoked. Set a new one and try again.'),
    actions: ['set-key', 'continue', 'retry', 'open-key-page'],
  }),
  'expired-key': ({ label }) => ({
    title: say('{0} says that the API key has expired or is wrong.', label),
    advice: say('Get a new key, set it, and try again.'),
    actions: ['set-key', 'open-key-page', 'continue', 'retry'],
  }),
  'blocked-key': ({ label }) => ({
    title: say('{0} has blocked this API key.', label),
    advice: say('Only the service can lift the block: the details say why. Another key or another service may work.'),
    actions: ['set-key', 'open-key-page', 'choose-model', 'continue', 'retry'],
  }),
  forbidden: ({ label }) => ({
    title: say('{0} refused the request.', label),
    advice: say('The key may not be allowed to use this model, or the content was blocked. The details say more.'),
    actions: ['choose-model', 'set-key', 'continue', 'retry'],
  }),
  'content-blocked': ({ label }) => ({
    title: say('The content filter of {0} blocked the request.', label),
    advice: say('Word the question differently, or start a new chat: the whole conversation is looked at.'),
    actions: ['new-chat', 'choose-model', 'retry'],
  }),
  quota: ({ label, error }) => ({
    title: say('The balance at {0} is used up.', label),
    // jiekou.ai's FAQ: a 403 of this kind may be its limit on requests or tokens a minute (docs/servers.md §3).
    advice: error.status === 403 ? say('Top up your account there. If it has money left, the service may be limiting how fast you ask: wait a minute, then try again.') : say('Top up your account there, then try again.'),
    actions: ['top-up', 'continue', 'retry', 'choose-model'],
  }),
  'rate-limit': ({ label, error }) => ({
    title: say('{0} is limiting how fast you may ask.', label),
    advice: waitFor(error) ?? say('Wait a moment and try again.'),
    actions: ['continue', 'retry', 'choose-model'],
  }),
  'context-length': ({ model, error }) => ({
    title: say('The chat has become too long for {0}.', model),
    advice: tooLong(error) ?? say('Start a new chat, or choose a model that takes more.'),
    actions: ['new-chat', 'choose-model', 'retry'],
  }),
  'bad-request': ({ label }) => ({
    title: say('{0} did not understand the request.', label),
    advice: say('The details tell what it objects to. Another model may take it, or a new chat.'),
    actions: ['new-chat', 'choose-model', 'retry'],
  }),
  'bad-parameter': ({ label, error }) => ({
    title: say('A parameter set for {0} does not fit. Nothing was sent.', label),
    advice: error.text ?? say('The details name it and what it may be. Correct it in the model settings.'),
    actions: ['model-settings', 'continue', 'retry'],
  }),
  'parameter-refused': ({ label, error }) => ({
    title: say('{0} does not take a parameter as it is set.', label),
    advice:
      error.facts.parameter === undefined
        ? say('The details name it. Change or reset it in the model settings, then try again.')
        : say('It objects to {0}. Change or reset it in the model settings, then try again.', error.facts.parameter),
    actions: ['model-settings', 'continue', 'retry', 'choose-model'],
  }),
  'media-refused': ({ model }) => ({
    title: say('{0} does not take pictures or videos.', model),
    advice: say('Send the question without them, or choose a model that can see.'),
    actions: ['resend-without-media', 'choose-model'],
  }),
  'tools-refused': ({ model }) => ({
    title: say('{0} cannot call tools here, and Rivulet offered some.', model),
    advice: say('Choose another model. On an endpoint of your own, set "tools": false for this model in rivulet.endpoints, or start the server with tool calling.'),
    actions: ['choose-model', 'open-settings', 'continue', 'retry'],
  }),
  'thinking-history': ({ label }) => ({
    title: say('{0} misses thoughts of the model from earlier in the chat.', label),
    advice: say('This happens when the model is changed within a chat. Start a new chat, or switch thinking off in the model settings.'),
    actions: ['new-chat', 'model-settings', 'retry'],
  }),
  'unknown-model': ({ label, model, error }) => ({
    title: say('{0} does not offer the model {1}.', label, model),
    advice:
      error.facts.offered === undefined
        ? say('It may be retired or misspelled. Choose another model, then try again.')
        : say('It offers {0}. Choose one of them, then try again.', error.facts.offered.join(', ')),
    actions: ['choose-model', 'continue', 'retry'],
  }),
  'reserved-model': ({ label, model }) => ({
    title: say('{0} reserves the model {1} for its own command-line tool.', label, model),
    advice: say('Other programs cannot use it. Choose another model, then try again.'),
    actions: ['choose-model', 'continue', 'retry'],
  }),
  'responses-only': ({ label, model }) => ({
    title: say('{0} offers {1} only over another interface than the one for chats.', label, model),
    advice: say('Rivulet speaks chat/completions. Choose another model, then try again.'),
    actions: ['choose-model', 'continue', 'retry'],
  }),
  'not-found': ({ label, baseUrl }) => ({
    title: say('{0} has nothing at this address.', label),
    advice: say('Check the base address {0} in the settings.', baseUrl),
    actions: ['open-settings', 'continue', 'retry'],
  }),
  redirected: ({ label, baseUrl }) => ({
    title: say('{0} redirected the request elsewhere.', label),
    advice: say('The key was not sent there. If the service has moved, change the base address {0} in the settings.', baseUrl),
    actions: ['open-settings', 'continue', 'retry'],
  }),
};

/** How long the service asks us to wait, if it does; over two minutes in minutes. */
export function waitFor({ retryAfterMs }: CompletionError): LocalText | undefined {
  if (retryAfterMs === undefined) return undefined;
  const seconds = Math.ceil(retryAfterMs / 1000);
  if (seconds <= 120) return say('It asks you to wait {0} seconds, then try again.', seconds);
  return say('It asks you to wait {0} minutes, then try again.', Math.ceil(seconds / 60));
}

function tooLong({ facts: { context } }: CompletionError): LocalText | undefined {
  if (context === undefined) return undefined;
  if (context.asked === undefined) return say('It takes {0} tokens. Start a new chat, or choose a model that takes more.', context.limit);
  return say('It takes {0} tokens, and the request has {1}. Start a new chat, or choose a model that takes more.', context.limit, context.asked);
}
