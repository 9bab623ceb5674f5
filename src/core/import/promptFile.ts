import { asObject, asText } from '../json.ts';
import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { mostFound, type FoundPrompt } from './found.ts';
import { parseYaml } from './yaml.ts';

/** What lies in a folder of prompts, or of rules, unless a file says itself which it is. */
export type PromptFolder = FoundPrompt['kind'];

/**
 * A file of prompts or rules: Markdown with a block of settings in front (`name`, `description`, `invokable`), as Continue,
 * Roo Code and Cline have it, or Continue's `.prompt`, whose settings end with `---` and begin with nothing. Undefined when
 * nothing is in it.
 */
export function readPromptFile(fileName: string, content: string, folder: PromptFolder): FoundPrompt | undefined {
  const text = content.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n').slice(0, mostFound.characters);
  const parts = /^(?:---\n)?([^]*?)\n---(?:\n([^]*))?$/.exec(text);
  const hasSettings = parts !== null && (text.startsWith('---\n') || fileName.endsWith('.prompt'));
  const settings = hasSettings ? asObject(parseYaml(parts[1] ?? '')) : undefined;
  const body = hasSettings ? (parts[2] ?? '') : text;
  const name = asText(settings?.['name']) ?? fileName.replace(/^.*[/\\]/, '').replace(/(\.prompt)?\.\w+$/, '');
  const kind = folder === 'rule' && settings?.['invokable'] === true ? 'prompt' : folder;
  return makePrompt({ name, text: body, description: asText(settings?.['description']), kind });
}

/** A prompt with a name that can stand behind a slash, its places for the person's words as Rivulet has them. */
export function makePrompt({ name, text, description, kind }: { readonly name: string; readonly text: string; readonly description?: string | undefined; readonly kind: FoundPrompt['kind'] }): FoundPrompt | undefined {
  const body = showHidden(text.replace(/\r\n?/g, '\n').slice(0, mostFound.prompt).toWellFormed()).replace(/<\/?system>/g, '').replace(/\{\{\{?\s*(?:input|args|arguments)\s*\}?\}\}/gi, '$ARGUMENTS').trim();
  if (body === '') return undefined;
  const heading = description === undefined || body.startsWith('#') ? '' : `# ${showHidden(description.replace(/\s+/g, ' ').trim().slice(0, 200).toWellFormed())}\n\n`;
  return { kind, name: promptNameOf(name), text: `${heading}${body}\n` };
}

/** The words of a name, parted by hyphens. */
function promptNameOf(name: string): string {
  const words = showHidden(name.slice(0, 1000).normalize('NFC')).toLowerCase().replace(/[^\p{L}\p{N}_]+/gu, '-').replace(/^[-_]+/, '');
  const short = Array.from(words).slice(0, 50).join('').replace(/-+$/, '');
  return /^[\p{L}\p{N}]/u.test(short) ? short : 'prompt';
}
