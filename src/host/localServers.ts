import * as vscode from 'vscode';
import { endpointEntry, findLocalServers, localServerKinds, type LocalServer, type LocalServerKind } from '../core/probe/localServers.ts';
import { readEndpoint } from '../core/providers/endpoint.ts';
import { foreign, pick, tell, whileWaiting, type Choice } from './messages.ts';
import type { Services } from './services.ts';
import { readOwnEndpoints, storeEndpoints, storeModel } from './settings.ts';

/** How long a port may take to answer, in milliseconds: one on this machine that does not has no server behind it. */
const patience = 500;

/**
 * Looks for servers on this machine and makes those that the person picks services without a key. Runs only when the
 * person has asked for it.
 */
export async function addLocalServers(services: Services, kinds: readonly LocalServerKind[] = localServerKinds): Promise<void> {
  const found = await whileWaiting(vscode.l10n.t('Looking for servers on this machine…'), { cancellable: false }, async ({ signal }) => findLocalServers(kinds, { timeoutMs: patience, signal }));
  const fresh = notYetKnown(services, found);
  if (fresh.length === 0) {
    await tell(
      'information',
      found.length === 0
        ? vscode.l10n.t('No server answered on this machine. Start {0}, then look again.', new Intl.ListFormat(vscode.env.language, { type: 'disjunction' }).format(kinds.map(({ label }) => label)))
        : vscode.l10n.t('Every server that answered on this machine is in rivulet.endpoints already.'),
    );
    return;
  }
  const picked = await pick(fresh.map(itemOf), {
    title: vscode.l10n.t('Servers on this machine'),
    placeHolder: vscode.l10n.t('Which one do you want to add?'),
  });
  if (picked !== undefined) await add(picked.server, services.catalogue().providers.map(({ id }) => id));
}

/** The servers on this machine that are no services yet. Runs only when the person has asked for it. */
export async function lookForServers(services: Services, kinds: readonly LocalServerKind[]): Promise<readonly LocalServer[]> {
  return notYetKnown(services, await findLocalServers(kinds, { timeoutMs: patience, signal: new AbortController().signal }));
}

function notYetKnown(services: Services, found: readonly LocalServer[]): readonly LocalServer[] {
  const known = services.catalogue().providers.map(({ baseUrl }) => baseUrl.replace(/\/+$/, '').replace('//localhost:', '//127.0.0.1:'));
  return found.filter(({ baseUrl }) => !known.includes(baseUrl));
}

/** Makes a service of an entry that {@link endpointEntry} has made. */
export async function addServer(entry: object): Promise<void> {
  const read = readEndpoint(entry);
  if ('problem' in read) throw new Error(read.problem);
  await storeEndpoints([...readOwnEndpoints(), entry]);
}

function itemOf(server: LocalServer): Choice & { readonly server: LocalServer } {
  const { kind, baseUrl, models } = server;
  return { label: kind.label, description: baseUrl, detail: models.slice(0, 5).join(', '), server };
}

async function add(server: LocalServer, taken: readonly string[]): Promise<void> {
  const entry = endpointEntry(server, taken);
  await addServer(entry);
  const use = vscode.l10n.t('Use {0}', foreign(server.models[0] ?? ''));
  const answer = await tell('information', vscode.l10n.t('{0} was added to rivulet.endpoints, without a key.', server.kind.label), use);
  if (answer === use) await storeModel(entry.id, server.models[0] ?? '');
}
