import { say } from '../../protocol/localText.ts';
import type { Outcome } from '../../protocol/viewState.ts';
import type { AgentEvent } from '../agent/run.ts';
import { notice } from './answerItems.ts';
import type { TurnItems } from './turnItems.ts';

/** How a turn went, when the event ends it; what the person should know of it is said in a notice. */
export function outcomeOf(event: AgentEvent, items: TurnItems): Outcome | undefined {
  if (event.type === 'calls-cut') {
    items.add(notice(say('The model was cut off while it was calling a tool. The call was not run.'), ['retry']));
    return undefined;
  }
  if (event.type !== 'turn-end') return undefined;
  switch (event.reason) {
    case 'stop':
    case 'tool-calls':
      return 'done';
    case 'other':
      items.add(notice(say('The service ended the answer for a reason that Rivulet does not know: {0}', event.wireReason ?? '')));
      return 'done';
    case 'length':
      items.add(notice(say('The answer reached the limit on its length and was cut off.'), ['continue', 'model-settings']));
      return 'cut';
    case 'content-filter':
      items.add(notice(say('The service ended the answer because of its content filter.')));
      return 'cut';
    case 'failed':
      items.add(notice(say('The service reported a problem in the middle of the answer.'), ['continue', 'retry']));
      return 'cut';
    case 'overloaded':
      items.add(notice(say('The service ran out of capacity in the middle of the answer.'), ['continue', 'retry']));
      return 'cut';
    case 'rounds':
      items.add(notice(say('The model called tools many times without an answer, so the turn was ended.'), ['continue']));
      return 'cut';
    case 'volume':
      items.add(notice(say('The tools have returned a great deal of text in this turn, which costs money with every request. The turn was paused.'), ['continue']));
      return 'cut';
    case 'repetition':
      items.add(notice(say('The model kept making the same tool call, so the turn was ended.'), ['continue']));
      return 'cut';
  }
}
