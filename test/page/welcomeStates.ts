import type { ViewState } from '../../src/protocol/viewState.ts';
import type { WelcomeChoice, WelcomeView } from '../../src/protocol/welcomeView.ts';
import { readyModel, stateWith } from './states.ts';

const stored: WelcomeChoice = { id: 'stored:jiekou', kind: 'stored', serviceLabel: 'jiekou.ai', model: 'deepseek/deepseek-r1-turbo', detail: undefined };
const variable: WelcomeChoice = { id: 'variable:deepseek', kind: 'variable', serviceLabel: 'DeepSeek', model: 'deepseek-v4-pro', detail: 'DEEPSEEK_API_KEY' };
const keyless: WelcomeChoice = { id: 'keyless:lab', kind: 'keyless', serviceLabel: 'The machine of the laboratory', model: 'qwen3-coder-480b-a35b-instruct', detail: undefined };
const server: WelcomeChoice = { id: 'server:ollama', kind: 'server', serviceLabel: 'Ollama', model: 'qwen3:8b', detail: 'http://127.0.0.1:11434/v1' };

/** A window without a key for the chosen service. */
export function welcomeWith(welcome: WelcomeView): ViewState {
  return stateWith({ model: { ...readyModel, readiness: 'needs-key' }, welcome });
}

/** States of the first run, by the name of their picture. */
export const welcomeStates: Readonly<Record<string, ViewState>> = {
  'welcome-variable': welcomeWith({ choices: [variable], servers: 'unasked' }),
  'welcome-all': welcomeWith({ choices: [variable, stored, keyless, server], servers: 'found' }),
  'welcome-looking': welcomeWith({ choices: [], servers: 'looking' }),
  'welcome-no-servers': welcomeWith({ choices: [], servers: 'none' }),
  'welcome-other-address': stateWith({ model: { ...readyModel, readiness: 'key-for-other-address' } }),
};
