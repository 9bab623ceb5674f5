import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { say, type LocalText } from '../../protocol/localText.ts';
import { jsonTokens } from './jsonTokens.ts';

/**
 * Why a person must be asked for this text, although its file is an ordinary one: an editor would fetch a remote schema
 * that it names as soon as it is shown, and the address carries whatever the model has put into it (safety.md B19). What
 * `before` names already is no reason. Empty for none; linear in the length of the text.
 */
export function contentReasons(display: string, text: string, before = ''): readonly LocalText[] {
  if (programs.test(display)) return [];
  const known = new Set(before === '' ? [] : schemasOf(before));
  const [first] = schemasOf(text).filter((address) => !known.has(address));
  return first === undefined ? [] : [say('It names a schema that an editor would fetch by itself: {0}', showHidden(first.slice(0, 200)))];
}

/** Programs and prose, in which no editor looks for a schema; anything else may be taken for JSON, YAML, TOML or XML. */
const programs = /\.([cm]?[jt]sx?|vue|svelte|py|rb|go|rs|java|kts?|swift|c|h|cc|cpp|hpp|cs|php|lua|dart|scala|sh|sql|css|scss|less|md|markdown|rst|html?)$/i;

/** Addresses that are fixed and that editors bring along: nothing is fetched, and nothing can be said with them. */
const harmless = /^https?:\/\/json-schema\.org\/(draft-0[3-7]\/schema#?|draft\/(2019-09|2020-12)\/schema)$/;

/** A path of the workspace, or a place that leads to no host: YAML's tags, aliases and blocks are none of these. */
const local = /^(\.{0,2}\/(?!\/))?[\w@.~#-][\w@.~#/ -]*$|^(vscode|vscode-userdata|untitled|urn):[^/]*$|^vscode:\/\/schemas\/|^file:\/\/\/(?!\/)|^#?$/;

function schemasOf(text: string): readonly string[] {
  // YAML and JSON escapes of any character, and full-width letters.
  const plain = text
    .replace(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|U([0-9a-fA-F]{8})|(\/))/g, (whole, short?: string, byte?: string, long?: string, slash?: string) => slash ?? decoded(short ?? byte ?? long) ?? whole)
    .replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
  const found = [
    // JSON, YAML, TOML and comments: `"$schema": "x"`, `$schema=x`, `? $schema\n: x`.
    ...[...plain.matchAll(/\$schema["'`]?\s*[:=]\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s,}"']\S*))/gi)].map(([, double, single, bare]) => double ?? single ?? withoutEnd(bare ?? '')),
    // Taplo's way in TOML.
    ...[...plain.matchAll(/^[ \t]*#:schema[ \t]+(\S+)/gim)].map(([, address]) => address ?? ''),
    ...jsonSchemas(text),
    ...xmlSchemas(plain),
  ];
  // An address may be written with line ends and tabs in it, which are dropped where it is opened.
  return found.map((address) => address.replace(/[\t\n\r]/g, '').trim()).filter((address) => !local.test(address) && !harmless.test(address));
}

/** Without the marks that close what an unquoted address stands in. By hand, for `}+$` takes the square of their number. */
function withoutEnd(address: string): string {
  let end = address.length;
  while (end > 0 && '}]'.includes(address.charAt(end - 1))) end -= 1;
  return address.slice(0, end);
}

function decoded(hexadecimal: string | undefined): string | undefined {
  const point = hexadecimal === undefined ? Number.NaN : Number.parseInt(hexadecimal, 16);
  return point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
}

/** As the editor's own parser finds them, with comments anywhere between. */
function jsonSchemas(text: string): readonly string[] {
  const found: string[] = [];
  const last: [string, string] = ['', ''];
  for (const token of jsonTokens(text)) {
    if (token.startsWith('"') && last[1] === ':' && last[0].toLowerCase() === '"$schema') found.push(token.slice(1));
    last[0] = last[1];
    last[1] = token;
  }
  return found;
}

/** XML names a schema beside its namespace, so only what is fetched from a host counts. */
function xmlSchemas(text: string): readonly string[] {
  if (!/^\s*<[?!a-z]/i.test(text.slice(0, 1000))) return [];
  return [...text.matchAll(/(?:schemaLocation|<\?xml-model[^>?]{0,2000}href)\s*=\s*["']([^"']*)["']|\bSYSTEM\s+["']([^"']*)["']/gi)].flatMap(([, attribute, system]) =>
    (attribute ?? system ?? '').split(/\s+/).filter((word) => /^[a-z][a-z0-9+.-]*:|^\/\//i.test(word)),
  );
}
