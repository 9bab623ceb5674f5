import type { PermissionItem } from '../../protocol/reviewItems.ts';
import type { PermissionQuestion } from '../agent/person.ts';
import { say } from '../../protocol/localText.ts';
import { pathInFull } from '../guard/shownPath.ts';
import type { Confirm } from './dialogs.ts';

/** What one permission needs of its surroundings. */
export interface PermissionSurroundings {
  readonly id: string;
  /** The first item adds the card, every other changes it. */
  show(item: PermissionItem): void;
  readonly confirm: Confirm;
  afterPatience(action: () => void): () => void;
}

/** A permission from its question to its answer. It is remembered for nothing. */
export interface OpenPermission {
  readonly token: string;
  /** Settles with the answer; whatever is no clear yes is a no. */
  readonly allowed: Promise<boolean>;
  isOver(): boolean;
  permit(allow: boolean): Promise<void>;
  decline(): void;
  /** Nobody will answer any more. */
  giveUp(): void;
}

/** Shows a permission. A yes of the page counts when the host has asked for it too. */
export function openPermission({ text, reasons, canonical }: PermissionQuestion, around: PermissionSurroundings): OpenPermission {
  const { promise: allowed, resolve: answer } = Promise.withResolvers<boolean>();
  const token = crypto.randomUUID();
  let status: PermissionItem['status'] = 'open';
  let confirming = false;
  const controller = new AbortController();

  function enter(next: PermissionItem['status']): void {
    status = next;
    around.show({ kind: 'permission', id: around.id, token, question: text, reasons, status });
    if (next === 'open') return;
    forget();
    // A dialog that waits behind another one need not come up any more.
    controller.abort();
    answer(next === 'allowed');
  }

  function endAs(end: 'declined' | 'unanswered'): void {
    if (status === 'open') enter(end);
  }

  const forget = around.afterPatience(() => endAs('unanswered'));
  enter('open');

  return {
    token,
    allowed,
    isOver: () => status !== 'open',
    decline: () => endAs('declined'),
    giveUp: () => endAs('unanswered'),
    async permit(allow) {
      if (status !== 'open') return;
      if (!allow) return enter('declined');
      if (confirming) return;
      confirming = true;
      const confirmed = await around.confirm({ text, details: [...(canonical === undefined ? [] : [say('The file is {0}', pathInFull(canonical))]), ...reasons], yes: say('Allow') }, controller.signal);
      // Meanwhile somebody may have said no, or the time may have run out.
      if (isOpen()) enter(confirmed ? 'allowed' : 'declined');
    },
  };

  function isOpen(): boolean {
    return status === 'open';
  }
}
