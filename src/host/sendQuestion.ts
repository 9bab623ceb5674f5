import { abortable } from '../core/abortable.ts';
import type { Chat } from '../core/chat/chat.ts';
import type { MediaTray } from '../core/chat/mediaTray.ts';
import type { Preparation } from '../core/chat/preparing.ts';
import type { Log } from '../core/ports.ts';
import type { Question } from '../protocol/viewState.ts';
import type { ContextWork } from './context/contextWork.ts';
import { afterAnswer, doWithoutModel, prepare, slashOf } from './context/slash.ts';

/** What a question goes out with. */
export interface SendContext {
  readonly chat: Chat;
  readonly media: MediaTray;
  readonly pieces: ContextWork;
  readonly log: Log;
}

/** Chats for which a question is being made up: the page sends again what seems not to have arrived. */
const busy = new WeakSet<Chat>();

/**
 * Asks a question with the pieces of context and the pictures that wait, and empties both once it is a turn. While the
 * chosen model is known not to take some of it nothing is asked: the page shows why, and nothing is ever left out silently.
 * One that begins with a command does what the command says.
 */
export async function sendQuestion(text: string, context: SendContext): Promise<void> {
  const { chat, media, log } = context;
  if (!media.contents().isSendable) {
    log.info('A question was not sent, for the model does not take what is attached to it.');
    return media.check();
  }
  if (busy.has(chat) || chat.state.activity.kind === 'running') return;
  busy.add(chat);
  const preparation = chat.prepare();
  try {
    // A stop does not wait for what is slow to be read.
    await abortable(async () => makeUpAndAsk(text, context, preparation), preparation.signal);
  } catch (error) {
    if (!preparation.signal.aborted) throw error;
  } finally {
    preparation.end();
    busy.delete(chat);
  }
}

async function makeUpAndAsk(text: string, { chat, media, pieces, log }: SendContext, preparation: Preparation): Promise<void> {
  const { signal } = preparation;
  // The page tells what it sends as its draft before; another may be told while this one is made up.
  const { id: chatId, draftMark } = chat.state.chat;
  const slash = await slashOf(text, pieces.prompts);
  if (slash !== undefined && (await doWithoutModel(slash, chat))) return;
  await pieces.isReady();
  if (slash !== undefined && !signal.aborted && !(await prepare(slash, pieces))) return;
  if (signal.aborted) return;
  const attachments = [...(await pieces.tray.attachments(signal)), ...(slash?.attachment === undefined ? [] : [slash.attachment])];
  // The person has stopped it, or gone on to another chat while it was read: what they wrote is still there, or kept as that chat's draft.
  if (signal.aborted || chat.state.chat.id !== chatId) return;
  preparation.end();
  if (chat.state.activity.kind === 'running') return;
  const { views, media: parts } = media.contents();
  const question: Question = { text, attachments, ...(views.length > 0 && { media: views }) };
  const before = chat.state.turns.at(-1)?.id;
  const asked = chat.ask(question, parts, { mark: draftMark });
  // A chat that is busy takes no question: then everything stays where it is.
  const turnId = chat.state.turns.at(-1)?.id;
  if (turnId === before || turnId === undefined) return asked;
  media.clear();
  pieces.tray.sent();
  busy.delete(chat);
  await asked;
  if (slash !== undefined) await afterAnswer(slash, { turn: chat.state.turns.find(({ id }) => id === turnId), log });
}
