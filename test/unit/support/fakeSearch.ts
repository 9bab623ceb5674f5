import type { EntriesQuery, FilesQuery, FoundEntries, FoundFiles, FoundLine, FoundText, Search, TextQuery } from '../../../src/core/editor/search.ts';

/** A search that answers what it is told to and records what it was asked. */
export interface FakeSearch extends Search {
  readonly asked: (TextQuery | FilesQuery | EntriesQuery)[];
}

export interface FakeAnswers {
  readonly text?: (query: TextQuery) => FoundText;
  readonly files?: (query: FilesQuery) => FoundFiles;
  readonly entries?: (query: EntriesQuery) => FoundEntries;
}

/** Nothing where no answer is given. */
export function fakeSearch({ text, files, entries }: FakeAnswers): FakeSearch {
  const asked: FakeSearch['asked'] = [];
  return {
    asked,
    async text(query) {
      asked.push(query);
      return text?.(query) ?? { files: [], leftOut: 0, incomplete: undefined };
    },
    async files(query) {
      asked.push(query);
      return files?.(query) ?? { paths: [], incomplete: undefined };
    },
    async entries(query) {
      asked.push(query);
      return entries?.(query) ?? { entries: [], ignored: 0, incomplete: undefined };
    },
  };
}

/** Lines as `12: text` and `11- text`. */
export function lines(...written: readonly string[]): readonly FoundLine[] {
  return written.map((line) => {
    const [, number, mark, text] = /^(\d+)([:-]) (.*)$/.exec(line) ?? [];
    return { number: Number(number), text: text ?? '', isMatch: mark === ':' };
  });
}
