import { isRival, type PageName } from './pages.ts';
import type { Cost } from './scene.ts';

/** A figure beside what was promised. */
export interface Verdict {
  readonly what: string;
  readonly measured: string;
  readonly goal: string;
  readonly isMet: boolean;
}

/** A figure that must not be above `most`; one that could not be measured misses its goal. */
export function judge(what: string, value: number, most: number, unit: 'ms' | 'times'): Verdict {
  return { what, measured: said(value, unit), goal: `at most ${said(most, unit)}`, isMet: value <= most };
}

/** Of an answer: how many times as much main-thread time each of the others takes. One that was stopped took at least so much. */
export function judgeAnswer(ours: Cost, all: readonly { readonly page: PageName; readonly cost: Cost }[]): readonly Verdict[] {
  return all.flatMap(({ page, cost }) => {
    if (!isRival(page)) return [];
    // Of a page that did not answer any more it is known that it was busy all the time.
    const ratio = (cost.mainThread?.tasks ?? cost.took) / (ours.mainThread?.tasks ?? Number.NaN);
    return [{ what: `answer: main-thread time of ${page}, to ours`, measured: `${cost.drawn < 1 ? 'over ' : ''}${said(ratio, 'times')}`, goal: 'at least 10 times', isMet: ratio >= 10 }];
  });
}

function said(value: number, unit: 'ms' | 'times'): string {
  return unit === 'ms' ? `${value.toFixed(0)} ms` : `${value.toFixed(Number.isInteger(value) ? 0 : 2)} times`;
}
