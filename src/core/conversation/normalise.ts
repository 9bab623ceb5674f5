import { joinMessages } from './joinMessages.ts';
import type { AssistantMessage, Message, ToolMessage, UserMessage } from './message.ts';

/** What the model is told of a call that nothing is known of: the turn was stopped before it or while it ran, or the window was closed. */
export const notRun = 'This call has no result: the turn was stopped before it had ended. If it was to change something, look whether it did.';

/**
 * Makes any history acceptable to strict services (docs/servers.md §2.3, R8–R10), whatever happened to it: each call is
 * answered directly behind it, in the order of the calls; results nobody asked for go, and so do assistant turns in
 * which nothing was said; messages of one side that then stand next to each other become one, for strict templates want
 * the sides to take turns. Sound histories come back unchanged.
 */
export function normalise(messages: readonly Message[]): readonly Message[] {
  const sound: Message[] = [];
  for (let index = 0; index < messages.length; index += 1) {
    const message = messages[index];
    if (message === undefined || message.role === 'tool') continue;
    if (message.role === 'system') sound.push(message);
    else if (message.role === 'user') addUser(sound, message);
    else if (saysSomething(message)) {
      addAssistant(sound, message);
      sound.push(...answersTo(message, messages.slice(index + 1)));
    }
  }
  return sound;
}

function saysSomething(message: AssistantMessage): boolean {
  // Reasoning alone is refused by DeepSeek ("content or tool_calls must be set"): it goes with the turn.
  return message.text !== '' || message.calls.length > 0;
}

function addUser(sound: Message[], message: UserMessage): void {
  const last = sound.at(-1);
  if (last?.role !== 'user') {
    sound.push(message);
    return;
  }
  const media = [...(last.media ?? []), ...(message.media ?? [])];
  sound[sound.length - 1] = { role: 'user', content: `${last.content}\n\n${message.content}`, ...(media.length > 0 && { media }) };
}

function addAssistant(sound: Message[], message: AssistantMessage): void {
  const last = sound.at(-1);
  if (last?.role !== 'assistant') {
    sound.push(message);
    return;
  }
  sound[sound.length - 1] = joinMessages(last, message, '\n\n');
}

function answersTo(message: AssistantMessage, following: readonly Message[]): readonly ToolMessage[] {
  const end = following.findIndex((next) => next.role === 'assistant');
  const answers = following.slice(0, end === -1 ? undefined : end).filter((next) => next.role === 'tool');
  return message.calls.map(
    (call) => answers.find((answer) => answer.callId === call.id) ?? { role: 'tool', callId: call.id, content: notRun },
  );
}
