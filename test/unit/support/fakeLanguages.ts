import type { Languages } from '../../../src/core/editor/languages.ts';
import type { Location, Range } from '../../../src/core/editor/range.ts';

/** A range on one line, columns from 1, the last one not in it. */
export function on(line: number, from: number, to: number): Range {
  return { start: { line, column: from }, end: { line, column: to } };
}

export function at(path: string, line: number, column = 1): Location {
  return { path, range: on(line, column, column + 1) };
}

export interface FakeLanguages extends Languages {
  /** Name of the question and what it was asked of. */
  readonly asked: (readonly unknown[])[];
}

/** Language servers that know nothing, but what is given. */
export function fakeLanguages(given: Partial<Languages> = {}): FakeLanguages {
  const asked: (readonly unknown[])[] = [];
  const none: Languages = {
    diagnostics: async () => [],
    isOpen: () => true,
    outline: async () => [],
    symbols: async () => [],
    definitions: async () => [],
    references: async () => [],
    hovers: async () => [],
    rename: async () => [],
    actions: async () => [],
    resolveAction: async () => undefined,
  };
  const all = { ...none, ...given };
  const recorded = Object.fromEntries(
    Object.entries(all).map(([name, question]) => [
      name,
      (...args: readonly unknown[]) => {
        asked.push([name, ...args.filter((arg) => !(arg instanceof AbortSignal))]);
        return (question as (...args: readonly unknown[]) => unknown)(...args);
      },
    ]),
  );
  return { ...(recorded as unknown as Languages), asked };
}
