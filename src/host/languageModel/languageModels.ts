import * as vscode from 'vscode';
import type { SpentToday } from '../../core/chat/today.ts';
import { estimateTokens } from '../../core/context/tokens.ts';
import type { ExchangeStore } from '../../core/inspect/exchangeStore.ts';
import type { KeyState, KeyStore } from '../../core/keys/keyStore.ts';
import type { Access, AccessPolicy } from '../../core/languageModel/access.ts';
import { findOffered, offeredModels, type OfferedModel } from '../../core/languageModel/offeredModels.ts';
import type { ReasoningMemory } from '../../core/languageModel/reasoningMemory.ts';
import type { Clock, Log } from '../../core/ports.ts';
import type { ProviderSpec } from '../../core/providers/spec.ts';
import type { Services } from '../services.ts';
import { modelInformation } from './modelInformation.ts';
import { wordsOf } from './parts.ts';
import { respond } from './respond.ts';

export interface LanguageModelsParts {
  readonly services: Services;
  readonly keys: KeyStore;
  readonly access: Access;
  readonly policy: () => AccessPolicy;
  readonly memory: ReasoningMemory;
  readonly today: SpentToday;
  readonly exchanges: ExchangeStore;
  readonly clock: Clock;
  readonly log: Log;
  /** This extension's own id. */
  readonly own: string;
  /** Asks the person for the key of a service that they pick. */
  readonly askForKey: () => Promise<void>;
}

/** How long the services' lists of models are waited for, in milliseconds. */
const listsMs = 5000;

/** Our models as VS Code's: in its pickers, and for extensions that the person lets. */
export function createLanguageModels(parts: LanguageModelsParts): vscode.LanguageModelChatProvider {
  const { services, keys, policy, log, askForKey } = parts;

  async function withKeys(): Promise<readonly { readonly provider: ProviderSpec; readonly key: KeyState }[]> {
    return Promise.all(
      services.catalogue().providers.map(async (provider) => {
        const key = await keys.state(provider).catch((error: unknown): KeyState => {
          log.error(`The key store did not answer: ${String(error)}`);
          return { kind: 'none' };
        });
        return { provider, key };
      }),
    );
  }

  const offered = async (): Promise<readonly OfferedModel[]> => offeredModels(await withKeys(), services.choice());

  return {
    onDidChangeLanguageModelChatInformation: services.lists.onDidChange,
    async provideLanguageModelChatInformation({ silent }, token) {
      if (policy() === 'off') return [];
      if (!silent) {
        if ((await offered()).length === 0) await askForKey();
        // Only a person's question sends anything: whoever asks in silence gets what is known.
        await listed(services, token);
      }
      return (await offered()).map(modelInformation);
    },
    async provideLanguageModelChatResponse({ id }, messages, options, progress, token) {
      const choice = findOffered(services.catalogue().providers, id);
      if (choice === undefined) throw vscode.LanguageModelError.NotFound(vscode.l10n.t('There is no service named {0}.', id.split('/')[0] ?? ''));
      await respond({ choice, messages, options, progress, token }, parts);
    },
    async provideTokenCount(_, text) {
      return estimateTokens(typeof text === 'string' ? text : wordsOf(text));
    },
  };
}

async function listed(services: Services, token: vscode.CancellationToken): Promise<void> {
  const controller = new AbortController();
  const listening = token.onCancellationRequested(() => controller.abort());
  const timer = setTimeout(() => controller.abort(), listsMs);
  try {
    await Promise.all(services.catalogue().providers.map(async (provider) => services.lists.refresh(provider, controller.signal)));
  } finally {
    clearTimeout(timer);
    listening.dispose();
  }
}
