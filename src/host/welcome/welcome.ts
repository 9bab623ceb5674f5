import * as vscode from 'vscode';
import type { ViewStore } from '../../core/chat/viewStore.ts';
import { findChoices } from '../../core/keys/choices.ts';
import { secretName, type KeyStore } from '../../core/keys/keyStore.ts';
import type { Log } from '../../core/ports.ts';
import { endpointEntry, localServerKinds, type LocalServer, type LocalServerKind } from '../../core/probe/localServers.ts';
import type { WelcomeChoice, WelcomeView } from '../../protocol/welcomeView.ts';
import { addServer, lookForServers } from '../localServers.ts';
import { foreign, mention } from '../messages.ts';
import type { Services } from '../services.ts';
import { onSettings, storeModel } from '../settings.ts';
import { takeOverKey } from './takeOverKey.ts';
import { platform } from '../platform/current.ts';

/** What the welcome works with. */
export interface WelcomeParts {
  readonly services: Services;
  readonly keys: KeyStore;
  readonly store: ViewStore;
  readonly secrets: vscode.SecretStorage;
  readonly log: Log;
  /** Leads to the composer, once there is a model that can be asked. */
  readonly focus: () => Promise<void>;
  readonly kinds?: readonly LocalServerKind[];
}

/** Finds ways to a first answer: keys that are kept already, keys of the environment, and servers of this machine when asked to look. */
export interface Welcome extends vscode.Disposable {
  /** Takes a choice of the view; one that is no longer there does nothing. */
  take(id: string): Promise<void>;
  findServers(): Promise<void>;
}

export function createWelcome({ services, keys, store, secrets, log, focus, kinds = localServerKinds }: WelcomeParts): Welcome {
  let servers: readonly LocalServer[] = [];
  let search: WelcomeView['servers'] = 'unasked';
  let latest = 0;

  const refresh = async (): Promise<void> => {
    const mine = (latest += 1);
    const { provider, model, unknownService } = services.choice();
    const state = await services.keyOf(services.choice());
    const isReady = unknownService === undefined && (state.kind === 'key' || state.kind === 'not-needed');
    const choices = isReady ? [] : [...(await findChoices({ providers: services.catalogue().providers, chosen: { service: provider.id, model }, keys, variable })), ...servers.map(choiceOf)];
    if (mine !== latest) return;
    const welcome: WelcomeView = { choices, servers: search };
    if (JSON.stringify(welcome) !== JSON.stringify(store.state.welcome)) store.publish({ type: 'welcome-changed', welcome });
  };
  const start = (): void => {
    refresh().catch((error: unknown) => log.error(`What there is to begin with could not be found: ${String(error)}`));
  };

  const takeServer = async (server: LocalServer): Promise<void> => {
    const taken = services.catalogue().providers.map(({ id }) => id);
    const entry = endpointEntry(server, taken);
    await addServer(entry);
    servers = servers.filter((each) => each !== server);
    await storeModel(entry.id, server.models[0] ?? '');
    mention(vscode.l10n.t('{0} was added to rivulet.endpoints, without a key.', foreign(server.kind.label)));
  };

  const takeStored = async (choice: WelcomeChoice): Promise<boolean> => {
    const service = choice.id.slice(choice.id.indexOf(':') + 1);
    const provider = services.catalogue().providers.find(({ id }) => id === service);
    if (provider === undefined) return false;
    if (choice.kind === 'variable' && !(await takeOverKey(provider, variable, { keys, log }))) return false;
    if (services.choice().provider.id !== service) await storeModel(service, choice.model);
    return true;
  };

  const subscriptions = [
    onSettings(start),
    secrets.onDidChange(({ key }) => {
      if (key.startsWith(secretName({ id: '' }))) start();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(start),
  ];
  start();
  return {
    async take(id) {
      const choice = store.state.welcome.choices.find((each) => each.id === id);
      if (choice === undefined) return;
      const server = servers.find((each) => choiceOf(each).id === id);
      if (server !== undefined) await takeServer(server);
      else if (!(await takeStored(choice))) return;
      await focus();
    },
    async findServers() {
      search = 'looking';
      await refresh();
      servers = await lookForServers(services, kinds);
      search = servers.length === 0 ? 'none' : 'found';
      await refresh();
    },
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

/** The environment belongs to who started the editor, but a window that is not trusted gets nothing of it. */
function variable(name: string): string | undefined {
  return vscode.workspace.isTrusted ? platform().variable?.(name) : undefined;
}

function choiceOf({ kind, baseUrl, models }: LocalServer): WelcomeChoice {
  return { id: `server:${kind.id}`, kind: 'server', serviceLabel: kind.label, model: models[0] ?? '', detail: baseUrl };
}
