/** The markup of a call that begins in the text, as far as it is certain. */
export interface Markup {
  /** Where what was looked at ends. */
  readonly end: number;
  /** What ends the call; undefined where it ends with the JSON value that comes next. */
  readonly closing: string | undefined;
}

/**
 * What has to follow an opening: prose speaks of markup, and only what goes on like a call is one. White space and names
 * have bounds, for so long the text is held back.
 */
interface Form {
  /** A first group stands in front of the call's JSON. */
  readonly call: RegExp;
  /** All that is there, and may still become a call. */
  readonly undecided: RegExp;
}

/** JSON, further markup, or the name right behind the opening (GLM). */
const body: Form = { call: /^(?:\s{0,32}(?:\{|\[\s{0,8}\{|<[\w/])|[\w.-]{1,64}\n?[<{])/, undecided: /^(?:\s{0,32}(?:<|\[\s{0,8})?|[\w.-]{1,64}\n?)$/ };
const nested: Form = { call: /^\s{0,32}</, undecided: /^\s{0,32}$/ };
const named: Form = { call: /^\s{0,8}[\w.:-]{1,80}\n?[<{]/, undecided: /^\s{0,8}[\w.:-]{0,80}\n?$/ };
const functionBody: Form = { call: /^[\w.-]{1,64}>\s{0,32}(?:\{|<parameter|<\/function)/, undecided: /^(?:[\w.-]{0,64}|[\w.-]{1,64}>\s{0,32}(?:<\/?[a-z]{0,8})?)$/ };
const invocation: Form = { call: /^["']?[\w.-]{1,64}["']?[^<>\n]{0,32}>\s{0,32}[<{]/, undecided: /^["']?[\w.-]{0,64}(?:["']?[^<>\n]{0,32}(?:>\s{0,32})?)?$/ };
/** Mistral's: a list of calls, or a name with its arguments, marks between them or not. */
const list: Form = {
  call: /^(\s{0,8}[\w.-]{0,64}(?:\[(?:CALL_ID|ARGS)\][\w-]{0,64}){0,2})(?:\{|\[\s{0,8}\{)/,
  undecided: /^\s{0,8}[\w.-]{0,64}(?:\[(?:CALL_ID|ARGS)\][\w-]{0,64}){0,2}(?:\[(?:[A-Z_]{0,7}|\s{0,8}))?$/,
};

/** What begins a call in the templates of models, what ends it, and how it goes on. */
const markup: readonly (readonly [opening: string, closing: string | undefined, form: Form])[] = [
  ['<tool_call>', '</tool_call>', body],
  ['<tool_calls>', '</tool_calls>', body],
  ['<function_calls>', '</function_calls>', body],
  ['<invoke name=', '</invoke>', invocation],
  ['<function=', '</function>', functionBody],
  ['<｜DSML｜function_calls>', '</｜DSML｜function_calls>', nested],
  ['<｜DSML｜tool_calls>', '</｜DSML｜tool_calls>', nested],
  ['<｜DSML｜invoke name=', '</｜DSML｜invoke>', invocation],
  ['<｜tool▁calls▁begin｜>', '<｜tool▁calls▁end｜>', nested],
  ['<｜tool▁call▁begin｜>', '<｜tool▁call▁end｜>', named],
  ['<|tool_calls_section_begin|>', '<|tool_calls_section_end|>', nested],
  ['<|tool_call_begin|>', '<|tool_call_end|>', named],
  ['[TOOL_CALLS]', undefined, list],
];

const longest = Math.max(...markup.map(([opening]) => opening.length));
/** No form looks further. */
const farthest = 256;

/** The markup that begins at this place of the text; `undecided` while it may still become some. */
export function markupAt(text: string, at: number): Markup | 'undecided' | undefined {
  const found = markup.find(([opening]) => text.startsWith(opening, at));
  if (found === undefined) {
    const rest = text.length - at < longest ? text.slice(at) : undefined;
    return rest !== undefined && markup.some(([opening]) => opening.startsWith(rest)) ? 'undecided' : undefined;
  }
  const [opening, closing, form] = found;
  const from = at + opening.length;
  const follows = text.slice(from, from + farthest);
  const match = form.call.exec(follows);
  if (match !== null) return { end: from + (match[1]?.length ?? 0), closing };
  return form.undecided.test(follows) ? 'undecided' : undefined;
}
