import type { RecordedRequest } from '../simulator/recorder.ts';

interface SentBody {
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
}

/** What the person's last message held in the last chat completion that a simulator was asked for. */
export function lastContent(requests: readonly RecordedRequest[]): unknown {
  const body = requests.findLast(({ path }) => path.endsWith('/chat/completions'))?.body as SentBody | undefined;
  return body?.messages.findLast(({ role }) => role === 'user')?.content;
}
