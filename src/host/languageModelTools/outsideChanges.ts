import * as vscode from 'vscode';
import type { ViewStore } from '../../core/chat/viewStore.ts';
import type { BeforeImages } from '../../core/reviews/beforeImages.ts';
import { named } from '../../core/reviews/revertWords.ts';
import type { Confirmation, Reviews } from '../../core/reviews/reviews.ts';
import { say } from '../../protocol/localText.ts';
import { foreign, localiseForeign, pick, tell } from '../messages.ts';

/** What other agents have changed in this window, to be put back as it was. */
export interface OutsideChanges {
  /** Puts back the change that the person picks, or the only one, once they have said yes to its files. */
  revert(): Promise<void>;
}

export interface OutsideChangesParts {
  readonly store: Pick<ViewStore, 'listen'>;
  readonly reviews: Pick<Reviews, 'revert' | 'news'>;
  readonly images: Pick<BeforeImages, 'of'>;
  readonly confirm: (question: Confirmation) => Promise<boolean>;
  readonly now: () => Date;
}

interface MadeChange {
  readonly files: readonly string[];
  readonly at: Date;
}

/** So many files are named in a line. */
const mostNamed = 3;

/** Follows the state that no page shows: what would stand in a turn there is told in notifications. */
export function createOutsideChanges({ store, reviews, images, confirm, now }: OutsideChangesParts): OutsideChanges {
  const made = new Map<string, MadeChange>();

  store.listen((change) => {
    if (change.type === 'item-added' && change.item.kind === 'notice') void tell('warning', localiseForeign(change.item.text));
    if (change.type !== 'turn-changes' || change.changes === undefined) return;
    const { turnId } = change;
    const known = made.get(turnId);
    if (change.changes.state === 'kept') {
      made.set(turnId, { files: filesOf(turnId), at: known?.at ?? now() });
      if (known === undefined) void offer(turnId);
    } else if (made.delete(turnId)) {
      if (change.changes.state === 'reverted') void tell('information', vscode.l10n.t('The files are again as they were before.'));
      else void tell('warning', vscode.l10n.t('A change of another agent can no longer be reverted, as later ones needed the room: {0}', labelOf(known?.files ?? [])));
    }
    // Nobody is told how a change of another agent ended that had been put off.
    reviews.news();
  });

  /** Those that were really changed: what was proposed beside them may have been rejected. */
  function filesOf(turnId: string): readonly string[] {
    return images.of(turnId).flatMap(({ current, origin }) => (current ?? origin)?.display ?? []);
  }

  /** In the same words each time, so that the editor shows one of them, however many changes are made. */
  async function offer(turnId: string): Promise<void> {
    const revert = vscode.l10n.t('Revert…');
    if ((await tell('information', vscode.l10n.t('A change of another agent was applied.'), revert)) === revert) await putBack(turnId);
  }

  async function putBack(turnId: string): Promise<void> {
    const change = made.get(turnId);
    if (change === undefined) return void tell('information', vscode.l10n.t('This change of another agent has been reverted already, or can no longer be.'));
    // Whoever runs the command, or presses a button by one, may be another extension.
    if (await confirm({ text: say('Revert this change of another agent?'), details: named(change.files), yes: say('Revert') })) await reviews.revert(turnId);
  }

  return {
    async revert() {
      const [last, ...others] = [...made].toReversed();
      if (last === undefined) return void tell('information', vscode.l10n.t('There is no change of another agent that could be reverted.'));
      const time = new Intl.DateTimeFormat(vscode.env.language, { hour: 'numeric', minute: 'numeric', second: 'numeric' });
      const choices = [last, ...others].map(([turnId, { files, at }]) => ({ turnId, icon: 'discard', label: labelOf(files), description: time.format(at) }));
      const picked = others.length === 0 ? choices[0] : await pick(choices, { title: vscode.l10n.t('Revert a Change of Another Agent') });
      if (picked !== undefined) await putBack(picked.turnId);
    },
  };
}

function labelOf(files: readonly string[]): string {
  const names = files.slice(0, mostNamed).map((file) => foreign(file)).join(', ');
  return files.length > mostNamed ? vscode.l10n.t('{0} and {1} more files', names, files.length - mostNamed) : names;
}
