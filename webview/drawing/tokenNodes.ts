import type { Token } from '../highlighting/tokens.ts';
import { make, visibleNodes } from './elements.ts';

/** The nodes of a line's tokens; hidden characters are written out in them too. */
export function tokenNodes(tokens: readonly Token[]): Node[] {
  return tokens.flatMap(({ text, kind }) => {
    const nodes = visibleNodes(text);
    if (kind === undefined) return nodes;
    const span = make('span', `token-${kind}`);
    span.append(...nodes);
    return [span];
  });
}
