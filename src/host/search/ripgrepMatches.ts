import { SearchError, type FoundLine } from '../../core/editor/search.ts';
import type { Gathering } from './found.ts';
import { createPieces, type Piece } from './pieces.ts';
import { runRipgrep, type RipgrepEnd, type RipgrepRun } from './ripgrepProcess.ts';
import { isAboutLine, longestRecord, readRecord } from './ripgrepRecords.ts';

export interface ReadMatchesOptions {
  readonly gathering: Gathering;
  /** Under what path the matches of a printed path are gathered; undefined when they are not. */
  readonly nameOf: (printed: string) => string | undefined;
}

/**
 * Gathers what ripgrep finds, until there is enough: then there is no end to tell of. What it complains of its pattern is
 * thrown as a {@link SearchError}.
 */
export async function readMatches(ripgrep: string, run: RipgrepRun, options: ReadMatchesOptions): Promise<RipgrepEnd | undefined> {
  const pieces = createPieces(0x0a, longestRecord);
  const take = reader(options);
  const output = runRipgrep(ripgrep, run);
  try {
    for (let step = await output.next(); ; step = await output.next()) {
      for (const piece of step.done === true ? pieces.end() : pieces.push(step.value)) {
        take(piece);
        if (options.gathering.isFull) return undefined;
      }
      if (step.done !== true) continue;
      if (step.value.hadTrouble && step.value.complaint !== '') throw new SearchError(withoutAdvice(step.value.complaint));
      return step.value;
    }
  } finally {
    await output.return({ hadTrouble: false, complaint: '' });
  }
}

function reader({ gathering, nameOf }: ReadMatchesOptions): (piece: Piece) => void {
  let file: { readonly path: string; readonly lines: FoundLine[]; hasOverlong: boolean } | undefined;
  return (piece) => {
    if (file === undefined && isAboutLine(piece)) return;
    const record = readRecord(piece);
    switch (record?.type) {
      case 'begin': {
        const path = record.path === undefined ? undefined : nameOf(record.path);
        file = path === undefined ? undefined : { path, lines: [], hasOverlong: false };
        break;
      }
      case 'line':
        file?.lines.push(record.line);
        break;
      case 'overlong':
        if (file !== undefined) file.hasOverlong = true;
        break;
      case 'end':
        // What was found before the first NUL of a binary file is no text.
        if (file !== undefined && !record.isBinary) gathering.add(file);
        file = undefined;
        break;
      case undefined:
        break;
    }
  };
}

/** Without what it advises about options that nobody here can set. */
function withoutAdvice(complaint: string): string {
  return complaint.replace(/^rg: /, '').replace(/\n\s*\nConsider enabling [^]*$/, '').trim();
}
