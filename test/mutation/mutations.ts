/** One handling of a quirk, taken away. */
export interface Mutation {
  /** The quirk's id in docs/servers.md, which the names of its tests begin with. */
  readonly id: string;
  /** Below `src/core`. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly from: string;
  readonly to: string;
}

/** Each takes away what the named tests say is handled, so that at least one of them has to fail. */
export const mutations: readonly Mutation[] = [
  { id: 'S1', file: 'completions/bodyReader.ts', from: 'decoder.decode(bytes, streaming)', to: 'decoder.decode(bytes)' },
  { id: 'S7', file: 'completions/reading.ts', from: '/^(keep-?alive|ping|heartbeat)$/i', to: '/^never$/' },
  { id: 'S8', file: 'completions/eventPayloads.ts', from: 'const word = text.trim();', to: 'const word = text;' },
  { id: 'S9', file: 'completions/eventPayloads.ts', from: "parser.feed('\\n\\n');\n      // Fewer", to: '// Fewer' },
  { id: 'S10', file: 'completions/eventPayloads.ts', from: 'return code === 123 || code === 91;', to: 'return false;' },
  { id: 'S11', file: 'completions/bodyReader.ts', from: 'text = text.trimStart();', to: '' },
  { id: 'S13', file: 'completions/eventPayloads.ts', from: 'maxBufferSize: limits.line,', to: '' },
  { id: 'S14', file: 'completions/repairJson.ts', from: 'return value === undefined && hasControl.test(text) ? parseJson(escapeControls(text)) : value;', to: 'return value;' },
  { id: 'S16', file: 'completions/bodyReader.ts', from: "case '{':", to: "case '\\u0000':" },
  { id: 'S17', file: 'completions/bodyReader.ts', from: "case '<':", to: "case '\\u0000':" },
  { id: 'C1', file: 'completions/chunk.ts', from: 'if (Array.isArray(choices) && choices.length > 0) return choices;', to: 'return choices as readonly unknown[];' },
  { id: 'C2', file: 'completions/answer.ts', from: "cameAs = 'message';\n    return asObject(message);", to: 'return undefined;' },
  { id: 'C4', file: 'completions/chunk.ts', from: 'if (!Array.isArray(parts) || levels === 0) return;', to: 'return;' },
  { id: 'C5', file: 'completions/chunk.ts', from: "if (typeof text === 'string' && text !== '') return { field, text };", to: "if (typeof text === 'string' && text.trim() !== '') return { field, text: text.trim() };" },
  { id: 'C6', file: 'completions/thinkTags.ts', from: 'if (word.startsWith(text.slice(text.length - length))) return length;', to: '' },
  { id: 'C7', file: 'completions/finishReason.ts', from: "['eos', 'stop'],", to: '' },
  { id: 'C8', file: 'completions/completionEnd.ts', from: "const whole = reason === 'stop' || reason === 'tool-calls';", to: "const whole = reason === 'tool-calls';" },
  { id: 'C9', file: 'completions/reading.ts', from: 'usage = usageIn(value, first) ?? usage;', to: 'usage ??= main.finishReason() === undefined ? usageIn(value, first) : undefined;' },
  { id: 'C10', file: 'completions/usage.ts', from: "?? readUsage(choice?.['usage'])", to: '' },
  { id: 'C11', file: 'completions/reading.ts', from: 'if (!main.hasBegun() && main.finishReason() === undefined && answers.length > 1) answers.shift();', to: '' },
  { id: 'C13', file: 'completions/reading.ts', from: "value['error'] || ", to: '' },
  { id: 'T1', file: 'completions/callAssembler.ts', from: 'return place === undefined ? open.at(-1)', to: 'return place === undefined ? open[0]' },
  { id: 'T3', file: 'completions/callAssembler.ts', from: 'return id === undefined || call?.id === undefined || call.id === id ? call : undefined;', to: 'return call;' },
  { id: 'T4', file: 'completions/chunk.ts', from: "id: asText(call['id']),", to: "id: call['id'] as string | undefined," },
  { id: 'T6', file: 'completions/callAssembler.ts', from: 'while (ids.has(own)) own = `${own}_${call.position}`;', to: '' },
  { id: 'T7', file: 'completions/callAssembler.ts', from: 'if (name !== undefined && name !== call.name) call.name += name;', to: 'if (name !== undefined) call.name += name;' },
  { id: 'T8', file: 'completions/chunk.ts', from: "value === null ? '' : JSON.stringify(value)", to: "value === null ? '' : String(value)" },
  { id: 'T9', file: 'completions/callAssembler.ts', from: "isCumulative: callArguments === 'snapshots'", to: 'isCumulative: false' },
  { id: 'T11', file: 'completions/reading.ts', from: "if (value['tool_calls'] !== undefined) main.addBeside(value['tool_calls']);", to: '' },
  { id: 'T12', file: 'completions/chunk.ts', from: 'legacy === undefined || calls.length > 0 ? calls :', to: 'legacy === undefined || calls.length === 0 ? calls :' },
  { id: 'T13', file: 'completions/completionEnd.ts', from: "const whole = reason === 'stop' || reason === 'tool-calls';", to: 'const whole = true;' },
  { id: 'T14', file: 'completions/request.ts', from: "return name.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 64) || 'unnamed';", to: 'return name;' },
  { id: 'T15', file: 'tools/arguments.ts', from: 'if (second !== undefined && Object.keys(first).length === 0) return { value: second };', to: '' },
  { id: 'T16', file: 'completions/leakedCalls.ts', from: 'const found = markupAt(text, at);', to: 'const found = undefined as ReturnType<typeof markupAt>;' },
  { id: 'E1', file: 'completions/reading.ts', from: 'else if (isFinished()) over = true;', to: '' },
  { id: 'E2', file: 'completions/reading.ts', from: '(chosen.finishReason === undefined && !done)', to: 'false' },
  { id: 'E3', file: 'completions/completionEnd.ts', from: 'whole && (finishReason !== undefined || message.calls.every(isWhole))', to: 'whole' },
  { id: 'E4', file: 'completions/reading.ts', from: 'failure ??= { error: error instanceof CompletionError ? error : cutOff(error) };', to: 'done = true;' },
  { id: 'E5', file: 'completions/completionEnd.ts', from: '!isShortened && isEmpty(message)', to: 'false' },
  { id: 'E6', file: 'completions/exchange.ts', from: "signal.addEventListener('abort', abort, { once: true });", to: '' },
  { id: 'R1', file: 'completions/request.ts', from: '...(tools.length > 0 && { tools:', to: '...({ tools:' },
  { id: 'R2', file: 'tools/wireSchema.ts', from: '!annotations.has(name)', to: 'true' },
  { id: 'R3', file: 'completions/adjustments.ts', from: "if (name === 'stream_options' && adjustment.withoutStreamOptions) return [];", to: '' },
  { id: 'R4', file: 'completions/adjustments.ts', from: 'return other !== undefined && learn({ outputLimit: other });', to: 'return false;' },
  { id: 'R5', file: 'completions/endpoint.ts', from: ".replace(/(\\/chat\\/completions)+$/, '')", to: '' },
  { id: 'R6', file: 'completions/complete.ts', from: 'key !== undefined && !/^[\\x21-\\x7e]+$/.test(key)', to: 'false' },
  { id: 'R7', file: 'completions/request.ts', from: 'return text.isWellFormed() ? text : text.toWellFormed();', to: 'return text;' },
  { id: 'R8', file: 'conversation/normalise.ts', from: "return message.text !== '' || message.calls.length > 0;", to: 'return true;' },
  { id: 'R9', file: 'conversation/normalise.ts', from: "if (last?.role !== 'user') {", to: "if (last?.role !== 'user' || sound.length > 0) {" },
  { id: 'R10', file: 'conversation/normalise.ts', from: 'return message.calls.map(', to: 'return message.calls.filter((call) => answers.some((answer) => answer.callId === call.id)).map(' },
];
