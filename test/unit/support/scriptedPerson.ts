import type { Person, PermissionQuestion, ReviewOutcome } from '../../../src/core/agent/person.ts';
import type { Proposal } from '../../../src/core/edits/change.ts';
import { applyHunks, hunksOf } from '../../../src/core/edits/hunks.ts';
import type { MemoryDocuments } from './memoryDocuments.ts';

/** What the person does with a proposal: takes all, these hunks of an edit by index, or none of it and why. */
export type Answer = 'accept' | readonly number[] | Exclude<ReviewOutcome['decision'], 'accepted' | 'partly' | 'failed'>;

export interface ScriptedPerson extends Person {
  readonly questions: PermissionQuestion[];
  readonly proposals: Proposal[];
}

/** A person who allows what is asked, or not, and decides on proposals as told; what is accepted is applied. */
export function scriptedPerson(documents: MemoryDocuments, { allows = true, answer = 'accept' }: { readonly allows?: boolean; readonly answer?: Answer } = {}): ScriptedPerson {
  const questions: PermissionQuestion[] = [];
  const proposals: Proposal[] = [];
  return {
    questions,
    proposals,
    async allows(question) {
      questions.push(question);
      return allows;
    },
    async review(proposal, signal) {
      proposals.push(proposal);
      const [change] = proposal.changes;
      if (change === undefined) throw new Error('An empty proposal.');
      const { display } = change.place;
      if (typeof answer === 'string' && answer !== 'accept') return { decision: answer, problem: undefined, files: [{ display, applied: 0, rejected: [] }] };
      if (answer === 'accept' || change.kind !== 'edit') {
        await documents.apply(proposal.changes, signal);
        return { decision: 'accepted', problem: undefined, files: [{ display, applied: 1, rejected: [] }] };
      }
      const hunks = hunksOf(change.before, change.after);
      const accepted = hunks.filter((_, index) => answer.includes(index));
      await documents.apply([{ ...change, after: applyHunks(change.before, accepted) }], signal);
      return { decision: 'partly', problem: undefined, files: [{ display, applied: accepted.length, rejected: hunks.filter((hunk) => !accepted.includes(hunk)).flatMap(({ newLines }) => newLines) }] };
    },
  };
}
