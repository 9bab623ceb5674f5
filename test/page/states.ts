import type { Activity, ErrorItem, Item, MediaView, ModelView, Turn, ViewState } from '../../src/protocol/viewState.ts';
import { initialState } from '../../src/core/chat/viewStore.ts';
import { sheetOf } from '../../src/core/parameters/sheet.ts';
import { deepseek } from '../../src/core/providers/deepseek.ts';
import { jiekou } from '../../src/core/providers/jiekou.ts';
import { say } from '../../src/protocol/localText.ts';

/** DeepSeek, ready. */
export const readyModel: ModelView = {
  service: 'deepseek',
  serviceLabel: 'DeepSeek',
  model: 'deepseek-v4-pro',
  readiness: 'ready',
  hasKeyPage: true,
  notice: undefined,
  tools: 'on',
};

const idle: Activity = { kind: 'idle' };

/** A picture that waits or went along. */
export function mediaWith(id: string, label: string, bytes: number, problem?: MediaView['problem']): MediaView {
  return { id, kind: 'image', label, bytes, problem };
}

/** A state with what matters given and the rest as in a new chat. */
export function stateWith(parts: Partial<ViewState>): ViewState {
  return { ...initialState(readyModel), revision: 1, activity: idle, ...parts };
}

/** A finished turn. */
export function turnWith(id: string, question: string, items: readonly Item[], parts: Partial<Turn> = {}): Turn {
  return {
    id,
    question: { text: question, attachments: [] },
    items,
    outcome: 'done',
    usage: { promptTokens: 2481, completionTokens: 612, cachedTokens: 2304, reasoningTokens: 377, cost: { amount: 0.009_408, currency: 'CNY', pricesOf: '2026-11-15' } },
    details: { id: 'resp-4f1c', model: 'deepseek-v4-pro', created: 1_795_000_000, systemFingerprint: 'fp_7c2a', serviceTier: undefined, finishReason: 'stop' },
    ...parts,
  };
}

const reasoning = `The user wants to know how the retry works. Let me look at \`src/http/retry.ts\` first.

There are two timers: one for the whole request and one for the silence between two chunks. The second is the one that matters here, because keep-alive comments reset it.

1. A 429 carries \`Retry-After\`, which must win.
2. Otherwise exponential with jitter.

So the answer is: it retries three times.`;

const answer = `The request is retried **three times**, and only before the first byte of the answer has come.

### When it retries

| Status | Retried | Waits |
|:--|:-:|--:|
| 429 | yes | \`Retry-After\`, else 1 s |
| 500–504 | yes | 1, 2, 4 s |
| 400, 401, 402 | no | – |

The wait is computed in [\`src/http/retry.ts\`](src/http/retry.ts:12):

\`\`\`typescript
export function waitBefore(attempt: number, retryAfterMs: number | undefined): number {
  if (retryAfterMs !== undefined) return Math.min(retryAfterMs, longestWaitMs);
  return 2 ** attempt * 1000 * (0.75 + Math.random() / 2);
}
\`\`\`

- A stream that breaks **in the middle** is never repeated: what had come stays.
- Cancelling is not an error:
  - the signal is passed on,
  - the timer is cleared.
- [x] covered by a test
- [ ] covered for HTTP/2

> Keep-alive comments reset the idle timer, so a long queue is not an error.

See also <https://api-docs.deepseek.com/quick_start/rate_limit>.`;

const chineseAnswer = `**“重要”**的是：缓存按**前缀**命中。只要前缀不变，输入就便宜得多。

1. 系统提示放在最前面。
2. 工具的顺序固定不变。
3. *不要*把时间写进提示里。

\`\`\`python
def 前缀(消息):
    return 消息[:-1]  # 最后一条总是新的
\`\`\`

行内代码 \`messages\` 与中文之间不需要空格。`;

/** An answer with everything in it. */
export const answeredTurn = turnWith(
  't1',
  'How does the retry work, and what happens to a stream that breaks in the middle?',
  [
    { kind: 'reasoning', id: 'r1', text: reasoning, durationMs: 12_400 },
    {
      kind: 'call',
      id: 'c1',
      tool: 'read_file',
      arguments: '{"path":"src/http/retry.ts","from":1,"to":40}',
      status: 'done',
      summary: say('Read {0}, lines {1} to {2}', 'src/http/retry.ts', 1, 40),
      result: 'src/http/retry.ts\n1  export const attempts = 3;\n2  // \u202Ehidden order\n3  export const longestWaitMs = 30_000;',
    },
    { kind: 'text', id: 'a1', text: answer },
  ],
  {
    question: {
      text: 'How does the retry work, and what happens to a stream that breaks in the middle?',
      attachments: [{ label: 'src/http/retry.ts:12-40', text: 'export function waitBefore(attempt: number): number {\n  …\n}' }],
    },
  },
);

