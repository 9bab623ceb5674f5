import type { PermissionItem } from '../../protocol/viewState.ts';
import type { PermissionQuestion } from '../agent/person.ts';
import { say } from '../../protocol/localText.ts';
import type { Confirmation } from './reviews.ts';

/** What one permission needs of its surroundings. */
export interface PermissionSurroundings {
  readonly id: string;
  /** The first item adds the card, every other changes it. */
  show(item: PermissionItem): void;
  confirm(question: Confirmation): Promise<boolean>;
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
}

/** Shows a permission. A yes of the page counts when the host has asked for it too. */
export function openPermission({ text, reasons }: PermissionQuestion, around: PermissionSurroundings): OpenPermission {
  const { promise: allowed, resolve: answer } = Promise.withResolvers<boolean>();
  const token = crypto.randomUUID();
  let status: PermissionItem['status'] = 'open';
  let confirming = false;

  function enter(next: PermissionItem['status']): void {
    status = next;
    around.show({ kind: 'permission', id: around.id, token, question: text, reasons, status });
    if (next === 'open') return;
    forget();
    answer(next === 'allowed');
  }

  const forget = around.afterPatience(() => enter('unanswered'));
  enter('open');

  return {
    token,
    allowed,
    isOver: () => status !== 'open',
    decline() {
      if (status === 'open') enter('declined');
    },
    async permit(allow) {
      if (status !== 'open') return;
      if (!allow) return enter('declined');
      if (confirming) return;
      confirming = true;
      const confirmed = await around.confirm({ text, details: reasons, yes: say('Allow') });
      // Meanwhile somebody may have said no, or the time may have run out.
      if (isOpen()) enter(confirmed ? 'allowed' : 'declined');
    },
  };

  function isOpen(): boolean {
    return status === 'open';
  }
}
