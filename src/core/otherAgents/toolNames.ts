import { tools } from '../tools/tools.ts';
import { partsOf } from './fences.ts';

const prefix = 'rivulet_';

/** The name by which other agents know a tool: theirs may have the same names. */
export function outsideName(name: string): string {
  return `${prefix}${name}`;
}

// "hover" is a word of its own, and a name in a path or between quotes is a file's.
const named = new RegExp(String.raw`(?<![\w./\\"'-])(?:${tools.flatMap(({ name }) => (name.includes('_') ? [name] : [])).join('|')})(?![\w/\\"'-]|\.\w)`, 'g');

/** A tool's description or answer with the names by which other agents know the tools; data stays as it is. */
export function withOutsideNames(text: string): string {
  return partsOf(text)
    .map((part) => (part.isData ? part.text : part.text.replace(named, outsideName)))
    .join('');
}
