import * as vscode from 'vscode';
import type { KeyState } from '../../core/keys/keyStore.ts';
import { mostItCosts } from '../../core/models/cost.ts';
import { probe } from '../../core/probe/probe.ts';
import { probesCostAtMost } from '../../core/probe/questions.ts';
import { differences, nameOf, reportOf } from '../../core/probe/report.ts';
import { dialectFrom, probeIds, type ProbeResult } from '../../core/probe/result.ts';
import { createTransport } from '../../core/probe/transport.ts';
import { findModel, type ProviderSpec } from '../../core/providers/spec.ts';
import { inMoney } from '../../protocol/money.ts';
import { localise } from '../localise.ts';
import { addLocalServers } from '../localServers.ts';
import { confirm, foreign, pick, tell, whileWaiting, type Choice } from '../messages.ts';
import { readOwnEndpoints, storeDialect } from '../settings.ts';
import type { Command, CommandContext } from './command.ts';

/** Milliseconds for one small request: a server on this machine may have to load its model first. */
const patience = 60_000;

/** Takes a service's id; without one the person picks. */
export const checkEndpoint: Command = {
  id: 'rivulet.checkEndpoint',
  async run(context, service) {
    const provider = await pickEndpoint(context, service);
    if (provider === 'local') return addLocalServers(context.services);
    if (provider === undefined) return;
    const key = await context.keys.state(provider);
    if (key.kind === 'none' || key.kind === 'other-origin') return askForKey(provider);
    const model = await pickModel(provider);
    if (model === undefined || !(await consents(provider, model))) return;
    const results = await runProbes(provider, model, key);
    if (results === undefined) return;
    const checked = { label: provider.label, baseUrl: provider.baseUrl, model, at: Date.now() };
    await context.documents.show(`/${vscode.l10n.t('Check')}/${provider.id}.md`, () => reportOf(checked, results, localise));
    await offerDialect(provider, results);
  },
};

async function pickEndpoint({ services }: CommandContext, id: unknown): Promise<ProviderSpec | 'local' | undefined> {
  const { providers } = services.catalogue();
  const named = providers.find((provider) => provider.id === id);
  if (named !== undefined) return named;
  const own = new Set(ownIds());
  const items = [
    ...providers.filter((provider) => own.has(provider.id)).map(itemOf),
    { icon: 'search', label: vscode.l10n.t('Find local servers'), detail: vscode.l10n.t('Looks for Ollama, LM Studio, llama.cpp and vLLM on this machine.'), value: 'local' as const },
    ...providers.filter((provider) => !own.has(provider.id)).map(itemOf),
  ];
  return (await pick(items, { title: vscode.l10n.t('Check Endpoint'), placeHolder: vscode.l10n.t('Which endpoint?') }))?.value;
}

function itemOf(provider: ProviderSpec): Choice & { readonly value: ProviderSpec | 'local' } {
  return { label: provider.label, description: provider.baseUrl, value: provider };
}

function ownIds(): readonly unknown[] {
  return readOwnEndpoints().map((entry) => (typeof entry === 'object' && entry !== null ? (entry as { readonly id?: unknown }).id : undefined));
}

async function askForKey({ id, label }: ProviderSpec): Promise<void> {
  const set = vscode.l10n.t('Set API key…');
  const answer = await tell('information', vscode.l10n.t('{0} needs a key for this address before it can be checked.', foreign(label)), set);
  if (answer === set) await vscode.commands.executeCommand('rivulet.setApiKey', id);
}

async function pickModel({ label, models }: ProviderSpec): Promise<string | undefined> {
  const names = models.filter(({ retired }) => retired === undefined).map(({ id }) => id);
  if (names.length <= 1) return names[0] ?? models[0]?.id;
  return (await pick(names.map((name) => ({ label: name, name })), { title: vscode.l10n.t('Check Endpoint'), placeHolder: vscode.l10n.t('Which model of {0}?', foreign(label)) }))?.name;
}

/** Nothing is sent before the person has agreed to it, knowing what it costs. */
async function consents(provider: ProviderSpec, model: string): Promise<boolean> {
  const { requests, promptTokens, completionTokens } = probesCostAtMost;
  const cost = mostItCosts(probesCostAtMost, findModel(provider, model).prices);
  return confirm('information', vscode.l10n.t('Check {0} with about ten small requests?', foreign(provider.label)), {
    detail: [
      vscode.l10n.t('At most {0} requests go to {1}, with {2} tokens in and {3} out in all.', requests, foreign(provider.baseUrl), promptTokens, completionTokens),
      cost === undefined ? vscode.l10n.t('What they cost is not known.') : vscode.l10n.t('They cost at most {0}.', inMoney(cost.amount, cost.currency, vscode.env.language)),
      vscode.l10n.t('They hold nothing of yours.'),
    ].join(' '),
    button: vscode.l10n.t('Send'),
  });
}

/** The results, or undefined when the person has cancelled. */
async function runProbes(provider: ProviderSpec, model: string, state: KeyState): Promise<readonly ProbeResult[] | undefined> {
  const key = state.kind === 'key' ? state.key : undefined;
  return whileWaiting(vscode.l10n.t('Checking {0}', foreign(provider.label)), { cancellable: true }, async ({ report, signal }) => {
    const results: ProbeResult[] = [];
    try {
      const transport = createTransport({ baseUrl: provider.baseUrl, key, timeoutMs: patience, signal });
      for await (const result of probe(transport, { model, key })) {
        results.push(result);
        report(localise(nameOf(result.id)), 100 / probeIds.length);
      }
      return results;
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  });
}

/** Writes what was found into the person's own entry, once they have seen what changes and agreed. */
async function offerDialect(provider: ProviderSpec, results: readonly ProbeResult[]): Promise<void> {
  if (!ownIds().includes(provider.id)) return;
  const label = foreign(provider.label);
  const found = dialectFrom(results);
  // Where nothing could be found out there is nothing to say beside the report.
  if (Object.keys(found).length === 0) return;
  const { changed, lines } = differences(found, { ...provider.dialect });
  if (lines.length === 0) {
    await tell('information', vscode.l10n.t('Rivulet speaks to {0} as it wants to be spoken to: nothing needs to change.', label));
    return;
  }
  const review = vscode.l10n.t('Show the changes…');
  if ((await tell('information', vscode.l10n.t('{0} wants to be spoken to differently. Ways: {1}', label, lines.length), review)) !== review) return;
  const agrees = await confirm('information', vscode.l10n.t('Change the dialect of {0} in rivulet.endpoints?', label), {
    detail: [...lines, '', vscode.l10n.t('The rest of the entry stays as it is.')].join('\n'),
    button: vscode.l10n.t('Write to settings'),
  });
  if (agrees) await storeDialect(provider.id, changed);
}
