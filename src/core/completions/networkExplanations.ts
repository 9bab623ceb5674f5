import { say } from '../../protocol/localText.ts';
import type { Explanations } from './explainError.ts';

type NetworkTroubles = 'unreachable' | 'cross-origin' | 'no-such-host' | 'refused' | 'reset' | 'proxy' | 'not-https' | 'certificate' | 'certificate-expired' | 'certificate-untrusted' | 'certificate-name';

/** What to say when no answer came at all; that an earlier attempt had one is another matter. */
export const networkExplanations: Explanations<NetworkTroubles> = {
  unreachable: ({ label, baseUrl }) => ({
    title: say('{0} could not be reached.', label),
    advice: say('Check the network, the proxy settings of VS Code, and that something answers at {0}.', baseUrl),
    actions: ['continue', 'retry', 'open-settings', 'show-log'],
  }),
  'cross-origin': ({ label, baseUrl }) => ({
    title: say('The browser let no answer of {0} through.', label),
    advice: say('A browser hands on only the answers of services that allow other origins (CORS). If it is a server of your own, allow this one there (Ollama: OLLAMA_ORIGINS); otherwise use VS Code on the desktop or with a remote machine. It may also be that nothing answers at {0}.', baseUrl),
    actions: ['continue', 'retry', 'choose-model', 'open-settings', 'show-log'],
  }),
  'no-such-host': ({ label, baseUrl }) => ({
    title: say('The host of {0} was not found.', label),
    advice: say('Check that you are online, then the spelling of the base address {0} in the settings.', baseUrl),
    actions: ['continue', 'retry', 'open-settings', 'show-log'],
  }),
  refused: ({ label, baseUrl }) => ({
    title: say('Nothing answers at the address of {0}.', label),
    advice: say('If it runs on your own machine or network, start it; else check the base address {0} in the settings.', baseUrl),
    actions: ['continue', 'retry', 'open-settings', 'show-log'],
  }),
  reset: ({ label, kept }) => ({
    title: kept ? say('The connection to {0} was closed.', label) : say('The connection to {0} was closed before an answer came.', label),
    advice: say('The service may be restarting, or a firewall may be in the way. Try again.'),
    actions: ['continue', 'retry', 'status-page', 'show-log'],
  }),
  proxy: ({ label }) => ({
    title: say('The proxy did not let the request to {0} through.', label),
    advice: say('Check the setting http.proxy of VS Code, and whether the proxy wants you to sign in.'),
    actions: ['continue', 'retry', 'show-log'],
  }),
  'not-https': ({ label, baseUrl }) => ({
    title: say('{0} does not speak https at this address.', label),
    advice: say('A server on your own machine often speaks http only: check the base address {0} in the settings.', baseUrl),
    actions: ['continue', 'open-settings', 'retry', 'show-log'],
  }),
  certificate: ({ label }) => ({
    title: say('The certificate of {0} cannot be trusted.', label),
    advice: say('A proxy may be reading the connection. Install its certificate in the system, or ask whoever runs the network.'),
    actions: ['continue', 'retry', 'show-log'],
  }),
  'certificate-expired': ({ label }) => ({
    title: say('The certificate of {0} is not valid today.', label),
    advice: say('It has expired, or the clock of this machine is wrong. Check the date; else only whoever runs the server can renew it.'),
    actions: ['continue', 'retry', 'show-log'],
  }),
  'certificate-untrusted': ({ label }) => ({
    title: say('The certificate of {0} was issued by somebody this machine does not know.', label),
    advice: say('A proxy may be reading the connection, or the server signed it itself. Install the certificate of the issuer in the system, or ask whoever runs the network.'),
    actions: ['continue', 'retry', 'show-log'],
  }),
  'certificate-name': ({ label, baseUrl }) => ({
    title: say('The certificate at the address of {0} belongs to another name.', label),
    advice: say('The base address {0} may be mistyped, or the connection led astray. Nothing was sent.', baseUrl),
    actions: ['continue', 'open-settings', 'retry', 'show-log'],
  }),
};
