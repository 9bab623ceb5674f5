import * as vscode from 'vscode';
import type { ViewStore } from '../../core/chat/viewStore.ts';
import type { Reviews } from '../../core/reviews/reviews.ts';
import { foreign, localiseForeign, pick, tell } from '../messages.ts';

/** What other agents have changed in this window, to be put back as it was. */
export interface OutsideChanges {
  /** A change was proposed under this name, of these files. */
  proposed(turnId: string, files: readonly string[]): void;
  /** Puts back the change that the person picks; the only one at once. */
  revert(): Promise<void>;
}

export interface OutsideChangesParts {
  readonly store: Pick<ViewStore, 'listen'>;
  readonly reviews: Pick<Reviews, 'revert' | 'news'>;
  readonly now: () => Date;
}

interface MadeChange {
  readonly files: readonly string[];
  readonly at: Date;
}

/** So many proposals are remembered until they are decided: one may have been put off. */
const mostKnown = 200;

/** So many files are named in a line. */
const mostNamed = 3;

/** Follows the state that no page shows: what would stand in a turn there is told in notifications. */
export function createOutsideChanges({ store, reviews, now }: OutsideChangesParts): OutsideChanges {
  const names = new Map<string, readonly string[]>();
  const made = new Map<string, MadeChange>();

  store.listen((change) => {
    if (change.type === 'item-added' && change.item.kind === 'notice') void tell('warning', localiseForeign(change.item.text));
    if (change.type !== 'turn-changes' || change.changes === undefined) return;
    const { turnId } = change;
    if (change.changes.state === 'kept') {
      const isNew = !made.has(turnId);
      made.set(turnId, made.get(turnId) ?? { files: names.get(turnId) ?? [], at: now() });
      if (isNew) void offer();
    } else if (made.delete(turnId) && change.changes.state === 'reverted') void tell('information', vscode.l10n.t('The files are again as they were before.'));
    // Nobody is told how a change of another agent ended that had been put off.
    reviews.news();
  });

  /** In the same words each time, so that the editor shows one of them, however many changes are made. */
  async function offer(): Promise<void> {
    const revert = vscode.l10n.t('Revert…');
    if ((await tell('information', vscode.l10n.t('A change of another agent was applied.'), revert)) === revert) await run();
  }

  async function run(): Promise<void> {
    const [last, ...others] = [...made].toReversed();
    if (last === undefined) return void tell('information', vscode.l10n.t('There is no change of another agent that could be reverted.'));
    const time = new Intl.DateTimeFormat(vscode.env.language, { hour: 'numeric', minute: 'numeric', second: 'numeric' });
    const choices = [last, ...others].map(([turnId, { files, at }]) => ({ turnId, icon: 'discard', label: labelOf(files), description: time.format(at) }));
    const picked = others.length === 0 ? choices[0] : await pick(choices, { title: vscode.l10n.t('Revert a Change of Another Agent') });
    if (picked !== undefined && made.has(picked.turnId)) await reviews.revert(picked.turnId);
  }

  return {
    proposed(turnId, files) {
      const [first] = names.keys();
      if (names.size >= mostKnown && first !== undefined) names.delete(first);
      names.set(turnId, files);
    },
    revert: run,
  };
}

function labelOf(files: readonly string[]): string {
  const named = files.slice(0, mostNamed).map((file) => foreign(file)).join(', ');
  return files.length > mostNamed ? vscode.l10n.t('{0} and {1} more files', named, files.length - mostNamed) : named;
}