const chineseTurn = turnWith('t2', '缓存是怎么命中的？请简短说明。', [
  { kind: 'reasoning', id: 'r2', text: '用户问的是缓存。', durationMs: 3100 },
  { kind: 'text', id: 'a2', text: chineseAnswer },
]);

/** Every kind of error card, as the host words them. */
export const errorItems: readonly ErrorItem[] = [
  {
    kind: 'error',
    id: 'e1',
    title: say('{0} did not accept the API key.', 'DeepSeek'),
    advice: say('It may be mistyped, expired or revoked. Set a new one and try again.'),
    details: 'HTTP 401\n{"error":{"message":"Authentication Fails, Your api key: ****abcd is invalid","type":"authentication_error"}}',
    actions: ['set-key', 'open-key-page'],
  },
  {
    kind: 'error',
    id: 'e2',
    title: say('The balance at {0} is used up.', 'DeepSeek'),
    advice: say('Top up your account there, then try again.'),
    details: 'HTTP 402\nInsufficient Balance',
    actions: ['top-up', 'retry', 'choose-model'],
  },
  {
    kind: 'error',
    id: 'e3',
    title: say('{0} could not be reached.', 'DeepSeek'),
    advice: say('Check the network, the proxy settings of VS Code, and that something answers at {0}.', 'https://api.deepseek.com'),
    details: 'fetch failed\ncause: getaddrinfo ENOTFOUND api.deepseek.com',
    actions: ['retry', 'open-settings', 'show-log'],
  },
  {
    kind: 'error',
    id: 'e4',
    title: say('The connection to {0} broke off.', 'DeepSeek'),
    advice: say('What came is kept. Continue from there, or try again.'),
    details: undefined,
    actions: ['continue', 'retry', 'status-page'],
  },
];

const runningSince = Date.now() - 12_000;

/** The model settings of DeepSeek's model while it thinks, with changes of the person's and a value that was refused. */
export const thinkingSheet = sheetOf(
  { provider: deepseek, model: 'deepseek-v4-pro' },
  { ofService: { max_tokens: 32_000 }, ofModel: { temperature: 0.3, stop: ['END', '\n\n'], reasoning_effort: 'max' } },
  new Map([['top_logprobs', { text: '21', problem: say('{0} must be {1} ({2}).', 'top_logprobs', '≥ 0, ≤ 20', deepseek.pageUrl ?? '') }]]),
);

/** The longest of the model settings. */
export const longSheet = sheetOf(
  { provider: jiekou, model: 'zai-org/glm-4.5' },
  { ofService: {}, ofModel: { response_format: { type: 'json_schema', json_schema: { schema: { type: 'object', properties: { city: { type: 'string' } } } } }, logit_bias: { 1024: 6 }, enable_thinking: false } },
);

