import * as vscode from 'vscode';
import type { Chat } from '../core/chat/chat.ts';
import { modelView } from '../core/chat/connect.ts';
import { secretName, type KeyState, type KeyStore } from '../core/keys/keyStore.ts';
import type { Log, Workspace } from '../core/ports.ts';
import { withListed } from '../core/models/mergeModels.ts';
import { buildCatalogue, chooseModel, type Catalogue, type ModelChoice } from '../core/providers/catalogue.ts';
import { localise } from './localise.ts';
import type { ModelLists } from './models.ts';
import { onSettings, readSettings } from './settings.ts';

/** Which services there are and which model is chosen, always as the settings have it now. */
export interface Services {
  catalogue(): Catalogue;
  choice(): ModelChoice;
  keyOf(choice: ModelChoice): Promise<KeyState>;
  /** What the services themselves say of their models; the catalogue has it merged in. */
  readonly lists: ModelLists;
}

export function createServices(keys: KeyStore, lists: ModelLists): Services {
  const catalogue = (): Catalogue => {
    const { providers, problems } = buildCatalogue(readSettings());
    return { providers: providers.map((provider) => withListed(provider, lists.known(provider))), problems };
  };
  return {
    lists,
    catalogue,
    choice: () => chooseModel(catalogue().providers, readSettings().model),
    keyOf: async ({ provider }) => keys.state(provider),
  };
}

/** Keeps the chat's model line true while settings, keys (of any window), folders and trust change, and logs settings that cannot be used. */
export function followServices(services: Services, chat: Chat, workspace: Workspace, secrets: vscode.SecretStorage, log: Log): vscode.Disposable {
  let latest = 0;
  const refresh = async (): Promise<void> => {
    const mine = (latest += 1);
    const choice = services.choice();
    const key = await services.keyOf(choice);
    // Of several refreshes under way the last one asked counts.
    if (mine === latest) chat.setModel(modelView(choice, key, workspace));
  };
  const start = (): void => {
    refresh().catch((error: unknown) => log.error(`The key store did not answer: ${String(error)}`));
  };
  const logProblems = (): void => {
    for (const problem of services.catalogue().problems) log.warn(localise(problem));
  };
  logProblems();
  start();
  return vscode.Disposable.from(
    onSettings(() => {
      logProblems();
      start();
    }),
    services.lists.onDidChange(start),
    secrets.onDidChange(({ key }) => {
      if (key.startsWith(secretName({ id: '' }))) start();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(start),
    vscode.workspace.onDidChangeWorkspaceFolders(start),
  );
}
