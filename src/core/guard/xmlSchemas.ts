/** Attributes that name a schema; `href` does in a line for validators and where a schema takes another one in. */
const attributes = /(schemaLocation|\bhref)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;
const hrefsCount = /<\?xml-model|<(?:[\w.-]+:)?(?:include|externalRef)\b/i;

/** `SYSTEM "address"` and `PUBLIC "name" "address"`, of a document type or an entity. */
const external = /\b(?:SYSTEM|PUBLIC\s+(?:"[^"]*"|'[^']*'))\s+(?:"([^"]*)"|'([^']*)')/gi;

/**
 * The addresses on a host from which a text, read as XML, would have its schemas, document types and entities fetched. XML
 * names a schema beside its namespace, so only what has a scheme, two slashes or an entity of the text's own counts.
 */
export function xmlSchemas(text: string): readonly string[] {
  const plain = text.replace(/&#(?:x0*([0-9a-f]{1,6})|0*([0-9]{1,7}));/gi, (whole, hexadecimal?: string, decimal?: string) => {
    const point = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
  const withHrefs = hrefsCount.test(plain);
  const values = [...plain.matchAll(attributes)].flatMap(([, name = '', double, single]) => (withHrefs || name.toLowerCase() !== 'href' ? [double ?? single ?? ''] : []));
  const identifiers = [...plain.matchAll(external)].map(([, double, single]) => double ?? single ?? '');
  return [...values, ...identifiers].flatMap((value) => value.split(/\s+/)).filter((word) => /^[a-z][a-z0-9+.-]*:|^[\\/]{2}|&(?!(amp|lt|gt|quot|apos);)[^\s;&]+;/i.test(word));
}
