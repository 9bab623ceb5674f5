import type { Confirmation } from '../core/edits/reviews.ts';
import { localise } from './localise.ts';
import { confirm, localiseForeign } from './messages.ts';

/** Asks in a dialog of VS Code's own, which no page can answer. */
export async function confirmByHost({ text, details, yes }: Confirmation): Promise<boolean> {
  return confirm('warning', localiseForeign(text), { detail: details.map(localiseForeign).join('\n'), button: localise(yes) });
}
