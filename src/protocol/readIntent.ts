import * as v from 'valibot';
import type { Intent } from './messages.ts';
import { toHostSchemas } from './toHostSchemas.ts';

/** A message of the page as an intent, or in English why it is none. Nothing but own names of the table are types. */
export function readIntent(message: unknown): Intent | { readonly refused: string } {
  const type: unknown = typeof message === 'object' && message !== null ? (message as { type?: unknown }).type : undefined;
  if (typeof type !== 'string' || !Object.hasOwn(toHostSchemas, type)) return { refused: 'its type is not known' };
  const result = v.safeParse(toHostSchemas[type as keyof typeof toHostSchemas], message);
  if (result.success) return result.output;
  return { refused: `${type}: ${result.issues.map((issue) => `${v.getDotPath(issue) ?? 'message'}: ${issue.message}`).join('; ')}` };
}
