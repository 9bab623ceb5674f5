import type { Turn } from '../../protocol/viewState.ts';
import { holds } from './occurrences.ts';

/** Whether code stands in an answer of the turn, but for what quotations and lists put before its lines and blanks at their ends. */
export function isInAnswer(code: string, { items }: Turn): boolean {
  const wanted = withoutMargins(code);
  return wanted !== '' && items.some((item) => (item.kind === 'text' || item.kind === 'alternative') && holds(withoutMargins(item.text), wanted));
}

function withoutMargins(text: string): string {
  return text.split(/\r\n?|\n/).map((line) => line.replace(/^[\s>]+/, '').trimEnd()).join('\n').trim();
}
