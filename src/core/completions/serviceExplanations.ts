import { say, type LocalText } from '../../protocol/localText.ts';
import type { Circumstances, Explanations } from './explainError.ts';
import { waitFor } from './refusalExplanations.ts';

type Failures = 'server' | 'loading' | 'timeout' | 'gateway-timeout' | 'call-failed' | 'not-an-api' | 'unreadable' | 'too-large' | 'cut' | 'empty';

/** What to say when the service took the request and failed at it. */
export const serviceExplanations: Explanations<Failures> = {
  server: ({ label, error }) => ({
    title: say('{0} is having problems.', label),
    advice: waitFor(error) ?? say('Try again in a moment. If it lasts, look at its status page or choose another model.'),
    actions: ['continue', 'retry', 'status-page', 'choose-model'],
  }),
  loading: ({ label, model }) => ({
    title: say('{0} is still loading the model {1}.', label, model),
    advice: say('A large model takes minutes. Try again when it is there.'),
    actions: ['continue', 'retry', 'choose-model'],
  }),
  timeout: (circumstances) => ({
    title: timeoutTitle(circumstances),
    advice: timeoutAdvice(circumstances),
    actions: circumstances.error.facts.timeout?.clock === 'whole' ? ['continue', 'retry', 'model-settings', 'open-settings'] : ['continue', 'retry', 'status-page', 'open-settings'],
  }),
  'gateway-timeout': ({ label }) => ({
    title: say('A gateway in front of {0} lost patience.', label),
    advice: say('The service took too long for it. Try again, or ask for less at a time.'),
    actions: ['continue', 'retry', 'status-page', 'choose-model'],
  }),
  'call-failed': ({ label }) => ({
    title: say('The model wrote a tool call that {0} could not read.', label),
    advice: say('Nothing was run. Try again: the next attempt usually succeeds.'),
    actions: ['continue', 'retry', 'choose-model'],
  }),
  'not-an-api': ({ label, baseUrl }) => ({
    title: say('A web page came instead of an answer from {0}.', label),
    advice: say('Sign in to your network or proxy and try again, or check the base address {0} in the settings.', baseUrl),
    actions: ['continue', 'retry', 'open-settings', 'show-log'],
  }),
  unreadable: ({ label }) => ({
    title: say('Part of the answer from {0} could not be read.', label),
    advice: say('What came before is kept. Try again.'),
    actions: ['continue', 'retry', 'show-log'],
  }),
  'too-large': ({ label }) => ({
    title: say('The answer from {0} is too large.', label),
    advice: say('What came before is kept. Ask for less at a time.'),
    actions: ['continue', 'retry', 'show-log'],
  }),
  cut: ({ label, kept }) => ({
    title: say('The connection to {0} broke off.', label),
    advice: kept ? say('What came is kept. Continue from there, or try again.') : say('Nothing of the answer had come yet. Try again.'),
    actions: ['continue', 'retry', 'status-page'],
  }),
  empty: ({ label }) => ({
    title: say('{0} sent an empty answer.', label),
    advice: say('This happens when the service is overloaded. Try again.'),
    actions: ['continue', 'retry', 'status-page', 'choose-model'],
  }),
};

function timeoutTitle({ label, error, kept }: Circumstances): LocalText {
  const { timeout } = error.facts;
  if (timeout === undefined) return say('{0} did not answer in time.', label);
  if (timeout.clock !== 'waiting') return say('Nothing at all came from {0} for {1} seconds.', label, timeout.seconds);
  return kept
    ? say('{0} kept the connection alive but did not go on with its answer for {1} seconds.', label, timeout.seconds)
    : say('{0} kept the connection alive but did not begin to answer for {1} seconds.', label, timeout.seconds);
}

function timeoutAdvice({ error, kept }: Circumstances): LocalText {
  switch (error.facts.timeout?.clock) {
    case undefined:
      return say('The service may be busy. Try again in a moment.');
    case 'silence':
      return kept
        ? say('What came is kept: continue from there, or try again. The setting rivulet.timeouts.silence says how long to wait.')
        : say('The connection may be dead, or the service overloaded. Try again. The setting rivulet.timeouts.silence says how long to wait.');
    case 'whole':
      return say('Without stream an answer comes only when it is finished. Switch stream on in the model settings, or wait longer with the setting rivulet.timeouts.waiting.');
    case 'waiting':
      return kept
        ? say('What came is kept: continue from there, or try again. The setting rivulet.timeouts.waiting says how long to wait.')
        : say('Its queue may be long. Try again later, or wait longer with the setting rivulet.timeouts.waiting.');
  }
}
