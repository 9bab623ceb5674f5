import { isObject, type JsonObject } from '../json.ts';
import { chunk, events, json, refusal, usage, whole, type Behaviour, type OddRequest } from './server.ts';

function isTool({ body }: OddRequest): boolean {
  return Array.isArray(body['tools']) && body['stream'] === true;
}

function wantsUsage({ body }: OddRequest): boolean {
  return isObject(body['stream_options']) && body['stream_options']['include_usage'] === true;
}

function assistant({ body }: OddRequest): JsonObject | undefined {
  const messages = Array.isArray(body['messages']) ? (body['messages'] as unknown[]) : [];
  return messages.filter(isObject).find((message) => message['role'] === 'assistant');
}

function call(index: number, piece: string, more: JsonObject = {}): JsonObject {
  return chunk({ tool_calls: [{ index, ...more, function: { ...(more['id'] === undefined ? {} : { name: 'note' }), arguments: piece } }] });
}

/** The answer to the question with the stop sequence. */
function stopped({ body }: OddRequest, text: string): ReturnType<Behaviour> | undefined {
  return Array.isArray(body['stop']) ? whole({ content: text }) : undefined;
}

const models = json(200, { object: 'list', data: [{ id: 'odd', object: 'model' }] });

/** llama.cpp (docs/servers.md §4): `reasoning_content`, a call token by token, a last chunk without choices with usage and timings, no key. */
export const llamaCpp: Behaviour = (request) => {
  if (request.path === 'models') return models;
  if (isTool(request)) {
    return events([call(0, '', { id: 'c1', type: 'function' }), call(0, '{"text":'), call(0, '"low'), call(0, ' tide"}'), chunk({}, 'tool_calls'), { choices: [], usage, timings: {} }]);
  }
  if (request.body['stream'] === true) return events([chunk({ reasoning_content: 'Compare' }), chunk({ content: '9.9' }), chunk({}, 'stop'), { choices: [], usage, timings: {} }]);
  return stopped(request, 'alpha ') ?? whole({ content: 'tide' });
};

/** vLLM since 0.12 (docs/servers.md §4): `reasoning`, usage only when asked for, empty `tool_calls`, a key, unknown parameters ignored. */
export const vllm: Behaviour = (request) => {
  if (request.headers.authorization === undefined) return json(401, { error: 'Unauthorized' });
  if (request.path === 'models') return models;
  const last = wantsUsage(request) ? [{ choices: [], usage }] : [];
  if (isTool(request)) return events([call(0, '{"text":"low tide"}', { id: 'c1', type: 'function' }), chunk({ tool_calls: [] }, 'tool_calls'), ...last]);
  if (request.body['stream'] === true) return events([chunk({ reasoning: 'Compare', tool_calls: [] }), chunk({ content: '9.9', tool_calls: [] }), chunk({ content: '' }, 'stop'), ...last]);
  return stopped(request, 'alpha') ?? whole({ content: 'tide', tool_calls: [] });
};

/** A gateway before an R1-style model: think tags, snapshots (T9), no space and no `[DONE]` (S4, E1), reasoning refused, the stop sequence included. */
export const thinkTags: Behaviour = (request) => {
  const spelling = { prefix: 'data:', ending: '' };
  if (request.path === 'models') return json(404, { error: 'not found' });
  if (assistant(request)?.['reasoning_content'] !== undefined) return refusal('messages[1].reasoning_content is not allowed');
  if (isTool(request)) {
    return events([call(0, '{"text":', { id: 'c1', type: 'function' }), call(0, '{"text":"low', { id: 'c1' }), call(0, '{"text":"low tide"}', { id: 'c1' }), chunk({}, 'tool_calls')], spelling);
  }
  if (request.body['stream'] === true) return events([chunk({ content: '<thi' }), chunk({ content: 'nk>Compare</think>9.9' }), chunk({}, 'stop')], spelling);
  return stopped(request, 'alpha beta') ?? whole({ content: '<think>Word</think>tide' });
};

/** A strict gateway: no `stream_options` (R3), no `max_tokens` (R4), reasoning wanted back under one name only, whichever it sent. */
export const strict: Behaviour = (request) => {
  if (request.path === 'models') return models;
  if (request.body['max_tokens'] !== undefined) return refusal("Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.");
  if (request.body['stream_options'] !== undefined) return refusal('Unrecognized request argument supplied: stream_options');
  const said = assistant(request);
  if (said?.['reasoning'] !== undefined) return refusal('Unknown field: reasoning');
  if (said !== undefined && said['reasoning_content'] === undefined) return refusal('The reasoning_content in the thinking mode must be passed back to the API.');
  if (isTool(request)) return events([call(1, '{"text":"low', { id: 'c1', type: 'function' }), call(1, ' tide"}'), chunk({}, 'tool_calls')]);
  if (request.body['stream'] === true) return events([chunk({ reasoning: 'Compare' }), chunk({ content: '9.9' }), chunk({}, 'stop')]);
  return stopped(request, 'I would rather not.') ?? whole({ content: 'tide' });
};

/** A captive portal (S17): a page with status 200, whatever is asked. */
export const portal: Behaviour = () => ({ status: 200, type: 'text/html', body: '<!doctype html><title>Sign in to the harbour network</title>' });
