import * as vscode from 'vscode';
import { CompletionError } from '../../core/completions/completionError.ts';
import { explainError } from '../../core/completions/explainError.ts';
import { fetchBalance, type Account, type Balance } from '../../core/models/balance.ts';
import type { ProviderSpec } from '../../core/providers/spec.ts';
import { inMoney } from '../../protocol/money.ts';
import { foreign, localiseForeign, tell, whileWaiting } from '../messages.ts';
import type { Command, CommandContext } from './command.ts';
import { pickService } from './pickService.ts';

export const showBalance: Command = {
  id: 'rivulet.showBalance',
  async run(context, service) {
    const providers = context.services.catalogue().providers.filter(({ balancePath }) => balancePath !== undefined);
    const provider = await pickService(providers, service ?? likeliest(providers, context.services.choice().provider.id), vscode.l10n.t('Show Balance'));
    if (provider !== undefined) await showBalanceOf(provider, context);
  },
};

/** The service that the person is using, or the only one there is. */
function likeliest(providers: readonly ProviderSpec[], present: string): string | undefined {
  return providers.length === 1 ? providers[0]?.id : providers.find(({ id }) => id === present)?.id;
}

async function showBalanceOf(provider: ProviderSpec, context: CommandContext): Promise<void> {
  const { topUpUrl } = provider;
  const label = foreign(provider.label);
  try {
    const balance = await whileWaiting(vscode.l10n.t('Asking {0} for the balance…', label), { cancellable: true }, async ({ signal }) => balanceOf(provider, context, signal));
    if (balance === undefined) return;
    const topUp = topUpUrl === undefined ? [] : [vscode.l10n.t('Top up balance')];
    const accounts = foreign(balance.accounts.slice(0, 20).map(inWords).join('; '));
    const chosen = balance.isEnough
      ? await tell('information', vscode.l10n.t('Balance at {0}: {1}', label, accounts), ...topUp)
      : await tell('warning', vscode.l10n.t('Balance at {0}: {1}. That is too little to ask anything.', label, accounts), ...topUp);
    if (chosen !== undefined) await open(topUpUrl);
  } catch (error) {
    if (!(error instanceof CompletionError)) throw error;
    context.log.warn(`The balance at ${provider.id} could not be read: ${error.kind} ${error.message.slice(0, 300)}`);
    await showProblem(error, provider, context);
  }
}

/** Undefined when the person did not wait for it. */
async function balanceOf(provider: ProviderSpec, { keys }: CommandContext, signal: AbortSignal): Promise<Balance | undefined> {
  const { baseUrl, balancePath, label } = provider;
  const state = await keys.state(provider);
  if (balancePath === undefined) return undefined;
  if (state.kind === 'none') throw new CompletionError('no-key', `No key is stored for ${label}.`);
  if (state.kind === 'other-origin') throw new CompletionError('other-origin', `The stored key was given for ${state.origin}, not for ${baseUrl}.`);
  try {
    return await fetchBalance({ baseUrl, path: balancePath, key: state.kind === 'key' ? state.key : undefined }, signal);
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

async function showProblem(error: CompletionError, provider: ProviderSpec, context: CommandContext): Promise<void> {
  const { title, advice, actions } = explainError(error, provider, '');
  const again = vscode.l10n.t('Try again');
  const setKey = vscode.l10n.t('Set API key…');
  const showLog = vscode.l10n.t('Show log');
  const buttons = [...(actions.includes('set-key') ? [setKey] : []), ...(error.kind === 'no-key' ? [] : [again, showLog])];
  // What is advised where there is no key speaks of the question that waits in the chat.
  const words = error.kind === 'no-key' ? localiseForeign(title) : vscode.l10n.t('{0} {1}', localiseForeign(title), localiseForeign(advice));
  switch (await tell('warning', words, ...buttons)) {
    case setKey:
      await vscode.commands.executeCommand('rivulet.setApiKey', provider.id);
      if ((await context.keys.state(provider)).kind === 'key') await showBalanceOf(provider, context);
      return;
    case again:
      return showBalanceOf(provider, context);
    case showLog:
      return context.log.channel.show();
    default:
  }
}

function inWords({ currency, total, granted, paidIn }: Account): string {
  const money = (amount: number): string => inMoney(amount, currency, vscode.env.language);
  if (granted === undefined || paidIn === undefined || granted === 0) return money(total);
  return vscode.l10n.t('{0} ({1} granted, {2} paid in)', money(total), money(granted), money(paidIn));
}

async function open(url: string | undefined): Promise<void> {
  if (url !== undefined) await vscode.env.openExternal(vscode.Uri.parse(url));
}
