/** A stream in the shape of DeepSeek's (docs/servers.md §2.4), the same each time: so many chunks of reasoning, then of text, then the finish with usage. */
export interface RecordedStream {
  readonly payloads: readonly string[];
  readonly bytes: Uint8Array;
  readonly reasoning: string;
  readonly text: string;
}

const words = ['The', ' tide', ' turns', ' at', ' noon', ',', ' so', ' we', ' sail', ' before', ' it', '.', '\n\n', ' 潮', '水', ' **then**', ' `keel()`', ' returns', ' 42', '\n- '];

export function recordStream(chunks: number): RecordedStream {
  let seed = 7;
  const word = (): string => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return words[Math.floor(seed / 65_536) % words.length] ?? '';
  };
  const thoughts = Array.from({ length: Math.floor(chunks * 0.6) }, word);
  const answer = Array.from({ length: chunks - thoughts.length - 2 }, word);
  const usage = { prompt_tokens: 339, completion_tokens: chunks, total_tokens: 339 + chunks, prompt_tokens_details: { cached_tokens: 320 }, completion_tokens_details: { reasoning_tokens: thoughts.length }, prompt_cache_hit_tokens: 320, prompt_cache_miss_tokens: 19 };
  const payloads = [
    chunk({ role: 'assistant', content: null, reasoning_content: '' }),
    ...thoughts.map((text) => chunk({ content: null, reasoning_content: text })),
    ...answer.map((text) => chunk({ content: text, reasoning_content: null })),
    chunk({ content: '', reasoning_content: null }, 'stop', usage),
  ];
  return {
    payloads,
    bytes: new TextEncoder().encode(`${payloads.map((payload) => `data: ${payload}\n\n`).join('')}data: [DONE]\n\n`),
    reasoning: thoughts.join(''),
    text: answer.join(''),
  };
}

function chunk(delta: object, finish: string | null = null, usage: object | null = null): string {
  return JSON.stringify({
    id: '930c60df-bf64-41c9-a88e-3ec75f81e00e',
    object: 'chat.completion.chunk',
    created: 1_765_000_000,
    model: 'deepseek-v4-flash',
    system_fingerprint: 'fp_ffc7281d48_prod0820_fp8_kvcache',
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    usage,
  });
}

/** The bytes in pieces of so many, as an array: cutting them is nobody's work. */
export function cut(bytes: Uint8Array, size: number): readonly Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
}
