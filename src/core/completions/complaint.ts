import { asNumber, asObject, asText, parseJson, type JsonObject } from '../json.ts';
import { describePage } from './payloads.ts';

/** Characters. */
const longestMessage = 4000;

/** What a service said of a failure, before it is known what kind it is. */
export interface Complaint {
  readonly message: string;
  /** The service's own names for it: `code`, `type`, `reason`, a business status; MiniMax's numbers as `base_resp 1004`. */
  readonly names: readonly string[];
  /** The field of the request that it objects to, where it names one. */
  readonly parameter?: string | undefined;
  /** llama.cpp: tokens that fit and tokens that were asked for. */
  readonly context?: { readonly limit: number; readonly asked: number | undefined } | undefined;
}

/** What the body of a refusal says: it is JSON, a web page, plain text or nothing. */
export function complaintOfBody(text: string, status: number): Complaint {
  const parsed = parseJson(text);
  const value = asObject(Array.isArray(parsed) ? (parsed[0] as unknown) : parsed);
  const complaint = value && readComplaint(value, 'error');
  if (complaint !== undefined) return complaint;
  if (text.startsWith('<')) return { message: describePage(text), names: [] };
  const plain = typeof parsed === 'string' ? parsed : text.slice(0, 500);
  return { message: plain === '' ? `HTTP ${status} without a word of explanation.` : plain, names: [] };
}

/** What an object complains of, in every shape of docs/servers.md C13; undefined when it is no error. Where an error is expected, less is enough to be one. */
export function readComplaint(value: JsonObject, expected: 'error' | 'answer'): Complaint | undefined {
  const nested = asObject(value['error']) ?? choiceError(value);
  if (nested !== undefined) return { message: messageOf(nested) ?? 'The service did not say why.', ...detailsOf(nested) };
  const plain = asText(value['error']);
  if (plain !== undefined) return { message: plain.slice(0, longestMessage), names: namesOf(value) };
  // MiniMax: HTTP 200 and base_resp.status_code, which is 0 when all is well.
  const base = asObject(value['base_resp']);
  const baseCode = asNumber(base?.['status_code']);
  if (base !== undefined && baseCode !== undefined && baseCode !== 0) {
    return { message: asText(base['status_msg']) ?? `Status ${baseCode}.`, names: [`base_resp ${baseCode}`] };
  }
  if (Array.isArray(value['choices'])) return undefined;
  const details = detailsOf(value);
  // iFlow: {"status":"434","msg":…,"body":null}; jiekou.ai: {"code":403,"reason":…,"message":…}; old vLLM: {"object":"error"}.
  const flat = value['object'] === 'error' || details.names.length > 0;
  const message = messageOf(value);
  if ((flat || expected === 'error') && message !== undefined) return { message, ...details };
  return expected === 'error' && flat ? { message: details.names.join(' '), ...details } : undefined;
}

function choiceError(value: JsonObject): JsonObject | undefined {
  const choices = value['choices'];
  return Array.isArray(choices) ? asObject(asObject(choices[0])?.['error']) : undefined;
}

/** What a service says of an error, as much of it as anybody will read. */
function messageOf(value: JsonObject): string | undefined {
  return (asText(value['message']) ?? asText(value['msg']))?.slice(0, longestMessage);
}

function detailsOf(value: JsonObject): Omit<Complaint, 'message'> {
  const limit = asNumber(value['n_ctx']);
  return {
    names: namesOf(value),
    parameter: asText(value['param']),
    context: limit === undefined ? undefined : { limit, asked: asNumber(value['n_prompt_tokens']) },
  };
}

function namesOf(value: JsonObject): readonly string[] {
  return ['code', 'type', 'reason', 'status', 'status_code'].flatMap((name) => {
    const entry = value[name];
    const said = typeof entry === 'number' ? String(entry) : asText(entry);
    return said === undefined || allIsWell.test(said) ? [] : [said];
  });
}

/** Gateways wrap what is no error in the same members: `{"code":0,"message":"success","data":[]}`. */
const allIsWell = /^(0|2\d\d|ok|success)$/i;
