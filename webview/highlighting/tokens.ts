/** What a piece of code is, as far as it has a colour of its own. */
export type TokenKind = 'keyword' | 'string' | 'comment' | 'number' | 'type' | 'name' | 'property' | 'meta' | 'heading' | 'inserted' | 'deleted';

/** A piece of a line; `kind` is undefined for what has no colour. */
export interface Token {
  readonly text: string;
  readonly kind: TokenKind | undefined;
}

const kinds: Readonly<Record<string, TokenKind>> = {
  keyword: 'keyword', tag: 'keyword', tagName: 'keyword', operatorKeyword: 'keyword', modifier: 'keyword', self: 'keyword',
  string: 'string', regexp: 'string', character: 'string', link: 'string', url: 'string',
  comment: 'comment', quote: 'comment',
  number: 'number', integer: 'number', float: 'number', atom: 'number', bool: 'number', null: 'number', literal: 'number', color: 'number', unit: 'number',
  type: 'type', typeName: 'type', className: 'type', namespace: 'type', variableName: 'name', def: 'name', labelName: 'name', macroName: 'name', function: 'name',
  property: 'property', propertyName: 'property', attribute: 'property', attributeName: 'property',
  meta: 'meta', annotation: 'meta', processingInstruction: 'meta', documentMeta: 'meta', heading: 'heading', strong: 'heading', inserted: 'inserted', deleted: 'deleted',
};

/** What a mode's word for a token means here: `string.special`, `variableName.definition`; several words, the first known counts. */
export function kindOf(style: string | null | undefined): TokenKind | undefined {
  for (const word of style?.split(/\s+/) ?? []) {
    const [name = '', ...modifiers] = word.split('.');
    // A variable as such has the colour of the text, or nothing would stand out.
    if (name === 'variableName' && !modifiers.some((modifier) => modifier === 'definition' || modifier === 'function' || modifier === 'standard' || modifier === 'special')) continue;
    if (Object.hasOwn(kinds, name)) return kinds[name];
  }
  return undefined;
}
