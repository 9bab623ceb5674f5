import type { OutlineSymbol } from '../editor/languages.ts';
import type { ResolvedPath } from '../guard/pathGuard.ts';
import type { ContextPorts, Lines } from './piece.ts';

/** The lines of a symbol as its file stands now: of those with its name the nearest to where it was; undefined when there is none. */
export async function findLines({ name, lines }: { readonly name: string; readonly lines: Lines }, place: ResolvedPath, { languages }: Pick<ContextPorts, 'languages'>, signal: AbortSignal): Promise<{ readonly kind: string; readonly lines: Lines } | undefined> {
  const outline = await languages.outline(place.written, signal).catch((): readonly OutlineSymbol[] => {
    signal.throwIfAborted();
    // Without an answer of its language the lines where it was are the best that is known.
    return [];
  });
  const named = outline.flatMap(all).filter((symbol) => sameName(symbol.name, name));
  const [nearest] = named.toSorted((one, other) => distance(one, lines) - distance(other, lines));
  return nearest && { kind: nearest.kind, lines: { first: nearest.range.start.line, last: nearest.range.end.line } };
}

function all(symbol: OutlineSymbol): readonly OutlineSymbol[] {
  return [symbol, ...symbol.children.flatMap(all)];
}

/** Workspace symbols have `total()` in some languages where outlines have `total`. */
function sameName(one: string, other: string): boolean {
  return one === other || one.replace(/\(.*$/s, '') === other.replace(/\(.*$/s, '');
}

function distance({ range }: OutlineSymbol, { first }: Lines): number {
  return Math.abs(range.start.line - first);
}
