import { redact } from '../completions/redact.ts';

/** The text without the key, also where JSON spells characters of it as numbers; a text without it stays as it is. */
export function redactSpelled(text: string, key: string | undefined): string {
  const plain = spelledOut(text);
  const clean = redact(plain, key);
  return clean === plain ? redact(text, key) : clean;
}

/** The JSON text with the numbers that stand for letters, digits and `-._~` written as those: so it stays the same JSON. */
export function spelledOut(text: string): string {
  return text.replace(/\\u00([2-7][\da-f])/gi, (number, code: string) => {
    const character = String.fromCharCode(Number.parseInt(code, 16));
    return /[\w.~-]/.test(character) ? character : number;
  });
}
