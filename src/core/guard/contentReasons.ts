import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { say, type LocalText } from '../../protocol/localText.ts';
import { jsonTokens } from './jsonTokens.ts';
import { xmlSchemas } from './xmlSchemas.ts';

/**
 * Why a person must be asked for this text, although its file is an ordinary one: an editor would fetch a remote schema
 * that it names as soon as it is shown, and the address carries whatever the model has put into it (docs/safety.md B19). What
 * `before` names already is no reason. Empty for none; linear in the length of the text.
 */
export function contentReasons(display: string, text: string, before = ''): readonly LocalText[] {
  if (programs.test(display)) return [];
  const known = new Set(before === '' ? [] : schemasOf(before));
  // What only points to an address elsewhere in the text says nothing of whether that is another one now.
  const [first] = schemasOf(text).filter((address) => !known.has(address) || /^[!&*|>…]/.test(address));
  return first === undefined ? [] : [say('It names a schema that an editor would fetch by itself: {0}', showHidden(first.slice(0, 200)))];
}

/** Programs and prose, in which no editor looks for a schema; anything else may be taken for JSON, YAML, TOML or XML. */
const programs = /\.([cm]?[jt]sx?|vue|svelte|py|rb|go|rs|java|kts?|swift|c|h|cc|cpp|hpp|cs|php|lua|dart|scala|sh|sql|css|scss|less|md|markdown|rst|html?)$/i;

/** Addresses that are fixed, so nothing can be said with them; the editor brings its schemas along, the document types stand in nearly every such file. */
const harmless = /^https?:\/\/(json-schema\.org\/(draft-0[3-7]\/schema#?|draft\/(2019-09|2020-12)\/schema)|www\.w3\.org\/(Graphics\/SVG\/1\.[01]\/DTD\/svg1[01]|TR\/xhtml1\/DTD\/xhtml1-(strict|transitional))\.dtd|www\.apple\.com\/DTDs\/PropertyList-1\.0\.dtd)$/;

/** A path of the workspace, or a place that leads to no host: YAML's tags, aliases and blocks are none of these. */
const local = /^(\.{0,2}\/(?!\/))?[\w@.~#-][\w@.~#/ -]*$|^(vscode|vscode-userdata|untitled|urn):[^/]*$|^vscode:\/\/schemas\/|^file:\/\/\/(?!\/)|^#?$/;

/** A reference from one schema to another or into itself, whose last part may be anything. */
const localReference = /^(\.{0,2}\/(?![/\\]))?[\w@.~-][^:\\#%]*(#.*)?$|^#/;

function schemasOf(text: string): readonly string[] {
  // YAML and JSON escapes of any character, a line end in quotes that YAML drops, and full-width letters.
  const plain = text
    .replace(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|U([0-9a-fA-F]{8})|(\/)|\r?\n[ \t]*)/g, (_, short?: string, byte?: string, long?: string, slash?: string) => slash ?? decoded(short ?? byte ?? long))
    .replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
  return [
    ...[...keysOf(plain), ...jsonKeys(text)].filter(({ key, address }) => !isLocal(key, address)).map(({ address }) => address),
    // Taplo's way in TOML.
    ...[...plain.matchAll(/^[ \t]*#:schema[ \t]+(\S+)/gim)].map(([, address]) => tidied(address ?? '')).filter((address) => !isLocal('schema', address)),
    ...xmlSchemas(plain).map(tidied).filter((address) => !local.test(address)),
  ].filter((address) => !harmless.test(address));
}

/** A key whose value an editor follows, without its `$` and in small letters, and that value. A schema in the workspace may refer to a remote one. */
interface Followed {
  readonly key: string;
  readonly address: string;
}

const followed = /\$(schema|ref|dynamicref|recursiveref)["'`]?\s*(?:#[^\n]{0,200}\n\s*)?[:=]\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s,}"']\S*))/gi;

/** JSON, YAML, TOML and comments: `"$schema": "x"`, `$schema=x`, `? $schema\n: x`. */
function keysOf(plain: string): readonly Followed[] {
  return [...plain.matchAll(followed)].flatMap(([, key = '', double, single, bare = '']) => {
    const address = double ?? single;
    if (address !== undefined) return [{ key: key.toLowerCase(), address: tidied(address) }];
    // Not in quotes, `{` begins a table and `#` a comment, behind which the address may stand in the next line.
    return /^[{[]/.test(bare) ? [] : [{ key: key.toLowerCase(), address: bare.startsWith('#') ? `…${bare}` : tidied(withoutEnd(bare)) }];
  });
}

/** As the editor's own parser finds them, with comments anywhere between. */
function jsonKeys(text: string): readonly Followed[] {
  const found: Followed[] = [];
  const last: [string, string] = ['', ''];
  for (const token of jsonTokens(text)) {
    const key = last[1] === ':' ? /^"\$(schema|ref|dynamicref|recursiveref)$/i.exec(last[0])?.[1] : undefined;
    if (key !== undefined && token.startsWith('"')) found.push({ key: key.toLowerCase(), address: tidied(token.slice(1)) });
    last[0] = last[1];
    last[1] = token;
  }
  return found;
}

/** Whether nothing is fetched from a host. A program is no schema: to name it as one is to give its text, which nobody has looked at, that meaning. */
function isLocal(key: string, address: string): boolean {
  if (/^(vscode|urn):/i.test(address)) return local.test(address);
  return (key === 'schema' ? local : localReference).test(address) && !programs.test(address.replace(/[#?].*$/s, ''));
}

/** An address may be written with line ends and tabs in it, which are dropped where it is opened. */
function tidied(address: string): string {
  return address.replace(/[\t\n\r]/g, '').trim();
}

/** Without the marks that close what an unquoted address stands in. By hand, for `}+$` takes the square of their number. */
function withoutEnd(address: string): string {
  let end = address.length;
  while (end > 0 && '}]'.includes(address.charAt(end - 1))) end -= 1;
  return address.slice(0, end);
}

function decoded(hexadecimal: string | undefined): string {
  if (hexadecimal === undefined) return '';
  const point = Number.parseInt(hexadecimal, 16);
  return point <= 0x10ffff ? String.fromCodePoint(point) : '';
}
