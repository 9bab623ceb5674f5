import * as vscode from 'vscode';
import { comparePrefixes } from '../core/inspect/comparePrefixes.ts';
import { curlOf } from '../core/inspect/curl.ts';
import { describeComparison, describeExchanges, requestTitle } from '../core/inspect/describe.ts';
import type { Exchange } from '../core/inspect/exchange.ts';
import type { ExchangeStore } from '../core/inspect/exchangeStore.ts';
import { fixtureOf } from '../core/inspect/fixture.ts';
import { localise } from './localise.ts';
import { confirm, foreign, mention, pick, tell } from './messages.ts';
import type { VirtualDocuments } from './virtualDocuments.ts';

/** What the inspector works with. */
export interface InspectorParts {
  readonly exchanges: ExchangeStore;
  readonly documents: VirtualDocuments;
}

/** Shows the requests of a turn, or of the latest one; of several the person picks the one to begin with. */
export async function openRequests(turnId: string | undefined, parts: InspectorParts): Promise<void> {
  const { exchanges, documents } = parts;
  const turn = turnId ?? exchanges.latestTurn();
  const all = turn === undefined ? [] : exchanges.exchangesOf(turn);
  if (turn === undefined || all.length === 0) return tellThatNothingIsKept();
  const picked = await pickExchange(all);
  if (picked === undefined) return;
  const title = `## ${localise(requestTitle(all.indexOf(picked), all.length))}`;
  await documents.show(`/${turn}/${vscode.l10n.t('Request')}.md`, () => describeExchanges(exchanges.exchangesOf(turn), localise), (text) => Math.max(0, text.split('\n').indexOf(title)));
}

/** Offers what can be done with a request of the turn: copy it, save its answer, compare it with the one before. */
export async function offerActions(turnId: string, parts: InspectorParts): Promise<void> {
  const all = parts.exchanges.exchangesOf(turnId);
  if (all.length === 0) return tellThatNothingIsKept();
  const actions = [
    { icon: 'terminal', label: vscode.l10n.t('Copy as cURL'), run: copyAsCurl },
    { icon: 'save', label: vscode.l10n.t('Save the answer as a fixture…'), run: saveAsFixture },
    { icon: 'diff', label: vscode.l10n.t('Compare with the request before'), run: compareWithBefore },
  ];
  const action = await pick(actions, { title: vscode.l10n.t('Request') });
  const exchange = action && (await pickExchange(all));
  if (exchange !== undefined) await action?.run(exchange, parts);
}

async function tellThatNothingIsKept(): Promise<void> {
  await tell('information', vscode.l10n.t('No request is kept for this: none was sent, or newer ones have taken its place.'));
}

async function pickExchange(all: readonly Exchange[]): Promise<Exchange | undefined> {
  if (all.length === 1) return all[0];
  const items = all.map((exchange, index) => ({
    label: localise(requestTitle(index, all.length)),
    description: [new Date(exchange.startedAt).toLocaleTimeString(vscode.env.language), exchange.response && `HTTP ${exchange.response.status}`].filter(Boolean).join(' · '),
    ...(exchange.end?.error !== undefined && { detail: exchange.end.error }),
    exchange,
  }));
  return (await pick(items, { title: vscode.l10n.t('Which request?') }))?.exchange;
}

async function copyAsCurl(exchange: Exchange): Promise<void> {
  await vscode.env.clipboard.writeText(curlOf(exchange));
  const told = exchange.request.isShortened ? vscode.l10n.t('Copied for bash, zsh and the like. Pictures and videos in it are shortened.') : vscode.l10n.t('Copied for bash, zsh and the like. Set the variable API_KEY before you run it.');
  mention(told);
}

async function saveAsFixture(exchange: Exchange, { exchanges }: InspectorParts): Promise<void> {
  const fixture = await fixtureOf(exchange, exchanges.redactionFor(exchange));
  if ('problem' in fixture) {
    await tell('warning', localise(fixture.problem));
    return;
  }
  const wire = await vscode.window.showSaveDialog({ title: vscode.l10n.t('Save the answer as a fixture…'), filters: { [vscode.l10n.t('Recorded answer')]: ['wire'] } });
  if (wire === undefined) return;
  const expectation = wire.with({ path: `${wire.path.replace(/\.wire$/, '')}.json` });
  if ((await exists(expectation)) && !(await agreesToReplace(expectation))) return;
  const encoder = new TextEncoder();
  await vscode.workspace.fs.writeFile(wire, encoder.encode(fixture.wire));
  await vscode.workspace.fs.writeFile(expectation, encoder.encode(fixture.json));
  await tell('information', vscode.l10n.t('Saved, with what Rivulet makes of it beside it. It holds the whole answer: read it before you share it.'));
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

async function agreesToReplace(uri: vscode.Uri): Promise<boolean> {
  return confirm('warning', vscode.l10n.t('{0} exists already.', foreign(uri.path.replace(/^.*\//, ''))), { button: vscode.l10n.t('Replace') });
}

async function compareWithBefore(exchange: Exchange, { exchanges, documents }: InspectorParts): Promise<void> {
  const before = exchanges.exchangeBefore(exchange);
  const comparison = before && comparePrefixes(before.request.body, exchange.request.body);
  if (comparison === undefined) {
    await tell('information', vscode.l10n.t('There is no request before this one to compare it with.'));
    return;
  }
  await documents.show(`/${exchange.turnId}/${vscode.l10n.t('Comparison')} ${exchange.number}.md`, () => describeComparison(comparison, localise));
}
