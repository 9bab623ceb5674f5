import { redactSpelled } from '../inspect/redactSpelled.ts';
import type { ProbeResult } from './result.ts';

/** The result as it may be shown and saved: without the key, in whatever form the endpoint has said it. */
export function withoutKey(result: ProbeResult, key: string | undefined): ProbeResult {
  const { finding, evidence } = result;
  const args = finding.args.map((arg) => (typeof arg === 'string' ? clean(arg, key) : arg));
  return { ...result, finding: { message: finding.message, args }, evidence: clean(evidence, key) };
}

/** As many characters tell a key from ordinary words; see redact.ts. */
const telling = 12;

function clean(text: string, key: string | undefined): string {
  const rest = redactSpelled(text, key);
  const start = lettersOf(key ?? '').slice(0, telling);
  // In pieces, with commas and quotes between them, it cannot be told from what is around it.
  return start.length === telling && lettersOf(rest).includes(start) ? '[key]' : rest;
}

function lettersOf(text: string): string {
  return text.replace(/[^a-z0-9]/gi, '');
}
