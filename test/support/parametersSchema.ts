import { containersOf, parentOf, settableNames } from '../../src/core/parameters/table.ts';
import { providers } from '../../src/core/providers/providers.ts';
import type { ParameterSpec, ParameterType, ProviderSpec } from '../../src/core/providers/spec.ts';

type Schema = { readonly [keyword: string]: unknown };

interface Manifest {
  readonly contributes: { readonly configuration: { readonly properties: { readonly [name: string]: Schema } } };
}

const name = 'rivulet.parameters';
const textKeys = keys();

/** package.json with the schema of `rivulet.parameters` as the records have it now, and all else as it is. */
export function withParametersSchema(text: string): string {
  const manifest = JSON.parse(text) as Manifest;
  const { configuration } = manifest.contributes;
  const { type, default: none, scope, order, markdownDescription } = configuration.properties[name] ?? {};
  const setting = { type, default: none, scope, order, markdownDescription, ...parametersSchema() };
  const next = { ...manifest, contributes: { ...manifest.contributes, configuration: { ...configuration, properties: { ...configuration.properties, [name]: setting } } } };
  return `${JSON.stringify(next, null, 2)}\n`;
}

/** What may stand in `rivulet.parameters`: for each service and its models the parameters of its table; for other endpoints anything. */
export function parametersSchema(): Schema {
  return {
    defaultSnippets: providers.map((provider) => ({ label: `Parameters of a model of ${provider.label}`, body: { [`${provider.id}/\${1:${provider.models[0]?.id ?? 'model'}}`]: { [`\${2:max_tokens}`]: 8000 } } })),
    patternProperties: Object.fromEntries(providers.map((provider) => [`^${provider.id}(/.+)?$`, objectOf(provider, undefined)])),
    additionalProperties: { type: 'object' },
  };
}

function objectOf(provider: ProviderSpec, within: string | undefined): Schema {
  const names = [...new Set(provider.parameters.map((row) => row.name))].filter((each) => parentOf(each) === within);
  const properties = names.flatMap((each) => {
    const schema = schemaOf(provider, each);
    return schema === undefined ? [] : [[each.slice(each.lastIndexOf('.') + 1), schema] as const];
  });
  return { type: ['object', 'null'], additionalProperties: false, properties: Object.fromEntries(properties) };
}

/** Undefined for what cannot be set. Of several rows for several models the widest bounds hold: the check before sending knows the model. */
function schemaOf(provider: ProviderSpec, each: string): Schema | undefined {
  const rows = provider.parameters.filter((row) => row.name === each);
  const [first] = rows;
  if (first === undefined) return undefined;
  // The last row is the one of the current models.
  const description = `%${keyOf(rows.at(-1) ?? first)}%`;
  if (containersOf(provider).has(each)) {
    const inner = objectOf(provider, each);
    return Object.keys(inner['properties'] as object).length === 0 ? undefined : { description, ...inner };
  }
  if (first.managed !== undefined) return undefined;
  return { description, ...(rows.length === 1 && first.default !== undefined && { default: first.default }), ...valueSchema(first, rows) };
}

function valueSchema(row: ParameterSpec, rows: readonly ParameterSpec[]): Schema {
  const { type, values, longest, pattern } = row;
  const range = rangeSchema(rows);
  if (type === 'integer map') return { type: ['object', 'null'], additionalProperties: { type: 'integer', ...range } };
  if (type === 'string' && values !== undefined) return { enum: [...values, null] };
  if (type === 'string or object') return { anyOf: [{ enum: [...(values ?? []), null] }, { type: 'object' }] };
  return {
    type: [...jsonTypes[type], 'null'],
    ...range,
    ...(type.includes('list') && { items: { type: 'string' }, ...(longest !== undefined && { maxItems: longest }) }),
    ...(type === 'string' && longest !== undefined && { maxLength: longest }),
    ...(pattern !== undefined && { pattern: `^(?:${pattern})$` }),
  };
}

/** The bound that lets most through; none when a row has none. */
function widest(bounds: readonly (number | undefined)[], pick: (...values: number[]) => number): number | undefined {
  const known = bounds.filter((bound) => bound !== undefined);
  return known.length === bounds.length ? pick(...known) : undefined;
}

function rangeSchema(rows: readonly ParameterSpec[]): Schema {
  const bounds = {
    minimum: widest(rows.map((row) => row.minimum), Math.min),
    maximum: widest(rows.map((row) => row.maximum), Math.max),
    exclusiveMinimum: widest(rows.map((row) => row.above), Math.min),
    exclusiveMaximum: widest(rows.map((row) => row.below), Math.max),
  };
  return Object.fromEntries(Object.entries(bounds).filter(([, bound]) => bound !== undefined));
}

const jsonTypes: { readonly [Type in ParameterType]: readonly string[] } = {
  boolean: ['boolean'],
  integer: ['integer'],
  number: ['number'],
  string: ['string'],
  'string or object': ['string', 'object'],
  'string list': ['array'],
  'string or list': ['string', 'array'],
  object: ['object'],
  'object list': ['array'],
  'integer map': ['object'],
};

/** The manifest's texts in one language with what the parameters are for, taken from the sentences of that language. */
export function withParameterTexts(text: string, translations: Texts): string {
  const others = Object.entries(JSON.parse(text) as Texts).filter(([key]) => !key.startsWith('parameter.'));
  const own = [...textKeys].map(([message, key]) => [key, translations[message] ?? message]);
  return `${JSON.stringify(Object.fromEntries([...others, ...own]), null, 2)}\n`;
}

type Texts = { readonly [key: string]: string };

/** A key for each sentence of the schema, called after the first parameter that has it. */
function keys(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const provider of providers) {
    // Of several rows of a parameter the last one speaks for it, as in {@link schemaOf}.
    for (const row of provider.parameters.filter((each, index, all) => !all.slice(index + 1).some(({ name: other }) => other === each.name))) {
      const isInSchema = row.managed === undefined || settableNames(provider).some((name) => name.startsWith(`${row.name}.`));
      if (!isInSchema) continue;
      const { message } = row.documentation;
      const taken = [...found.values()].filter((key) => key === `parameter.${row.name}` || key.startsWith(`parameter.${row.name}-`)).length;
      if (!found.has(message)) found.set(message, `parameter.${row.name}${taken === 0 ? '' : `-${taken + 1}`}`);
    }
  }
  return found;
}

function keyOf({ documentation }: ParameterSpec): string {
  return textKeys.get(documentation.message) ?? '';
}

/** Every file that is written from the parameter tables, with its text as it is to be. */
export function manifestFiles(read: (file: string) => string): ReadonlyMap<string, string> {
  return new Map([
    ['package.json', withParametersSchema(read('package.json'))],
    ...['', '.zh-cn', '.zh-tw'].map((language): [string, string] => {
      const translations = language === '' ? {} : (JSON.parse(read(`l10n/bundle.l10n${language}.json`)) as Texts);
      return [`package.nls${language}.json`, withParameterTexts(read(`package.nls${language}.json`), translations)];
    }),
  ]);
}
