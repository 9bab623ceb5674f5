import { clike } from '@codemirror/legacy-modes/mode/clike';
import type { StreamParser } from '@codemirror/streamparser';
import type { LineStream } from './lineStream.ts';

/** A difference as `diff -u` and git write it: a line is what its first character says. */
export const diff: StreamParser<unknown> = {
  token(stream) {
    const { string } = stream;
    stream.skipToEnd();
    if (/^(diff |index |--- |\+\+\+ )/.test(string)) return 'meta';
    if (string.startsWith('@@')) return 'keyword';
    if (string.startsWith('+')) return 'inserted';
    return string.startsWith('-') ? 'deleted' : null;
  },
};

interface MarkdownState {
  fence: string | undefined;
}

/** Markdown: headings, quotations, marks of lists, code and emphasis; a line at a time, but for fenced code. */
export const markdown: StreamParser<MarkdownState> = {
  startState: () => ({ fence: undefined }),
  token(stream, state) {
    if (stream.sol()) {
      const fence = /^\s{0,3}(`{3,}|~{3,})/.exec(stream.string)?.[1];
      if (fence !== undefined && (state.fence === undefined || fence.startsWith(state.fence))) {
        state.fence = state.fence === undefined ? fence : undefined;
        stream.skipToEnd();
        return 'meta';
      }
    }
    if (state.fence !== undefined) {
      stream.skipToEnd();
      return 'string';
    }
    return markdownLine(stream);
  },
  copyState: ({ fence }) => ({ fence }),
};

function markdownLine(stream: LineStream): string | null {
  if (stream.sol()) {
    if (/^ {0,3}#{1,6}\s/.test(stream.string)) {
      stream.skipToEnd();
      return 'heading';
    }
    if (stream.match(/^\s*(?:[-*+]|\d{1,9}[.)])(?=\s)/) !== null) return 'keyword';
    if (stream.match(/^\s*>+/) !== null) return 'comment';
  }
  if (stream.match(/^`[^`]+`/) !== null) return 'string';
  if (stream.match(/^(\*\*|__)(?=\S)[^*_]{1,200}\1/) !== null) return 'heading';
  if (stream.match(/^!?\[[^\]]{0,200}\]\([^)]{0,400}\)/) !== null) return 'propertyName';
  stream.next();
  stream.eatWhile(/[^`*_[!]/);
  return null;
}

const words = (list: string): Record<string, true> => Object.fromEntries(list.split(' ').map((word) => [word, true]));

/** PHP, of which the modes have none: near enough to C, with its own words and variables. */
export const php = clike({
  name: 'php',
  keywords: words('abstract and array as break callable case catch class clone const continue declare default do echo else elseif empty enddeclare endfor endforeach endif endswitch endwhile enum exit extends final finally fn for foreach function global goto if implements include include_once instanceof insteadof interface isset list match namespace new or parent print private protected public readonly require require_once return self static switch throw trait try unset use var while xor yield'),
  types: words('bool float int iterable mixed never object string void'),
  atoms: words('true false null TRUE FALSE NULL'),
  hooks: {
    $: (stream: LineStream) => {
      stream.eatWhile(/[\w$]/);
      return 'variableName.special';
    },
    '#': (stream: LineStream) => {
      if (stream.peek() === '[') return 'meta';
      stream.skipToEnd();
      return 'comment';
    },
    '<': (stream: LineStream) => (stream.match(/^\?(php|=)?/) === null ? false : 'meta'),
    '?': (stream: LineStream) => (stream.eat('>') === undefined ? false : 'meta'),
  },
});
