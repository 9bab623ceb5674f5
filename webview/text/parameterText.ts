import type { ParameterRow } from '../../src/protocol/parameterSheet.ts';
import { tr } from '../strings.ts';

type Control = ParameterRow['control'];

/** What a parameter is called, with its name in the body behind it: `Answer length limit (max_tokens)`. */
export function nameInWords({ name, label }: Pick<ParameterRow, 'name' | 'label'>): string {
  return label === undefined ? name : `${tr(label)} (${name})`;
}

/** A parameter's value, a JSON text, as it stands in its field; what is no JSON stands as it was typed. */
export function shownText(control: Control, value: string | undefined): string {
  if (value === undefined) return '';
  const parsed = parse(value);
  if (parsed === undefined) return value;
  if (control === 'lines') return isTexts(parsed) ? parsed.map(escapeLine).join('\n') : typeof parsed === 'string' ? escapeLine(parsed) : value;
  if (typeof parsed === 'string') return parsed;
  return typeof parsed === 'object' ? JSON.stringify(parsed, null, 2) : value;
}

/** What was typed into a field as a JSON text; an empty field is null. It need not fit: whether it does the host decides. */
export function typedValue(control: Control, text: string): string {
  if (text.trim() === '') return 'null';
  switch (control) {
    case 'number': {
      // An input method may write full-width digits.
      const plain = text.normalize('NFKC').trim();
      return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? JSON.stringify(Number(plain)) : JSON.stringify(text);
    }
    case 'lines':
      return JSON.stringify(text.split('\n').filter((line) => line !== '').map(unescapeLine));
    case 'json':
    case 'choice-or-json':
      return text;
    case 'text':
    case 'choice':
    case 'toggle':
      return JSON.stringify(text);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

/** The line break is the sequence people stop at most, so a line must be able to hold one. */
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r' };

function escapeLine(text: string): string {
  return text.replace(/[\\\n\t\r]/g, (character) => escapes[character] ?? character);
}

function unescapeLine(text: string): string {
  return text.replace(/\\[\\ntr]/g, (pair) => Object.keys(escapes).find((character) => escapes[character] === pair) ?? pair);
}
