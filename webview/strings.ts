import { fillIn, type LocalText } from '../src/protocol/localText.ts';

let table: Readonly<Record<string, string>> = {};

/** Takes the translations, English message to translated one; whatever is missing or no string stays English. */
export function setStrings(translations: unknown): void {
  if (typeof translations !== 'object' || translations === null) return;
  table = Object.fromEntries(
    Object.entries(translations).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** A sentence of the page in the person's language. The message must be a literal: a test collects it. */
export function t(message: string, ...args: readonly (string | number)[]): string {
  return fillIn(translated(message), args);
}

/** A sentence that came over the wall, in the person's language. */
export function tr(text: LocalText): string {
  return fillIn(translated(text.message), text.args);
}

function translated(message: string): string {
  // A plain record answers `constructor` too, hence the check for an own property.
  return Object.hasOwn(table, message) ? (table[message] ?? message) : message;
}
