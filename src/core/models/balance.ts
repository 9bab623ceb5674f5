import { CompletionError } from '../completions/completionError.ts';
import { asNumber, asObject, asObjects, asText } from '../json.ts';
import { getJson, type Resource } from './getJson.ts';

/** What is left of a person's money at a service. */
export interface Balance {
  /** False when it is too little to ask anything. */
  readonly isEnough: boolean;
  /** One for each currency. */
  readonly accounts: readonly Account[];
}

export interface Account {
  readonly currency: string;
  readonly total: number;
  /** Of the total: given by the service, and paid in by the person. */
  readonly granted: number | undefined;
  readonly paidIn: number | undefined;
}

/** The balance, in the shape of DeepSeek's `GET /user/balance` (amounts are strings, docs/servers.md §2.7). Fails as {@link getJson} does. */
export async function fetchBalance(resource: Resource, signal: AbortSignal): Promise<Balance> {
  const value = asObject(await getJson(resource, signal));
  const accounts = asObjects(value?.['balance_infos']).flatMap((info): readonly Account[] => {
    const currency = asText(info['currency']);
    const total = amountOf(info['total_balance']);
    if (currency === undefined || !/^[A-Z]{3}$/.test(currency) || total === undefined) return [];
    return [{ currency, total, granted: amountOf(info['granted_balance']), paidIn: amountOf(info['topped_up_balance']) }];
  });
  if (accounts.length === 0) throw new CompletionError('unreadable', 'The answer tells of no balance.');
  return { isEnough: value?.['is_available'] !== false, accounts };
}

function amountOf(value: unknown): number | undefined {
  return asNumber(value) ?? (asText(value) === undefined ? undefined : asNumber(Number(value)));
}
