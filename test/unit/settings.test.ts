import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

interface Schema {
  readonly type?: string | readonly string[];
  readonly scope?: string;
  readonly order?: number;
  readonly default?: unknown;
  readonly markdownDescription?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly enumDescriptions?: readonly string[];
  readonly markdownEnumDescriptions?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly patternErrorMessage?: string;
  readonly items?: Schema;
  readonly additionalProperties?: unknown;
  readonly properties?: { readonly [name: string]: Schema };
}

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const { contributes } = JSON.parse(read('package.json')) as { readonly contributes: { readonly configuration: { readonly properties: { readonly [name: string]: Schema } } } };
const settings = Object.entries(contributes.configuration.properties);
const tables = ['', '.zh-cn', '.zh-tw'].map((language) => JSON.parse(read(`package.nls${language}.json`)) as { readonly [key: string]: string });
const readme = read('README.md');

function isSaid(text: string | undefined): boolean {
  const key = /^%(.+)%$/.exec(text ?? '')?.[1] ?? '';
  return tables.every((table) => (table[key] ?? '').length > 0);
}

/** The members of a setting that is an object or a list, however deep, by their path. */
function membersOf(schema: Schema, path: string): readonly (readonly [string, Schema])[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, member]) => [[`${path}.${name}`, member] as const, ...membersOf(member, `${path}.${name}`)]);
  return schema.items === undefined ? own : [...own, ...membersOf(schema.items, path)];
}

/** A setting and everything inside it that is a choice among texts, by its path. */
function choicesOf(schema: Schema, path: string): readonly (readonly [string, Schema])[] {
  const inside = Object.entries(schema.properties ?? {}).flatMap(([name, member]) => choicesOf(member, `${path}.${name}`));
  const items = schema.items === undefined ? [] : choicesOf(schema.items, `${path}[]`);
  return [...(schema.enum === undefined ? [] : [[path, schema] as const]), ...inside, ...items];
}

describe('the settings', () => {
  it('are explained in Markdown in the three languages, typed, in an order of their own, and have a default', () => {
    for (const [name, schema] of settings) {
      assert.ok(isSaid(schema.markdownDescription) && schema.description === undefined, name);
      assert.ok(schema.type !== undefined && schema.default !== undefined, name);
    }
    const orders = settings.map(([, { order }]) => order);
    assert.ok(orders.every((order) => order !== undefined));
    assert.equal(new Set(orders).size, orders.length);
  });

  it('can be set by no workspace: they say where keys go, what is sent, and how long is waited', () => {
    for (const [name, { scope }] of settings) assert.match(scope ?? 'window', /^(application|machine)$/, name);
  });

  it('are validated: numbers by a range, texts by a pattern with words of ours, objects by their members', () => {
    for (const [name, schema] of settings) {
      if (schema.type === 'integer' || schema.type === 'number') assert.ok(schema.minimum !== undefined && schema.maximum !== undefined, name);
      if (schema.type === 'string' && schema.enum === undefined) assert.ok(schema.pattern !== undefined && isSaid(schema.patternErrorMessage), name);
      if (schema.type === 'object') assert.ok(schema.additionalProperties !== undefined && schema.additionalProperties !== true, name);
    }
    for (const [path, { type, pattern, patternErrorMessage, additionalProperties }] of settings.flatMap(([name, schema]) => membersOf(schema, name))) {
      assert.ok(type !== undefined, path);
      if (pattern !== undefined) assert.ok(new RegExp(pattern) instanceof RegExp && isSaid(patternErrorMessage), path);
      if (type === 'object') assert.ok(additionalProperties !== undefined, path);
    }
  });

  it('have defaults that their own rules allow', () => {
    for (const [name, { default: value, pattern, minimum = -Infinity, maximum = Infinity }] of settings) {
      if (typeof value === 'string' && pattern !== undefined) assert.match(value, new RegExp(pattern), name);
      if (typeof value === 'number') assert.ok(value >= minimum && value <= maximum, name);
    }
  });

  const patterns: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['rivulet.model', ['', 'deepseek/deepseek-flash', 'jiekou/deepseek/deepseek-r1-turbo', 'my-server/qwen3:8b', 'deepseek'], ['Deep Seek/x', '/x', 'deepseek/']],
    ['rivulet.promptsFolder', ['', '~/prompts', '/home/lin/prompts', 'C:\\Prompts', 'd:/x', '\\\\server\\prompts'], ['prompts', './prompts', '../x']],
  ];
  for (const [name, right, wrong] of patterns) {
    it(`underline what ${name} cannot be, and nothing else`, () => {
      const pattern = new RegExp(contributes.configuration.properties[name]?.pattern ?? '');
      for (const value of right) assert.match(value, pattern);
      for (const value of wrong) assert.doesNotMatch(value, pattern);
    });
  }

  it('explain each of their members, and each of a choice', () => {
    for (const [path, schema] of settings.filter(([name]) => name !== 'rivulet.parameters').flatMap(([name, setting]) => membersOf(setting, name))) {
      const said = schema.description ?? schema.markdownDescription;
      assert.ok(isSaid(said), path);
    }
    for (const [path, choice] of settings.filter(([name]) => name !== 'rivulet.parameters').flatMap(([name, setting]) => choicesOf(setting, name))) {
      const said = choice.enumDescriptions ?? choice.markdownEnumDescriptions ?? [];
      assert.equal(said.length, choice.enum?.length, path);
      for (const text of said) assert.ok(isSaid(text), `${path}: ${text}`);
    }
  });

  it('say in the table of the README who can set them', () => {
    const rows = [...readme.matchAll(/^\| `(rivulet\.[\w.]+)` \| (\w+) \|/gm)].map(([, name = '', scope = '']) => [name, scope]);
    assert.deepEqual(Object.fromEntries(rows), Object.fromEntries(settings.map(([name, { scope }]) => [name, scope])));
  });

  it('stand in the table of the README, all of them and no other, with their defaults and ranges', () => {
    const rows = new Map([...readme.matchAll(/^\| `(rivulet\.[\w.]+)` \| \w+ \| (.*) \|$/gm)].map((match) => [match[1] ?? '', match[2] ?? '']));
    assert.deepEqual([...rows.keys()].sort(), settings.map(([name]) => name).sort());
    for (const [name, { type, default: value, minimum, maximum }] of settings) {
      if (type === 'integer') assert.match(rows.get(name) ?? '', new RegExp(`\\(${String(value)}; ${minimum} to ${maximum}\\)`), name);
      if (type === 'boolean') assert.match(rows.get(name) ?? '', value === true ? /\(on\)/ : /\(off\)/, name);
    }
  });
});
