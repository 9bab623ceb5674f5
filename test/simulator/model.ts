import { currentTurn, textOf, type ChatMessage, type ChatRequest, type ChatTool } from './chat.ts';
import { directivesIn, type Directive } from './directives.ts';
import { echoAnswer, explanation, longAnswer, quoteResult, reasoningFor, signature } from './prose.ts';
import { readQuestion, type Question } from './question.ts';
import { fileArguments, sampleArguments, sampleOf } from './toolArguments.ts';
import { torture } from './torture.ts';

/** A call the model makes; the arguments are the raw text that goes out. */
export interface PlannedCall {
  readonly name: string;
  readonly arguments: string;
}

/** What the model would say with no limit on tokens. */
export interface Plan {
  readonly reasoning: string;
  readonly text: string;
  readonly calls: readonly PlannedCall[];
  /** A long answer is sent slowly, so that it can be stopped. */
  readonly slow: boolean;
}

const sentencesInLongAnswer = 400;

const changed = { en: 'I proposed a remark above the first line of the code.', zh: '我建议在代码的第一行上方加一条注释。' } as const;

interface Turn {
  readonly request: ChatRequest;
  readonly question: Question;
  readonly directives: readonly Directive[];
  readonly after: readonly ChatMessage[];
  readonly variant: number;
}

function resultsOf(after: readonly ChatMessage[]): readonly { readonly name: string; readonly path: string | undefined; readonly content: string }[] {
  const calls = new Map<string, { readonly name: string; readonly path: string | undefined }>();
  return after.flatMap((message) => {
    for (const call of message.tool_calls ?? []) {
      const path = /"(?:[^"\\]|\\.)*"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(call.function.arguments)?.[1];
      calls.set(call.id, { name: call.function.name, path });
    }
    if (message.role !== 'tool') return [];
    const call = calls.get(message.tool_call_id ?? '');
    return [{ name: call?.name ?? 'tool', path: call?.path, content: textOf(message) }];
  });
}

/** Calls by round: each round is answered before the next begins. */
function roundsAskedFor(directives: readonly Directive[], round: number): readonly (readonly PlannedCall[])[] {
  const rounds: PlannedCall[][] = [];
  for (const directive of directives) {
    if (directive.kind === 'loop') return Array.from({ length: round + 1 }, () => [{ name: directive.name, arguments: directive.arguments }]);
    if (directive.kind !== 'call' && directive.kind !== 'then-call') continue;
    const planned = { name: directive.name, arguments: directive.arguments };
    const last = rounds.at(-1);
    if (last === undefined || directive.kind === 'then-call') rounds.push([planned]);
    else last.push(planned);
  }
  return rounds;
}

function callsFor(turn: Turn): readonly PlannedCall[] {
  const { request, question, after } = turn;
  const tools: readonly ChatTool[] = request.tools ?? [];
  const round = after.filter((message) => (message.tool_calls ?? []).length > 0).length;
  const asked = roundsAskedFor(turn.directives, round);
  const planned = asked[round];
  if (planned !== undefined && request.tool_choice !== 'none') return planned;
  if (asked.length > 0 || round > 0 || request.tool_choice === 'none') return [];
  const change = smallChange(question, tools);
  if (change !== undefined) return [change];
  const readFile = tools.find((tool) => /^read_?file$/i.test(tool.function.name));
  const isAboutAttachedCode = question.wants === 'explanation' && question.code !== undefined;
  if (readFile !== undefined && question.paths.length > 0 && !isAboutAttachedCode && question.wants !== 'long-answer') {
    return question.paths.map((path) => ({ name: readFile.function.name, arguments: fileArguments(readFile, path, question.lines) }));
  }
  const choice = request.tool_choice;
  const forced = choice === 'required' ? tools[0] : typeof choice === 'object' ? tools.find((tool) => tool.function.name === choice?.function.name) : undefined;
  return forced === undefined ? [] : [{ name: forced.function.name, arguments: sampleArguments(forced) }];
}

/** What a model does that is asked to change attached code: here it puts a remark above its first line. */
function smallChange({ wants, code }: Question, tools: readonly ChatTool[]): PlannedCall | undefined {
  const edit = tools.find((tool) => tool.function.name === 'edit_file');
  if (wants !== 'change' || edit === undefined || code?.path === undefined || code.firstLine === '') return undefined;
  const indent = /^\s*/.exec(code.firstLine)?.[0] ?? '';
  const sign = /^(?:python|ruby|shellscript|yaml|toml|dockerfile|makefile)$/.test(code.language) ? '#' : '//';
  const edits = [{ search: code.firstLine, replace: `${indent}${sign} The simulator was here; a model would do what you asked.\n${code.firstLine}` }];
  return { name: 'edit_file', arguments: JSON.stringify({ path: code.path, edits }) };
}

