import { load } from 'js-yaml';

/** The value of a YAML text without anything that could grow or run: no aliases beyond a few, no tags of programs. Undefined when it is not YAML. */
export function parseYaml(text: string): unknown {
  try {
    return load(text, { maxDepth: 50, maxAliases: 100, json: true });
  } catch {
    // Whatever it throws: text of any kind comes here.
    return undefined;
  }
}
