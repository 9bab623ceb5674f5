import { withoutMarks } from './directives.ts';

/** Code that came with a question, in a fence. */
export interface AttachedCode {
  readonly language: string;
  readonly path: string | undefined;
  readonly firstLine: string;
}

/** What the simulator's model understands of the last user message. */
export interface Question {
  readonly text: string;
  readonly language: 'en' | 'zh';
  readonly paths: readonly string[];
  readonly lines: { readonly first: number; readonly last: number } | undefined;
  readonly code: AttachedCode | undefined;
  readonly wants: 'change' | 'explanation' | 'long-answer' | 'answer';
}

const fence = /^(?<ticks>`{3,}|~{3,})(?<info>[^\n]*)\n(?<code>[\s\S]*?)\n?^\k<ticks>[ \t]*$/m;
/** Data between lines such as `<<<DATA` and `DATA>>>`, with the line that labels it. */
const dataBlock = /^[^\n]*\n<<<(\S+)\n[\s\S]*?\n\1>>>[^\n]*$/gm;
const everyFence = new RegExp(fence.source, 'gm');
const labelledFence = new RegExp(`(?:^[^\\n?？]*\\n\\s*)?${fence.source}`, 'gm');
const labelLine = /^(?:file|path|language|lines?|inside|文件|路径|语言|行)\s*[:：].*$/gim;
const quotedPath = /[`"'“「]([^`"'“”「」\n]*\.[A-Za-z][A-Za-z0-9]{0,9})(?::\d+(?:-\d+)?)?[`"'”」]/g;
const barePath = /(?:[A-Za-z]:(?=[\\/]))?[A-Za-z0-9_.~@+\-/\\]+/g;
const extension = /(?:^|[^.])\.[A-Za-z][A-Za-z0-9]{0,9}$/;
const rooted = /^(?:\.{0,2}|~|[A-Za-z]:)[\\/][^\\/]+(?:[\\/.]|$)/;
const notAPath = new Set(['e.g', 'i.e', 'etc', 'Node.js', 'node.js', 'Vue.js', 'Next.js']);

function looksLikePath(token: string): boolean {
  if (notAPath.has(token) || /^[\\/]\w+$/.test(token)) return false;
  return extension.test(token) || rooted.test(token);
}

function pathsIn(text: string): readonly string[] {
  const plain = text.replaceAll(/\b[a-z]+:\/\/\S+/gi, ' ');
  const quoted = [...plain.matchAll(quotedPath)].map((match) => match[1] ?? '');
  const bare = [...plain.replaceAll(quotedPath, ' ').matchAll(barePath)]
    .map((match) => match[0].replace(/[.-]+$/, ''))
    .filter(looksLikePath);
  return [...new Set([...quoted, ...bare])];
}

function linesIn(text: string): Question['lines'] {
  const match =
    /\blines?\s+(\d+)(?:\s*(?:-|–|to|through)\s*(\d+))?/i.exec(text) ??
    /第\s*(\d+)\s*(?:(?:-|–|~|～|到|至)\s*第?\s*(\d+)\s*)?行/.exec(text) ??
    /[A-Za-z][:#]L?(\d+)(?:-L?(\d+))?\b/.exec(text);
  if (match === null) return undefined;
  const first = Number(match[1]);
  return { first, last: match[2] === undefined ? first : Number(match[2]) };
}

function codeIn(text: string): AttachedCode | undefined {
  const match = fence.exec(text);
  const groups = match?.groups;
  if (match === null || groups === undefined) return undefined;
  const info = (groups['info'] ?? '').trim();
  const language = /^[\w+#.-]*/.exec(info)?.[0] ?? '';
  const before = text.slice(0, match.index).trimEnd();
  const labelled = /^(?:file|path|文件|路径)\s*[:：]\s*(\S.*)$/im.exec(before)?.[1]?.trim();
  const path = labelled ?? pathsIn(info.slice(language.length))[0] ?? pathsIn(before).at(-1) ?? pathsIn(text.slice(match.index + match[0].length))[0];
  const firstLine = (groups['code'] ?? '').split(/\r\n|\r|\n/).find((line) => line.trim() !== '') ?? '';
  return { language, path, firstLine };
}

function wantsOf(text: string): Question['wants'] {
  if (/\basks for a change to\b/i.test(text)) return 'change';
  if (/\bexplain\b|解释|解釋|说明|說明|讲解|講解/i.test(text)) return 'explanation';
  return /\blong answer\b|[长長](?![度期城])/i.test(text) ? 'long-answer' : 'answer';
}

/** Reads a user message: paths and line numbers are looked for outside attached code and the line that labels it. */
export function readQuestion(message: string): Question {
  const text = withoutMarks(message);
  const code = codeIn(text);
  const spoken = text.replaceAll(dataBlock, ' ').replaceAll(everyFence, ' ').trim();
  const words = code === undefined ? spoken : text.replaceAll(dataBlock, ' ').replaceAll(labelledFence, ' ').replaceAll(labelLine, ' ');
  return {
    text: spoken,
    language: /\p{Script=Han}/u.test(spoken) ? 'zh' : 'en',
    paths: pathsIn(words),
    lines: linesIn(words),
    code,
    wants: wantsOf(spoken),
  };
}
