/**
 * What a test may ask of the simulator's model inside the last user message, as `[[simulate: …]]`. Several may stand in
 * one message; after the closing brackets comes white space, a Han character, another directive or the end.
 *
 * - `call tool NAME with ARGUMENTS`: calls the tool with exactly this text as arguments (bad JSON and unknown names too);
 *   several directives are parallel calls. Without ` with …` the arguments are empty.
 * - `then call tool NAME with ARGUMENTS`: the same in the round after the results of the calls before it.
 * - `obey results`: the model takes the directives in what its tools return for orders, as a misled model does.
 * - `loop tool NAME with ARGUMENTS`: calls the tool again after every result, for ever.
 * - `say TEXT`: answers with exactly this text.
 * - `long N`: answers with N numbered sentences. `reason N`: reasons for N sentences first.
 * - `text-markup`: a tool call that leaked into the text. `think-tags`: reasoning inside the text.
 * - `markdown torture`: Markdown that is hard to draw and to sanitise. `no reasoning`: none. `empty`: no text at all.
 */
export type Directive =
  | { readonly kind: 'call' | 'then-call' | 'loop'; readonly name: string; readonly arguments: string }
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'long' | 'reason'; readonly count: number }
  | { readonly kind: 'text-markup' | 'think-tags' | 'markdown-torture' | 'no-reasoning' | 'empty' | 'obey-results' };

const marked = /\[\[\s*(simulate|fault(?: once)?)\s*:\s*([\s\S]*?)\s*\]\](?=\s|$|\[\[|\p{Script=Han})/gu;
const call = /^(then call|call|loop) tool (\S+)(?: with ([\s\S]*))?$/;
const counted = /^(long|reason) (\d+)$/;
const plain: Readonly<Record<string, Directive>> = {
  'text-markup': { kind: 'text-markup' },
  'think-tags': { kind: 'think-tags' },
  'markdown torture': { kind: 'markdown-torture' },
  'no reasoning': { kind: 'no-reasoning' },
  empty: { kind: 'empty' },
  'obey results': { kind: 'obey-results' },
};

function parseDirective(text: string): Directive | undefined {
  const called = call.exec(text);
  if (called !== null) {
    const [, verb, name = '', given = ''] = called;
    return { kind: verb === 'loop' ? 'loop' : verb === 'call' ? 'call' : 'then-call', name, arguments: given };
  }
  const numbered = counted.exec(text);
  if (numbered !== null) return { kind: numbered[1] === 'long' ? 'long' : 'reason', count: Number(numbered[2]) };
  if (text.startsWith('say ')) return { kind: 'say', text: text.slice(4) };
  return plain[text];
}

/** What stands in double brackets in a message, by its first word. */
export function marksIn(text: string, word: 'simulate' | 'fault' | 'fault once'): readonly string[] {
  return [...text.matchAll(marked)].filter((match) => match[1] === word).map((match) => match[2] ?? '');
}

/** The directives of a message; one that is not understood is answered in words, so that a typing mistake shows. */
export function directivesIn(text: string): readonly Directive[] {
  return marksIn(text, 'simulate').map(
    (mark) => parseDirective(mark) ?? { kind: 'say', text: `The simulator does not know the directive "${mark}".` },
  );
}

/** A message without anything in double brackets. */
export function withoutMarks(text: string): string {
  return text.replaceAll(marked, '').trim();
}