function specialText(turn: Turn): string | undefined {
  for (const directive of turn.directives) {
    if (directive.kind === 'say') return directive.text;
    if (directive.kind === 'empty') return '';
    if (directive.kind === 'long') return longAnswer(turn.question.language, directive.count);
    if (directive.kind === 'markdown-torture') return torture;
    if (directive.kind === 'think-tags') return '<think>\nThis reasoning was sent as text.\n</think>\n\nThe tags stand before this sentence.';
    if (directive.kind === 'text-markup') return 'I will read it.\n\n<tool_call>\n{"name": "read_file", "arguments": {"path": "notes.txt"}}\n</tool_call>';
  }
  return undefined;
}

function plainText(turn: Turn): string {
  const { question, variant } = turn;
  const results = resultsOf(turn.after);
  if (question.wants === 'change' && results.length > 0 && results.every(({ name }) => name === 'edit_file')) return changed[question.language];
  if (results.length > 0) {
    return results.map((result) => quoteResult(question.language, { ...result, several: results.length > 1 })).join('\n\n');
  }
  if (question.wants === 'long-answer') return longAnswer(question.language, sentencesInLongAnswer);
  if (question.wants === 'explanation' || question.code !== undefined) return explanation(question.code, question);
  return echoAnswer(question, variant);
}

function textFor(turn: Turn): string {
  const { request, question } = turn;
  const special = specialText(turn);
  if (special === '') return '';
  const text = special ?? plainText(turn);
  const format = request.response_format?.type;
  if (format === 'json_schema') return JSON.stringify(sampleOf(request.response_format?.json_schema?.schema));
  if (format === 'json_object') return JSON.stringify({ answer: text, simulator: signature[question.language] });
  return `${text}\n\n${signature[question.language]}`;
}

interface PlanOptions {
  readonly thinks: boolean;
  readonly variant: number;
}

/** Plans an answer from the request alone: the same request and variant give the same plan. */
export function plan(request: ChatRequest, options: PlanOptions): Plan {
  const unfinished = unfinishedIn(request.messages);
  if (unfinished === undefined) return planWhole(request, options);
  const whole = planWhole({ ...request, messages: unfinished.before }, options);
  const { said } = unfinished;
  const rest = whole.text.startsWith(said) ? whole.text.slice(said.length) : ' And so on.';
  // Told to go on, models like to say their last words again; a prefix they go on from to the letter.
  return { ...whole, reasoning: unfinished.byPrefix ? '' : whole.reasoning, text: unfinished.byPrefix ? rest : said.slice(-24) + rest, calls: [] };
}

/** An answer that the request wants gone on with: by `prefix` (docs/servers.md §2.1), or because its last message says so. */
function unfinishedIn(messages: readonly ChatMessage[]): { readonly before: readonly ChatMessage[]; readonly said: string; readonly byPrefix: boolean } | undefined {
  const last = messages.at(-1);
  if (last?.prefix === true) return { before: messages.slice(0, -1), said: textOf(last), byPrefix: true };
  const said = messages.at(-2);
  const isAsked = last?.role === 'user' && said?.role === 'assistant' && /\b(go on|continue) from exactly where\b/i.test(textOf(last));
  return isAsked ? { before: messages.slice(0, -2), said: textOf(said), byPrefix: false } : undefined;
}

/** A misled model does not tell data from orders: what stands in the results comes after what the person asked for. */
function withOrders(asked: readonly Directive[], after: readonly ChatMessage[]): readonly Directive[] {
  if (!asked.some(({ kind }) => kind === 'obey-results')) return asked;
  return [...asked, ...after.flatMap((message) => (message.role === 'tool' ? directivesIn(textOf(message)) : []))];
}

function planWhole(request: ChatRequest, options: PlanOptions): Plan {
  const { user, after } = currentTurn(request.messages);
  const message = textOf(user);
  const question = readQuestion(message);
  const directives = withOrders(directivesIn(message), after);
  const turn: Turn = { request, question, directives, after, variant: options.variant };
  const calls = callsFor(turn);
  const results = resultsOf(after);
  const step = calls.length > 0
    ? { kind: 'call' as const, names: [...new Set(calls.map((call) => call.name))] }
    : { kind: results.length > 0 ? ('quote' as const) : ('answer' as const), names: [...new Set(results.map((result) => result.name))] };
  const extra = directives.find((directive) => directive.kind === 'reason');
  const silent = !options.thinks || directives.some((directive) => directive.kind === 'no-reasoning' || directive.kind === 'empty');
  const wantsLong = results.length === 0 && question.wants === 'long-answer';
  return {
    reasoning: silent ? '' : reasoningFor(question, step, extra?.kind === 'reason' ? extra.count : 0),
    text: calls.length > 0 ? '' : textFor(turn),
    calls,
    slow: wantsLong || directives.some((directive) => directive.kind === 'long' || directive.kind === 'reason'),
  };
}
