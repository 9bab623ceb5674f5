import { asObject, asObjects, asText, parseJson } from '../json.ts';
import { isModelName } from '../models/readModelList.ts';
import { readBody } from './readBody.ts';

/** A kind of server that people run on their own machine, and the port that it takes unless told otherwise. */
export interface LocalServerKind {
  readonly id: string;
  readonly label: string;
  readonly port: number;
}

export const localServerKinds: readonly LocalServerKind[] = [
  { id: 'ollama', label: 'Ollama', port: 11434 },
  { id: 'lm-studio', label: 'LM Studio', port: 1234 },
  { id: 'llama-cpp', label: 'llama.cpp', port: 8080 },
  { id: 'vllm', label: 'vLLM', port: 8000 },
];

/** A server that answered. */
export interface LocalServer {
  readonly kind: LocalServerKind;
  readonly baseUrl: string;
  /** Names of models, at most {@link mostModels}, never none. */
  readonly models: readonly string[];
}

const mostModels = 100;
/** Characters. */
const longestList = 1_048_576;

/** Asks each port of this machine, and no other machine, for its models; what does not answer with some within `timeoutMs` is not there. */
export async function findLocalServers(kinds: readonly LocalServerKind[], { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal }): Promise<readonly LocalServer[]> {
  const found = await Promise.all(kinds.map(async (kind) => askPort(kind, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]))));
  signal.throwIfAborted();
  return found.filter((server) => server !== undefined);
}

async function askPort(kind: LocalServerKind, signal: AbortSignal): Promise<LocalServer | undefined> {
  const baseUrl = `http://127.0.0.1:${kind.port}/v1`;
  try {
    const response = await globalThis.fetch(`${baseUrl}/models`, { redirect: 'manual', signal });
    const { text } = await readBody(response, response.ok ? longestList : 0);
    const data = asObject(parseJson(text))?.['data'];
    const models = asObjects(data).flatMap((model) => asText(model['id']) ?? []).filter(isModelName);
    return models.length === 0 ? undefined : { kind, baseUrl, models: [...new Set(models)].slice(0, mostModels) };
  } catch {
    return undefined;
  }
}

/** The entry of `rivulet.endpoints` for a server, with an id that is not taken. */
export function endpointEntry({ kind, baseUrl, models }: LocalServer, taken: readonly string[]): { readonly id: string; readonly [name: string]: unknown } {
  let id = kind.id;
  for (let number = 2; taken.includes(id); number += 1) id = `${kind.id}-${number}`;
  return { id, label: kind.label, baseUrl, auth: 'none', models: models.map((model) => ({ id: model })) };
}
