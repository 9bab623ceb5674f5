import { createViewStore, initialState } from '../../core/chat/viewStore.ts';
import type { Documents } from '../../core/editor/documents.ts';
import { createOtherAgents, type OtherAgentsParts } from '../../core/otherAgents/otherAgents.ts';
import type { Log } from '../../core/ports.ts';
import { createBeforeImages } from '../../core/reviews/beforeImages.ts';
import { createReviews } from '../../core/reviews/createReviews.ts';
import { fromOutside } from '../../core/reviews/dialogs.ts';
import type { Queue } from '../../core/queue.ts';
import type { Confirmation, Reviews } from '../../core/reviews/reviews.ts';
import { createLanguageModelTools, type LanguageModelTools } from './languageModelTools.ts';
import { createOutsideChanges, type OutsideChanges } from './outsideChanges.ts';
import { createOutsidePerson } from './outsidePerson.ts';

export interface ToolsForOthersParts {
  readonly ports: OtherAgentsParts['ports'] & { readonly documents: Documents };
  readonly log: Log;
  readonly confirm: (question: Confirmation) => Promise<boolean>;
  /** Shows a review in the editors, without taking the focus. */
  readonly show: (token: string) => Promise<void>;
  /** The queue of whatever else writes files. */
  readonly writes: Queue;
}

/** The tools as other agents have them, and what they propose until it is decided. */
export interface ToolsForOthers {
  readonly tools: LanguageModelTools;
  readonly reviews: Reviews;
  /** What came of it, and the way back. */
  readonly changes: OutsideChanges;
}

/** Characters and bytes of files as they were before changes of other agents, in memory. */
const most = 32 * 1024 * 1024;

export function createToolsForOthers({ ports, log, confirm, show, writes }: ToolsForOthersParts): ToolsForOthers {
  const { files, documents } = ports;
  // A state of its own, which no page shows: what the person allows in a chat holds for nobody else.
  const store = createViewStore(initialState({ service: '', serviceLabel: '', model: '', readiness: 'unknown', hasKeyPage: false, notice: undefined, tools: 'on' }), () => undefined);
  const images = createBeforeImages({ most, forgot: (turnId, count) => store.publish({ type: 'turn-changes', turnId, changes: { files: count, state: 'forgotten' } }) });
  const reviews = createReviews({ store, documents, files, log, confirm, images, writes, outside: true, sideBySide: true });
  const changes = createOutsideChanges({ store, reviews, images, confirm, now: () => new Date() });
  const person = createOutsidePerson({ reviews, confirm: async (question) => confirm(fromOutside(question)), show });
  return { tools: createLanguageModelTools(createOtherAgents({ ports, person, log })), reviews, changes };
}
