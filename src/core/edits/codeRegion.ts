import { indentOf } from './indentation.ts';

/** Lines of a text, from `from` up to and with `to`, counted from 0. */
export interface Region {
  readonly from: number;
  readonly to: number;
}

const declaration =
  /^\s*(?:(?:export|default|declare|pub(?:\([^)]{0,40}\))?|public|private|protected|internal|static|final|abstract|async|override|virtual|sealed|unsafe|extern|partial|open|data|inline|readonly)\s+)*(?:function\*?|class|interface|type|enum|struct|trait|impl|def|fn|func|fun|const|let|var|module|namespace|record|object|protocol|CREATE TABLE)\s+(?:\([^)]{0,200}\)\s*)?(?:self\.)?([A-Za-z_$][\w$]*)/;

const comment = /^\s*(?:\/\/|\/\*|\*|#(?!include|define|if|endif)|--|<!--|"""|@|\[[A-Z])/;

/** The name that a line declares: of a function, a class, a constant. */
export function declaredName(line: string): string | undefined {
  return declaration.exec(line.slice(0, 500))?.[1];
}

/** Whether a line is a comment, or an annotation of what follows it. */
export function isComment(line: string): boolean {
  return comment.test(line);
}

/**
 * The last line of what begins at a line: that of its closing bracket or `end`, which stands under its beginning, or of
 * what is further right. Undefined where its end cannot be told.
 */
export function endOf(lines: readonly string[], start: number): number | undefined {
  const first = lines[start] ?? '';
  const indent = indentOf(first);
  let end = start;
  for (let index = start + 1; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (line.trim() === '') continue;
    const own = indentOf(line);
    if (own.length > indent.length) {
      end = index;
      continue;
    }
    if (own !== indent) return end;
    if (/^\s*(?:[})\]]|end\b|<\/)/.test(line)) {
      end = index;
      // `} else {` and `}, [` go on.
      if (/[{([]\s*$/.test(line)) continue;
      return end;
    }
    // A bracket that opens on a line of its own belongs to what stands above it.
    if (/^\s*[{(]\s*$/.test(line)) continue;
    return /[{([]\s*$/.test(first) ? undefined : end;
  }
  return end;
}

/** The lines with their indentation changed so that one that had `written` has `wanted`. */
export function shifted(lines: readonly string[], { written, wanted }: { readonly written: string; readonly wanted: string }): readonly string[] {
  if (written === wanted) return lines;
  if (wanted.startsWith(written)) {
    const further = wanted.slice(written.length);
    return lines.map((line) => (line.trim() === '' ? line : further + line));
  }
  const less = written.startsWith(wanted) ? written.slice(wanted.length) : '';
  return lines.map((line) => (line.startsWith(less) ? line.slice(less.length) : line));
}
