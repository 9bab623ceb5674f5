import { abortable } from '../core/abortable.ts';
import type { Preparation } from '../core/chat/preparing.ts';
import { readSlash } from '../core/context/slashCommands.ts';
import type { AttachmentView } from '../protocol/viewState.ts';
import { afterAnswer, doWithoutModel, gather, slashOf, type SlashQuestion } from './context/slash.ts';
import type { SendContext } from './sendQuestion.ts';

/** What a question that has been asked goes out with again. */
export type EditContext = Pick<SendContext, 'chat' | 'pieces' | 'log'>;

/**
 * Asks a turn's question in other words, with what went along with it. A command is that which the words begin with now:
 * the one before has no say any more, and the new one takes what it works on.
 */
export async function sendEdited(turnId: string, text: string, context: EditContext): Promise<void> {
  const { chat, pieces } = context;
  const turn = chat.state.turns.find(({ id }) => id === turnId);
  if (turn === undefined || turn.isSummary === true) return void (await chat.edit(turnId, text));
  const slash = await slashOf(text, pieces.prompts);
  if (slash !== undefined && (await doWithoutModel(slash, chat))) return;
  const asked = turn.question.text;
  const preparation = slash !== undefined && needsMore(slash, withoutCommand(turn.question.attachments, asked)) ? chat.prepare() : undefined;
  const gathered = slash === undefined || preparation === undefined ? [] : await gatherFor(slash, pieces, preparation);
  if (gathered === undefined) return;
  const labels = new Set(gathered.map(({ label }) => label));
  const own = slash?.attachment === undefined ? [] : [slash.attachment];
  const attach = (attached: readonly AttachmentView[]): readonly AttachmentView[] => [...withoutCommand(attached, asked).filter(({ label }) => !labels.has(label)), ...gathered, ...own];
  await finish(await chat.edit(turnId, text, attach), slash, context);
}

/** Asks a turn's question once more; a command does the same with the answer as it did the first time. */
export async function sendAgain(turnId: string, context: EditContext): Promise<void> {
  const { chat, pieces } = context;
  const text = chat.state.turns.find(({ id }) => id === turnId)?.question.text ?? '';
  const again = await chat.regenerate(turnId);
  await finish(again, await slashOf(text, pieces.prompts), context);
}

/** Undefined when there is nothing, or the person has stopped it. */
async function gatherFor(slash: SlashQuestion, pieces: EditContext['pieces'], preparation: Preparation): Promise<readonly AttachmentView[] | undefined> {
  const { signal } = preparation;
  try {
    return await abortable(async () => gather(slash, pieces, signal), signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    return undefined;
  } finally {
    preparation.end();
  }
}

/** Whether a command works on something that did not go along with the question. */
function needsMore({ command }: SlashQuestion, attached: readonly AttachmentView[]): boolean {
  return command?.works === 'changes' || command?.works === 'staged' || (command?.works === 'code' && attached.length === 0);
}

function withoutCommand(attached: readonly AttachmentView[], asked: string): readonly AttachmentView[] {
  const name = readSlash(asked)?.name.toLowerCase();
  return name === undefined ? attached : attached.filter(({ label }) => label.toLowerCase() !== `/${name}`);
}

async function finish(turnId: string | undefined, slash: SlashQuestion | undefined, { chat, log }: EditContext): Promise<void> {
  if (turnId !== undefined && slash !== undefined) await afterAnswer(slash, { turn: chat.state.turns.find(({ id }) => id === turnId), log });
}
