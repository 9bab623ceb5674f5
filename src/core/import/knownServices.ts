import { serviceAddress } from './found.ts';

/** A service that speaks chat/completions, as Continue, Roo Code and Cline call it. */
export interface KnownService {
  readonly label: string;
  /** Where it is reached when a configuration gives no address. */
  readonly baseUrl: string;
  /** A server of one's own: no key is needed, and addresses are given without the `/v1`. */
  readonly isLocal?: true;
}

/**
 * By the name in lower case. The addresses are those of github.com/continuedev/continue,
 * core/llm/llms/OpenAI-compatible.vitest.ts, and core/llm/llms/*.ts for the rest (read 2026-11-22); names of the other two
 * tools: cline/cline src/shared/storage/provider-keys.ts, RooCodeInc/Roo-Code packages/types/src/provider-settings.ts.
 */
const services: Readonly<Record<string, KnownService>> = {
  openai: { label: 'OpenAI', baseUrl: 'https://api.openai.com/v1' },
  'openai-native': { label: 'OpenAI', baseUrl: 'https://api.openai.com/v1' },
  deepseek: { label: 'DeepSeek', baseUrl: 'https://api.deepseek.com' },
  openrouter: { label: 'OpenRouter', baseUrl: 'https://openrouter.ai/api/v1' },
  groq: { label: 'Groq', baseUrl: 'https://api.groq.com/openai/v1' },
  together: { label: 'Together AI', baseUrl: 'https://api.together.xyz/v1' },
  fireworks: { label: 'Fireworks AI', baseUrl: 'https://api.fireworks.ai/inference/v1' },
  mistral: { label: 'Mistral AI', baseUrl: 'https://api.mistral.ai/v1' },
  xai: { label: 'xAI', baseUrl: 'https://api.x.ai/v1' },
  cerebras: { label: 'Cerebras', baseUrl: 'https://api.cerebras.ai/v1' },
  deepinfra: { label: 'DeepInfra', baseUrl: 'https://api.deepinfra.com/v1/openai' },
  nvidia: { label: 'NVIDIA', baseUrl: 'https://integrate.api.nvidia.com/v1' },
  sambanova: { label: 'SambaNova', baseUrl: 'https://api.sambanova.ai/v1' },
  scaleway: { label: 'Scaleway', baseUrl: 'https://api.scaleway.ai/v1' },
  venice: { label: 'Venice', baseUrl: 'https://api.venice.ai/api/v1' },
  moonshot: { label: 'Moonshot AI', baseUrl: 'https://api.moonshot.cn/v1' },
  novita: { label: 'Novita', baseUrl: 'https://api.novita.ai/v3/openai' },
  siliconflow: { label: 'SiliconFlow', baseUrl: 'https://api.siliconflow.cn/v1' },
  nebius: { label: 'Nebius', baseUrl: 'https://api.studio.nebius.ai/v1' },
  mimo: { label: 'Xiaomi MiMo', baseUrl: 'https://api.xiaomimimo.com/v1' },
  ollama: { label: 'Ollama', baseUrl: 'http://127.0.0.1:11434/v1', isLocal: true },
  lmstudio: { label: 'LM Studio', baseUrl: 'http://127.0.0.1:1234/v1', isLocal: true },
  'llama.cpp': { label: 'llama.cpp', baseUrl: 'http://127.0.0.1:8080/v1', isLocal: true },
  vllm: { label: 'vLLM', baseUrl: 'http://127.0.0.1:8000/v1', isLocal: true },
};

/** The record for a name in a configuration; undefined for a service that is reached in another way. */
export function knownService(name: string): KnownService | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(services, key) ? services[key] : undefined;
}

/** The name by which whoever answers at an address is known, or the host: a file can call itself anything. */
export function labelOfAddress(baseUrl: string): string {
  const { origin, host } = new URL(baseUrl);
  return Object.values(services).find((each) => new URL(each.baseUrl).origin === origin)?.label ?? host;
}

/** Whether one of these services answers at an address. */
export function isKnownAddress(baseUrl: string): boolean {
  const { origin } = new URL(baseUrl);
  return Object.values(services).some((each) => new URL(each.baseUrl).origin === origin);
}

/** Where a service is reached: at the address that the configuration gives, else where it is known to be; undefined when that is nowhere. */
export function addressOf(name: string, given: string | undefined): string | undefined {
  const known = knownService(name);
  if (given === undefined) return known?.baseUrl;
  const address = serviceAddress(given);
  return address !== undefined && known?.isLocal === true && new URL(address).pathname === '/' ? `${address.replace(/\/$/, '')}/v1` : address;
}
