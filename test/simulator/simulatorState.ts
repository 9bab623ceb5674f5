import type { FaultQueue } from './faultQueue.ts';
import type { PromptCache } from './promptCache.ts';
import type { RecordedRequest } from './recorder.ts';
import type { ServiceId } from './service.ts';

/** Keys by service; `open` needs none. */
export type Keys = Readonly<Record<Exclude<ServiceId, 'open'>, string>>;

/** The keys a simulator takes when it is given no others. */
export const defaultKeys: Keys = { deepseek: 'sk-simulated-deepseek', iflow: 'sk-simulated-iflow', jiekou: 'sk-simulated-jiekou' };

/** How fast answers are streamed. */
export interface Pace {
  /** Between two events. */
  readonly chunkDelayMs: number;
  /** Between two events of a long answer, at least, so that there is time to stop it. */
  readonly longAnswerDelayMs: number;
}

/** What the parts of one running simulator share. */
export interface SimulatorState {
  readonly keys: Keys;
  readonly pace: Pace;
  readonly retired: boolean;
  readonly requests: RecordedRequest[];
  readonly faults: FaultQueue;
  readonly cache: PromptCache;
  /** Messages whose `fault once` has been used. */
  readonly usedOnce: Set<string>;
}

/** Sent with every answer, so that nobody who looks at the wire takes it for a real service. */
export const simulatorHeader = { 'x-rivulet-simulator': 'local development and test tool, not a real model' } as const;
