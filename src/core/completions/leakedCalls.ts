import { createJsonEnd, type JsonEnd } from './jsonEnd.ts';
import { markupAt } from './leakedMarkup.ts';
import { suffixThatBegins } from './thinkTags.ts';

/** Where the text of an answer goes. */
export interface TextSink {
  text(text: string): void;
  /** The markup of a tool call that the server's parser did not recognise: words, nothing to run. */
  leaked(text: string): void;
}

/** Finds tool calls that were written into the text (docs/servers.md T16), wherever it is cut. Nothing is left out or changed. */
export interface LeakedCalls {
  readonly add: (text: string) => void;
  end(): void;
}

/** Markup and code begin with one of these. */
const special = /[`~<[]/;

export function createLeakedCalls(sink: TextSink): LeakedCalls {
  let held = '';
  let leak: string | JsonEnd | undefined;
  const code = createCodeSpans();

  function add(added: string): void {
    if (held === '' && leak === undefined && code.isIdle() && !special.test(added)) {
      code.skip(added);
      return sink.text(added);
    }
    const text = held + added;
    held = '';
    let from = 0;
    while (from < text.length) from = leak === undefined ? plain(text, from) : leaked(text, from, leak);
  }

  /** Passes text on up to the next call, and says how far it got. */
  function plain(text: string, from: number): number {
    for (let at = from; at < text.length; at += 1) {
      const character = text.charAt(at);
      if ((character === '<' || character === '[') && code.isOutsideBefore(character)) {
        const found = markupAt(text, at);
        if (found !== undefined) {
          if (at > from) sink.text(text.slice(from, at));
          if (found === 'undecided') return hold(text, at);
          leak = found.closing ?? createJsonEnd();
          sink.leaked(text.slice(at, found.end));
          return found.end;
        }
      }
      code.pass(character);
    }
    sink.text(text.slice(from));
    return text.length;
  }

  function leaked(text: string, from: number, ending: string | JsonEnd): number {
    const at = typeof ending === 'string' ? text.indexOf(ending, from) : ending.find(text, from);
    if (at === -1) {
      const keep = typeof ending === 'string' ? suffixThatBegins(text.slice(from), ending) : 0;
      if (text.length - keep > from) sink.leaked(text.slice(from, text.length - keep));
      return hold(text, text.length - keep);
    }
    const end = typeof ending === 'string' ? at + ending.length : at;
    leak = undefined;
    sink.leaked(text.slice(from, end));
    return end;
  }

  function hold(text: string, from: number): number {
    held = text.slice(from);
    return text.length;
  }

  return {
    add,
    end() {
      if (held !== '') sink[leak === undefined ? 'text' : 'leaked'](held);
      held = '';
    },
  };
}

/** Follows where fenced blocks and `code` begin and end, one character at a time: what stands there is shown, not leaked. */
interface CodeSpans {
  /** No code is open, nor a row of marks that could open some. */
  isIdle(): boolean;
  isOutsideBefore(character: string): boolean;
  pass(character: string): void;
  /** The same as passing each character, of text that holds no code marks. */
  skip(text: string): void;
}

function createCodeSpans(): CodeSpans {
  let fence: { readonly mark: string; readonly length: number } | undefined;
  let inline = 0;
  /** Only white space has come since the line began. */
  let atLineStart = true;
  let run = { mark: '', length: 0, atLineStart: false };

  function endRun(): void {
    const { mark, length } = run;
    if (fence !== undefined) {
      if (run.atLineStart && mark === fence.mark && length >= fence.length) fence = undefined;
    } else if (inline > 0) {
      if (mark === '`' && length === inline) inline = 0;
    } else if (run.atLineStart && length >= 3) fence = { mark, length };
    else if (mark === '`') inline = length;
    run = { mark: '', length: 0, atLineStart: false };
  }

  return {
    isIdle: () => fence === undefined && inline === 0 && run.length === 0,
    isOutsideBefore(character) {
      if (run.length > 0 && character !== run.mark) endRun();
      return fence === undefined && inline === 0;
    },
    pass(character) {
      if (run.length > 0 && character !== run.mark) endRun();
      if (character === '`' || character === '~') run = run.length === 0 ? { mark: character, length: 1, atLineStart } : { ...run, length: run.length + 1 };
      // A paragraph ends what was never closed.
      if (character === '\n' && atLineStart) inline = 0;
      atLineStart = character === '\n' || (atLineStart && (character === ' ' || character === '\t' || character === '\r'));
    },
    skip(text) {
      const line = text.lastIndexOf('\n');
      atLineStart = (line !== -1 || atLineStart) && text.slice(line + 1).trim() === '';
    },
  };
}
