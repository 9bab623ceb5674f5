import type { PermissionItem } from '../../protocol/reviewItems.ts';
import type { PermissionQuestion } from '../agent/person.ts';
import { say } from '../../protocol/localText.ts';
import { pathInFull } from '../guard/shownPath.ts';
import type { Confirm } from './dialogs.ts';

/** What one permission needs of its surroundings. */
export interface PermissionSurroundings {
  readonly id: string;
  /** The item of the call that asks. */
  readonly callId: string | undefined;
  /** The first item adds the card, every other changes it. */
  show(item: PermissionItem): void;
  readonly confirm: Confirm;
  afterPatience(action: () => void): () => void;
}

/** How far a yes reaches: this once, or for the rest of the chat. */
export type Reach = 'once' | 'chat';

/** A permission from its question to its answer. */
export interface OpenPermission {
  readonly token: string;
  /** Settles with the answer; whatever is no clear yes is a no. */
  readonly allowed: Promise<Reach | 'no'>;
  isOver(): boolean;
  /** A yes for the chat counts only where it was offered. */
  permit(allow: boolean, reach?: Reach): Promise<void>;
  decline(): void;
  /** Nobody will answer any more. */
  giveUp(): void;
}

/** Shows a permission. A yes of the page counts when the host has asked for it too. */
export function openPermission({ text, reasons, canonical, data, forChat }: PermissionQuestion, around: PermissionSurroundings): OpenPermission {
  const { promise: allowed, resolve: answer } = Promise.withResolvers<Reach | 'no'>();
  const place = canonical === undefined ? [] : [say('The file is {0}', pathInFull(canonical))];
  const exact = data === undefined ? [] : [data.inShort];
  const token = crypto.randomUUID();
  let status: PermissionItem['status'] = 'open';
  let confirming = false;
  const controller = new AbortController();

  function enter(next: PermissionItem['status'], reach: Reach = 'once'): void {
    status = next;
    // What was asked about exactly is read by nobody once it is answered, and it may be long.
    const exactly = next === 'open' && data !== undefined ? { data: data.text } : {};
    around.show({ kind: 'permission', id: around.id, ...(around.callId !== undefined && { callId: around.callId }), token, question: text, reasons, status, ...exactly, ...(forChat !== undefined && { isForChat: true }) });
    if (next === 'open') return;
    forget();
    // A dialog that waits behind another one need not come up any more.
    controller.abort();
    answer(next === 'allowed' ? reach : 'no');
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
    async permit(allow, reach = 'once') {
      if (status !== 'open') return;
      if (!allow || (reach === 'chat' && forChat === undefined)) return enter('declined');
      if (confirming) return;
      confirming = true;
      const asked = reach === 'chat' && forChat !== undefined ? forChat : { text, details: [] };
      const confirmed = await around.confirm({ text: asked.text, details: [...place, ...exact, ...reasons, ...asked.details], yes: say('Allow') }, controller.signal);
      // Meanwhile somebody may have said no, or the time may have run out.
      if (isOpen()) enter(confirmed ? 'allowed' : 'declined', reach);
    },
  };

  function isOpen(): boolean {
    return status === 'open';
  }
}
