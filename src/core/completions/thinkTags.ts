/** Where the content of an answer goes, piece by piece. */
export interface ContentSink {
  readonly reasoning: (text: string) => void;
  readonly text: (text: string) => void;
}

/** Tells reasoning that stands inside the content from the answer behind it (docs/servers.md C6). */
export interface ThinkTags {
  readonly add: (content: string) => void;
  /** The answer has ended: what was held back, for it could have become a tag, is let go. Says whether the answer itself had begun. */
  end(): 'answered' | 'reasoning';
}

const opening = '<think>';
const closing = '</think>';

/** So much white space in front of a tag is none's: DeepSeek sends it without end for `json_object` (docs/servers.md §2.1). */
const mostWhite = 256;

/**
 * `both`: reasoning begins where `<think>` is the first thing in the content; anywhere else the tag is a word like any
 * other. `closing only`: the content begins in reasoning, for the model's template has written the opening tag.
 */
export function createThinkTags(tags: 'both' | 'closing only', sink: ContentSink): ThinkTags {
  let state: 'start' | 'reasoning' | 'text' = tags === 'both' ? 'start' : 'reasoning';
  let held = '';

  function add(content: string): void {
    if (state === 'text') return sink.text(content);
    held += content;
    if (state === 'start') begin();
    if (state === 'reasoning') think();
  }

  function begin(): void {
    const white = /^\s*/.exec(held.slice(0, mostWhite + 1))?.[0].length ?? 0;
    const start = held.slice(white);
    if (white <= mostWhite && start.startsWith(opening)) {
      state = 'reasoning';
      held = held.slice(0, white) + start.slice(opening.length);
    } else if (white > mostWhite || !opening.startsWith(start)) {
      state = 'text';
      release(held);
    }
  }

  function think(): void {
    const end = held.indexOf(closing);
    if (end === -1) {
      const keep = suffixThatBegins(held, closing);
      sink.reasoning(held.slice(0, held.length - keep));
      held = held.slice(held.length - keep);
      return;
    }
    state = 'text';
    sink.reasoning(held.slice(0, end));
    release(held.slice(end + closing.length));
  }

  function release(text: string): void {
    held = '';
    if (text !== '') sink.text(text);
  }

  return {
    add,
    end() {
      if (state === 'reasoning') sink.reasoning(held);
      else release(held);
      held = '';
      return state === 'reasoning' ? 'reasoning' : 'answered';
    },
  };
}

/** How many characters at the end of the text could be the beginning of the word; the whole word is not one. */
export function suffixThatBegins(text: string, word: string): number {
  for (let length = Math.min(text.length, word.length - 1); length > 0; length -= 1) {
    if (word.startsWith(text.slice(text.length - length))) return length;
  }
  return 0;
}

/**
 * Reasoning and answer of a text that has a closing tag on a line of its own and no opening one, outside of code: what
 * comes of a template that wrote the opening tag into the prompt. Undefined when it has none.
 */
export function splitUnopened(text: string): { readonly reasoning: string; readonly text: string } | undefined {
  const at = /(?:^|\n)<\/think>(?=\r?\n|$)/.exec(text);
  if (at === null) return undefined;
  const before = text.slice(0, at.index);
  const fences = before.match(/^ {0,3}(?:```|~~~)/gm)?.length ?? 0;
  if (fences % 2 === 1 || before.includes(opening)) return undefined;
  return { reasoning: before, text: text.slice(at.index + at[0].length) };
}
