import type { AttachmentView, Question, Turn } from '../../protocol/viewState.ts';
import type { Media } from '../conversation/message.ts';
import type { SentDraft } from '../sessions/keeper.ts';
import { userMessage, wholeQuestion } from './turnHistory.ts';
import type { TurnNode } from './turnTree.ts';

/** What is asked with a turn. */
export interface Asked {
  readonly question: Question;
  readonly media: readonly Media[];
  readonly isSummary?: true | undefined;
  /** The draft that it was, where the person has just sent it. */
  readonly sent?: SentDraft | undefined;
}

export interface NewTurnOptions {
  readonly parent: string | undefined;
  readonly id: string;
  readonly askedAt: number;
  readonly news: readonly AttachmentView[];
}

/** A turn that has been asked, and nothing more. */
export function newTurn({ question, media, isSummary }: Asked, { parent, id, askedAt, news }: NewTurnOptions): TurnNode {
  const asked = wholeQuestion({ question, news });
  const view: Turn = { id, question: asked, items: [], outcome: 'running', usage: undefined, askedAt, ...(isSummary === true && { isSummary }) };
  return { id, parent, askedAt, view, question, news, media, provider: undefined, service: undefined, model: undefined, messages: [userMessage(asked, media)], isRefused: false, leftBehind: [] };
}

/** An id that no turn of any window has: the time, and chance; also a file's name on every system. */
export function newTurnId(now: number): string {
  return `${now.toString(36)}-${crypto.randomUUID().slice(0, 13)}`;
}
