import type { LocalText } from '../../protocol/localText.ts';
import { originOf } from '../completions/endpoint.ts';
import type { ParameterValues } from '../providers/spec.ts';

/** A key as a configuration has it: written out, or as the name of a variable in which it is kept. */
export type FoundKey = { readonly kind: 'written'; readonly key: string } | { readonly kind: 'variable'; readonly name: string };

/** A model of a service as another tool knows it. */
export interface FoundModel {
  readonly id: string;
  readonly contextTokens?: number;
  readonly tools?: boolean;
  /** What the tool sends to it, by the names that chat/completions has for it. */
  readonly defaults?: ParameterValues;
}

/** A service that another tool uses and that speaks chat/completions. */
export interface FoundService {
  /** Http or https, without a slash at the end: {@link serviceAddress} has made it. */
  readonly baseUrl: string;
  /** The service's own name when the address is the one it is known by; otherwise the host. Never what the file calls it. */
  readonly label: string;
  /** Never none. */
  readonly models: readonly FoundModel[];
  readonly key: FoundKey | undefined;
}

/** A prompt, or a rule, which the other tool sends with every question. */
export interface FoundPrompt {
  readonly kind: 'prompt' | 'rule';
  /** What can stand behind a slash. */
  readonly name: string;
  readonly text: string;
  /** It came with the workspace: its words are not the person's. */
  readonly isOfWorkspace?: true;
}

/** What was read from one file of another tool. */
export interface Found {
  readonly services: readonly FoundService[];
  readonly prompts: readonly FoundPrompt[];
  /** The model that the tool was last used with, or begins with. */
  readonly chosen?: { readonly baseUrl: string; readonly model: string };
  /** What is there and cannot be used, and why. */
  readonly problems: readonly LocalText[];
}

/** The most that is taken of a file: characters of it, entries of a list, characters of a prompt. */
export const mostFound = { characters: 1_048_576, entries: 200, prompt: 65_536 } as const;

/** The base address as it is written to settings, or undefined when nothing could be sent there. */
export function serviceAddress(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > 2000 || originOf(trimmed) === undefined) return undefined;
  const url = new URL(trimmed);
  return `${url.origin}${withoutEnd(withoutEnd(url.pathname, '/'), '/chat/completions')}`;
}

/** Whether two base addresses lead to the same place on the same machine. */
export function isSameAddress(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(address: string): string {
  return withoutEnd(address, '/').replace('//localhost:', '//127.0.0.1:');
}

/** From behind, so that each character is looked at once: an expression for it begins anew at each slash of a row. */
function withoutEnd(text: string, end: string): string {
  let length = text.length;
  while (text.endsWith(end, length)) length -= end.length;
  return text.slice(0, length);
}

/** The end of a key by which its owner knows it: four characters of a long one, none of a short one. */
export function tailOf(key: string): string {
  return key.length < 16 ? '…' : `…${key.slice(-4)}`;
}
