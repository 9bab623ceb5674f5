/**
 * A sentence for the person, not yet in their language: the English text is the key into `l10n/`, `{0}`, `{1}` … stand
 * for `args`. Core and host make it, whoever shows it translates it, so that a stored chat follows the display language.
 */
export interface LocalText {
  readonly message: string;
  readonly args: readonly (string | number)[];
}

/** Marks a sentence for translation: `say('{0} refused the key.', label)`. The message must be a literal: a test collects it. */
export function say(message: string, ...args: readonly (string | number)[]): LocalText {
  return { message, args };
}

/** Puts `args` into the `{n}` places of an already translated message; a place without an argument stays as it is. */
export function fillIn(message: string, args: readonly (string | number)[]): string {
  return message.replace(/\{(\d+)\}/g, (place, index: string) => String(args[Number(index)] ?? place));
}
