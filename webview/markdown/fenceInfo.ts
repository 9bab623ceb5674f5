import { decodeWritten } from './entities.ts';
import { isPath } from './places.ts';

/** What the text after an opening fence says. */
export interface FenceInfo {
  /** Its first word; empty when there is none. */
  readonly language: string;
  /** The path of the file that the code belongs to. */
  readonly path: string | undefined;
}

/** What is written beyond this says nothing. */
const longestInfo = 1000;

const named = /(?:^|\s)(?:title|file|filename|path|name)\s*[=:]\s*(?:"([^"]{1,500})"|'([^']{1,500})'|([^\s"']{1,500}))/i;

/**
 * Reads the text after an opening fence, in the ways models write a path there: `ts src/a.ts`, `ts:src/a.ts`, `src/a.ts`,
 * `12:20:src/a.ts` and `ts title="src/a.ts"`.
 */
export function readInfo(info: string): FenceInfo {
  const words = decodeWritten(info.slice(0, longestInfo)).trim();
  const [first = '', second = ''] = words.split(/\s+/, 2);
  const value = named.exec(words);
  const given = value?.[1] ?? value?.[2] ?? value?.[3];
  const behindColon = /^([\w+#-]*):(?:\d+:)?(.+)$/.exec(first);
  if (behindColon !== null && isPath(behindColon[2] ?? '')) {
    const language = behindColon[1] ?? '';
    return { language: /^\d*$/.test(language) ? endingOf(behindColon[2] ?? '') : language, path: behindColon[2] };
  }
  if (given !== undefined) return { language: first, path: given };
  if (first.includes('.') && isPath(first)) return { language: endingOf(first), path: first };
  return { language: first, path: isPath(second) ? second : undefined };
}

function endingOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).replace(/[:#].*$/, '');
}
