import assert from 'node:assert/strict';
import OpenAI, {
  AuthenticationError,
  BadRequestError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  UnprocessableEntityError,
} from 'openai';
import { readFileTool, usualModel } from '../simulator/client.ts';
import { startSimulator, type Simulator } from '../simulator/server.ts';
import type { ServiceId } from '../simulator/service.ts';

type Message = OpenAI.ChatCompletionMessageParam;

/** DeepSeek and its relatives send and take back a field that the client's types do not have. */
type WithReasoning = { readonly reasoning_content?: string | null };

const content = 'first line\n第二行 with `ticks`\nthird line';
const question: Message = { role: 'user', content: 'What does notes.txt say?' };
const tools = [readFileTool] as unknown as OpenAI.ChatCompletionTool[];
const services: readonly ServiceId[] = ['deepseek', 'iflow', 'jiekou', 'open'];

function parameters(service: ServiceId, messages: readonly Message[]): { model: string; max_tokens: number; messages: Message[]; tools: OpenAI.ChatCompletionTool[] } {
  return { model: usualModel[service], max_tokens: 4000, messages: [...messages], tools };
}

describe('The official openai client', () => {
  let simulator: Simulator;
  before(async () => { simulator = await startSimulator(); });
  after(() => simulator.close());
  afterEach(() => simulator.faults.clear());

  function clientOf(service: ServiceId, apiKey?: string): OpenAI {
    return new OpenAI({ baseURL: simulator.bases[service], apiKey: apiKey ?? (service === 'open' ? 'none' : simulator.keys[service]), maxRetries: 0, logLevel: 'off' });
  }

  async function askWithWrongKey(service: ServiceId): Promise<void> {
    await clientOf(service, 'sk-wrong-key-here').chat.completions.create(parameters(service, [question]));
  }

  for (const service of services) {
    it(`streams a chat with a tool call and its result from ${service}`, async () => {
      const client = clientOf(service);
      const asking = client.chat.completions.stream({ ...parameters(service, [question]), stream: true });
      let reasoning = '';
      asking.on('chunk', (chunk) => { reasoning += (chunk.choices[0]?.delta as WithReasoning | undefined)?.reasoning_content ?? ''; });
      const asked = await asking.finalChatCompletion();
      assert.match(reasoning, /I will call read_file/);
      const message = asked.choices[0]?.message;
      const call = message?.tool_calls?.[0];
      assert.equal(asked.choices[0]?.finish_reason, 'tool_calls');
      assert.ok(message !== undefined && call?.type === 'function');
      assert.equal(call.function.name, 'read_file');
      assert.deepEqual(JSON.parse(call.function.arguments), { path: 'notes.txt' });

      const history: Message[] = [
        question,
        { role: 'assistant', content: message.content ?? '', tool_calls: message.tool_calls ?? [], reasoning_content: reasoning } as Message,
        { role: 'tool', tool_call_id: call.id, content },
      ];
      const answer = await client.chat.completions.stream({ ...parameters(service, history), stream: true, stream_options: { include_usage: true } }).finalChatCompletion();
      assert.ok(answer.choices[0]?.message.content?.includes(`The file says:\n\n\`\`\`\n${content}\n\`\`\``));
      assert.ok((answer.usage?.completion_tokens ?? 0) > 0);
      assert.deepEqual(simulator.requests.slice(-2).map((request) => [request.service, request.verdict]), [[service, 'accepted'], [service, 'accepted']]);
    });

    it(`reads the same in two whole answers from ${service}`, async () => {
      const client = clientOf(service);
      const asked = await client.chat.completions.create(parameters(service, [question]));
      const message = asked.choices[0]?.message;
      // The iFlow page puts the calls beside the choices; the client hands them on untouched.
      const beside = (asked as { readonly tool_calls?: OpenAI.ChatCompletionMessageToolCall[] }).tool_calls;
      const calls = service === 'iflow' ? beside : message?.tool_calls;
      assert.ok(calls !== undefined && message !== undefined);
      if (service === 'iflow') assert.equal(message.tool_calls, undefined);
      const history: Message[] = [
        question,
        { role: 'assistant', content: message.content, tool_calls: calls, reasoning_content: (message as WithReasoning).reasoning_content } as Message,
        { role: 'tool', tool_call_id: calls[0]?.id ?? '', content },
      ];
      const answer = await client.chat.completions.create(parameters(service, history));
      assert.ok(answer.choices[0]?.message.content?.includes(content));
      assert.equal(answer.choices[0]?.finish_reason, 'stop');
      assert.equal(answer.usage?.total_tokens, (answer.usage?.prompt_tokens ?? 0) + (answer.usage?.completion_tokens ?? 0));
    });
  }

  it('reads two parallel calls from each service', async () => {
    for (const service of services) {
      const asked = await clientOf(service).chat.completions.stream({ ...parameters(service, [{ role: 'user', content: 'Compare a.txt with b.txt' }]), stream: true }).finalChatCompletion();
      const calls = asked.choices[0]?.message.tool_calls ?? [];
      assert.deepEqual(calls.map((call) => (call.type === 'function' ? call.function.arguments : '')), ['{"path":"a.txt"}', '{"path":"b.txt"}'], service);
      assert.equal(new Set(calls.map((call) => call.id)).size, 2);
    }
  });

  it('keeps chat.completion as the object of a chunk from jiekou.ai, and eos as iFlow\'s finish reason', async () => {
    const hello: readonly Message[] = [{ role: 'user', content: 'Hello' }];
    const objects = new Set<string>();
    for await (const chunk of await clientOf('jiekou').chat.completions.create({ ...parameters('jiekou', hello), stream: true })) objects.add(chunk.object);
    assert.deepEqual([...objects], ['chat.completion']);
    const finishes: string[] = [];
    for await (const chunk of await clientOf('iflow').chat.completions.create({ ...parameters('iflow', hello), stream: true })) finishes.push(chunk.choices[0]?.finish_reason ?? '');
    assert.equal(finishes.at(-1), 'eos');
  });

  it('raises its own errors for a wrong key at DeepSeek and jiekou.ai', async () => {
    await assert.rejects(askWithWrongKey('deepseek'), (error) => error instanceof AuthenticationError && error.status === 401 && error.type === 'authentication_error' && error.message.includes('****here'));
    await assert.rejects(askWithWrongKey('jiekou'), (error) => error instanceof PermissionDeniedError && error.status === 403);
  });

  it('takes iFlow\'s refusal with status 200 for an answer, which is why a client has to look into the body', async () => {
    const client = clientOf('iflow', 'sk-wrong');
    const whole: unknown = await client.chat.completions.create(parameters('iflow', [question]));
    assert.deepEqual({ ...(whole as object) }, { status: '434', msg: 'Invalid apiKey，get your apiKey: https://iflow.cn/', body: null });
    const chunks: unknown[] = [];
    for await (const chunk of await client.chat.completions.create({ ...parameters('iflow', [question]), stream: true })) chunks.push(chunk);
    assert.deepEqual(chunks, []);
  });

  it('raises its own errors for other refusals', async () => {
    const cases = [
      ['rate-limit', RateLimitError],
      ['server-error', InternalServerError],
      ['format', BadRequestError],
      ['value', UnprocessableEntityError],
    ] as const;
    for (const [reason, kind] of cases) {
      simulator.faults.push({ kind: 'refuse', reason });
      await assert.rejects(clientOf('deepseek').chat.completions.create(parameters('deepseek', [question])), (error) => error instanceof kind, reason);
    }
  });

  it('retries a busy service by itself and gets through', async () => {
    simulator.faults.push({ kind: 'answer', status: 503, body: '{}', headers: { 'retry-after-ms': '1' } });
    const client = new OpenAI({ baseURL: simulator.bases.open, apiKey: 'none', maxRetries: 1, logLevel: 'off' });
    const before = simulator.requests.length;
    const answer = await client.chat.completions.create(parameters('open', [{ role: 'user', content: 'Hello' }]));
    assert.match(answer.choices[0]?.message.content ?? '', /You asked/);
    assert.equal(simulator.requests.length, before + 2);
  });

  it('lists the models of DeepSeek, jiekou.ai and the open base', async () => {
    for (const service of ['deepseek', 'jiekou', 'open'] as const) {
      const ids: string[] = [];
      for await (const model of clientOf(service).models.list()) ids.push(model.id);
      assert.ok(ids.includes(usualModel[service]), service);
    }
    await assert.rejects(async () => await clientOf('iflow').models.list(), NotFoundError);
  });
});
