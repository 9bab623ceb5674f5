import type { AttachmentView, Question } from '../../protocol/viewState.ts';
import { joinMessages } from '../conversation/joinMessages.ts';
import type { AssistantMessage, Media, Message, UserMessage } from '../conversation/message.ts';

/** A question and what came of it, as the model knows it. */
export interface TurnHistory {
  readonly id: string;
  /** In the person's own words, without the news. */
  question: Question;
  /** What the model was told with it although the person did not write it. */
  readonly news: readonly AttachmentView[];
  media: readonly Media[];
  /** Whom it was asked, by the service's id, once that is known. */
  service: string | undefined;
  model: string | undefined;
  messages: readonly Message[];
  /** It failed before anything was said: what a service refuses once it would refuse with every later question too. */
  isRefused: boolean;
}

/** From words of the model, or from what its tools have returned. */
export function canGoOn({ messages }: Pick<TurnHistory, 'messages'>): boolean {
  const last = messages.at(-1);
  return last?.role === 'tool' || (last?.role === 'assistant' && last.text !== '');
}

/** Whether starting over would lose words, or the memory of what was done. */
export function didSomething({ messages }: Pick<TurnHistory, 'messages'>): boolean {
  return messages.some((message) => message.role === 'tool' || (message.role === 'assistant' && message.text !== ''));
}

/** The question as it goes out and as the person sees it. */
export function wholeQuestion({ question, news }: Pick<TurnHistory, 'question' | 'news'>): Question {
  return news.length === 0 ? question : { ...question, attachments: [...question.attachments, ...news] };
}

export function userMessage({ text, attachments }: Question, media: readonly Media[]): UserMessage {
  const content = [...attachments.map((attachment) => attachment.text), text].join('\n\n');
  return { role: 'user', content, ...(media.length > 0 && { media }) };
}

/** The messages with what the model had said when it was interrupted; joined to what it was gone on from. */
export function withPartial(messages: readonly Message[], partial: AssistantMessage | undefined): readonly Message[] {
  if (partial === undefined) return messages;
  const last = messages.at(-1);
  const isContinued = last?.role === 'assistant' && last.calls.length === 0;
  return isContinued ? [...messages.slice(0, -1), joinMessages(last, partial, '')] : [...messages, partial];
}