/** States of the page by the name of their picture. */
export const states: Readonly<Record<string, ViewState>> = {
  empty: stateWith({}),
  'needs-key': stateWith({ model: { ...readyModel, readiness: 'needs-key' } }),
  'no-folder': stateWith({
    model: { ...readyModel, tools: 'no-folder', notice: say('{0} is retired. Choose {1} instead.', 'deepseek-reasoner', 'deepseek-v4-pro') },
  }),
  reasoning: stateWith({
    activity: { kind: 'running', phase: 'reasoning', since: runningSince },
    turns: [
      turnWith('t1', 'How does the retry work?', [{ kind: 'reasoning', id: 'r1', text: reasoning, durationMs: undefined }], {
        outcome: 'running',
        usage: undefined,
      }),
    ],
  }),
  queued: stateWith({
    activity: { kind: 'running', phase: 'queued', since: runningSince },
    turns: [turnWith('t1', 'How does the retry work?', [], { outcome: 'running', usage: undefined })],
  }),
  silent: stateWith({
    activity: { kind: 'running', phase: 'silent', since: runningSince, serviceLabel: 'A gateway with a long name' },
    turns: [turnWith('t1', 'How does the retry work?', [{ kind: 'text', id: 'a1', text: 'It waits for the first byte and then' }], { outcome: 'running', usage: undefined })],
  }),
  retrying: stateWith({
    activity: {
      kind: 'running',
      phase: 'retrying',
      since: runningSince,
      serviceLabel: 'DeepSeek',
      retry: { attempt: 1, of: 2, at: runningSince + 60_000, reason: say('{0} is limiting how fast you may ask.', 'DeepSeek') },
    },
    turns: [turnWith('t1', 'How does the retry work?', [], { outcome: 'running', usage: undefined })],
  }),
  answering: stateWith({
    activity: { kind: 'running', phase: 'answering', since: runningSince },
    turns: [
      turnWith(
        't1',
        'How does the retry work?',
        [
          { kind: 'reasoning', id: 'r1', text: reasoning, durationMs: 12_400 },
          { kind: 'text', id: 'a1', text: answer.slice(0, answer.indexOf('return 2')) },
        ],
        { outcome: 'running', usage: undefined },
      ),
    ],
  }),
  answered: stateWith({ turns: [answeredTurn] }),
  costs: stateWith({
    turns: [
      turnWith('t1', 'Good morning!', [{ kind: 'text', id: 'a1', text: 'Good morning.' }]),
      turnWith('t2', 'And in dollars?', [{ kind: 'text', id: 'a2', text: 'By another service.' }], { usage: { promptTokens: 1_204_000, completionTokens: 98_000, cachedTokens: undefined, reasoningTokens: undefined, cost: { amount: 1.2345, currency: 'USD', pricesOf: '2026-06-15' } } }),
      turnWith('t3', 'And with a model of my own?', [{ kind: 'text', id: 'a3', text: 'Nobody knows its price.' }], { usage: { promptTokens: 31, completionTokens: 8, cachedTokens: undefined, reasoningTokens: undefined } }),
    ],
  }),
  chinese: stateWith({ turns: [chineseTurn] }),
  'media-waiting': stateWith({
    model: { ...readyModel, model: 'deepseek-v4-flash-vision-exp' },
    media: [mediaWith('m1', 'screenshot of the error.png', 184_320), mediaWith('m2', '圖片.webp', 2_200_000)],
    turns: [
      turnWith('t1', 'What is wrong in this picture?', [{ kind: 'text', id: 'a1', text: 'The button overlaps the text.' }], {
        question: { text: 'What is wrong in this picture?', attachments: [], media: [mediaWith('m0', 'a-screenshot-with-a-very-long-name-that-does-not-fit.png', 96_000)] },
      }),
    ],
  }),
  'media-refused': stateWith({
    model: { ...readyModel, model: 'deepseek-v4-flash' },
    media: [
      mediaWith('m1', 'screenshot.png', 184_320, say('{0} takes text only.', 'deepseek-v4-flash')),
      { ...mediaWith('m2', 'demo.mp4', 8_000_000, say('{0} takes text only.', 'deepseek-v4-flash')), kind: 'video' },
    ],
    turns: [turnWith('t1', 'Hello', [{ kind: 'text', id: 'a1', text: 'Hello.' }])],
  }),
  calls: stateWith({
    activity: { kind: 'running', phase: 'tool', since: runningSince },
    turns: [
      turnWith(
        't1',
        'Which files does the loader read?',
        [
          { kind: 'reasoning', id: 'r1', text: 'Look.', durationMs: 900 },
          { kind: 'call', id: 'c1', tool: 'read_file', arguments: '{"path":"src/loader.ts"}', status: 'done', summary: say('Read {0}', 'src/loader.ts'), result: 'export {}' },
          { kind: 'call', id: 'c2', tool: 'read_file', arguments: '{"path":"../../etc/passwd"}', status: 'refused', summary: undefined, result: 'The path is outside of the workspace.' },
          { kind: 'call', id: 'c3', tool: 'read_file', arguments: '{"path":"src/a-very/long/path/that/does/not/fit/on-one-line.ts"}', status: 'running', summary: say('Read {0}', 'src/a-very/long/path/that/does/not/fit/on-one-line.ts'), result: undefined },
          { kind: 'call', id: 'c4', tool: 'read_file', arguments: '{"pa', status: 'not-run', summary: undefined, result: undefined },
        ],
        { outcome: 'running', usage: undefined },
      ),
    ],
  }),
  'sheet-thinking': stateWith({ sheet: thinkingSheet }),
  'sheet-long': stateWith({ sheet: longSheet }),
  errors: stateWith({
    turns: [
      turnWith('t1', 'What does this do?', [...errorItems, { kind: 'notice', id: 'n1', text: say('The answer reached the limit on its length and was cut off.'), actions: ['continue'] }], {
        outcome: 'failed',
        usage: undefined,
      }),
    ],
  }),
  stopped: stateWith({
    turns: [
      turnWith('t1', 'Write a very long story.', [{ kind: 'text', id: 'a1', text: 'Once upon a time there was a small stream that' }], { outcome: 'stopped' }),
      turnWith('t2', 'Go on.', [{ kind: 'text', id: 'a2', text: 'It ran down the hill and' }], { outcome: 'cut' }),
    ],
  }),
  long: stateWith({
    turns: Array.from({ length: 40 }, (_, index) =>
      turnWith(`t${index}`, `Question number ${index + 1}`, [{ kind: 'text', id: `a${index}`, text: answer }]),
    ),
  }),
};
