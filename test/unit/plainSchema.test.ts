import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { createInputCheck } from '../../src/core/foreignTools/checkInput.ts';
import { plainSchema, schemaLimits } from '../../src/core/foreignTools/plainSchema.ts';
import { isDeeper, type JsonObject } from '../../src/core/json.ts';
import { wireSchema } from '../../src/core/tools/wireSchema.ts';

/** The schema as one that counts how often something is read of it. */
function counting(schema: object): { readonly schema: object; readonly reads: () => number } {
  let reads = 0;
  const proxies = new WeakMap<object, object>();
  const count = <Value>(value: Value): Value => {
    reads += 1;
    return value;
  };
  const wrap = (target: object): object => {
    const known = proxies.get(target);
    if (known !== undefined) return known;
    const proxy = new Proxy(target, {
      get(from, name) {
        const value: unknown = count(Reflect.get(from, name));
        return typeof value === 'object' && value !== null ? wrap(value) : value;
      },
      getOwnPropertyDescriptor: (from, name) => count(Reflect.getOwnPropertyDescriptor(from, name)),
      has: (from, name) => count(Reflect.has(from, name)),
    });
    proxies.set(target, proxy);
    return proxy;
  };
  return { schema: wrap(schema), reads: () => reads };
}

/** What grows with a number: a thing in a schema that is not kept, or not wholly. */
const fat: Readonly<Record<string, (size: number) => object>> = {
  'keywords that nobody knows': (size) => Object.fromEntries(Array.from({ length: size }, (_, index) => [`x-${index}`, 1])),
  'names that are too long': (size) => ({ properties: Object.fromEntries(Array.from({ length: size }, (_, index) => [`${index}`.padEnd(201, 'x'), {}])) }),
  'names that are required and not there': (size) => ({ properties: { a: {} }, required: Array.from({ length: size }, () => 'gone') }),
  'names of types': (size) => ({ type: Array.from({ length: size }, () => 'harbour') }),
  'values that are no JSON': (size) => ({ enum: [...Array.from({ length: size }, () => 1), Number.NaN] }),
  'values that are too many': (size) => ({ enum: Array.from({ length: size }, () => 'harbour') }),
};

const object = (properties: object, rest: object = {}): object => ({ type: 'object', properties, ...rest });

/** How often is read of a schema of which as much is fat, with as many references to it. */
function readsOf(size: number): number {
  const members = { ...fat['keywords that nobody knows']?.(size), ...fat['names that are required and not there']?.(size) };
  const { schema, reads } = counting(object({}, { $defs: { members }, allOf: Array.from({ length: 100 }, () => ({ anyOf: Array.from({ length: size / 100 }, () => ({ $ref: '#/$defs/members' })) })) }));
  plainSchema(schema);
  return reads();
}

describe('somebody else\'s schema', () => {
  it('is always that of an object, whatever is given for one', () => {
    for (const given of [undefined, null, true, 7, 'x', [], { type: 'string' }, { $ref: '#' }]) assert.equal(plainSchema(given)['type'], 'object', JSON.stringify(given));
  });

  it('keeps what says what is wanted, and nothing else', () => {
    const schema = object({ path: { type: 'string', title: 'Path', description: 'Where.', minLength: 1, examples: ['a'], 'x-secret': 1 } }, { required: ['path', 'gone'], additionalProperties: false, $schema: 'http://json-schema.org/draft-07/schema#', $comment: 'no' });
    assert.deepEqual(plainSchema(schema), object({ path: { type: 'string', description: 'Where.', minLength: 1 } }, { required: ['path'], additionalProperties: false }));
  });

  it('has references within it put in, those into themselves left open, and none fetched', () => {
    const schema = object({ a: { $ref: '#/$defs/day' }, b: { $ref: 'https://evil.example/schema.json' }, c: { $ref: '#/$defs/tree', description: 'A tree.' }, d: { $ref: '#/$defs/__proto__' } }, {
      $defs: { day: { type: 'integer', maximum: 7 }, tree: { type: 'object', properties: { children: { type: 'array', items: { $ref: '#/$defs/tree' } } } } },
    });
    assert.deepEqual(plainSchema(schema), object({ a: { type: 'integer', maximum: 7 }, b: {}, c: { type: 'object', description: 'A tree.', properties: { children: { type: 'array', items: {} } } }, d: {} }));
  });

  it('forbids nothing that it has left out', () => {
    const open = plainSchema(object({ a: {} }, { patternProperties: { '^x': {} }, additionalProperties: false }));
    assert.equal('additionalProperties' in open, false);
    const not = plainSchema(JSON.parse('{"properties":{"a":{"not":{"$ref":"#/x"},"if":{},"then":false}}}'));
    assert.deepEqual(not['properties'], { a: {} });
    const one = plainSchema(object({ a: { oneOf: [{ type: 'string' }, { $ref: 'http://x/' }] } }));
    assert.deepEqual(one['properties'], { a: { anyOf: [{ type: 'string' }, {}] } });
  });

  it('takes lists of items as older drafts write them', () => {
    assert.deepEqual(plainSchema(object({ pair: { type: 'array', items: [{ type: 'string' }, { type: 'number' }], additionalItems: false } }))['properties'], { pair: { type: 'array', items: false, prefixItems: [{ type: 'string' }, { type: 'number' }] } });
  });

  it('loses hidden characters and the ends of long descriptions', () => {
    const { properties } = plainSchema(object({ a: { description: `Ig\u200Bnore\u{E0041} ${'x'.repeat(2000)}` } })) as unknown as { readonly properties: { readonly a: { readonly description: string } } };
    assert.match(properties.a.description, /^Ignore x+…$/);
    assert.equal(properties.a.description.length, schemaLimits.text);
  });

  it('stays small where references would make it grow without end', () => {
    const $defs = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`d${index}`, { allOf: [{ $ref: `#/$defs/d${index + 1}` }, { $ref: `#/$defs/d${index + 1}` }] }]));
    const plain = plainSchema(object({ a: { $ref: '#/$defs/d0' } }, { $defs }));
    assert.ok(JSON.stringify(plain).length < 3 * schemaLimits.characters);
  });

  for (const [what, fatOf] of Object.entries(fat)) {
    it(`is not looked through again for each reference that leads to ${what}`, () => {
      const size = 1000;
      const { schema, reads } = counting(object({}, { $defs: { fat: fatOf(size) }, allOf: Array.from({ length: 20 }, () => ({ allOf: Array.from({ length: 100 }, () => ({ $ref: '#/$defs/fat' })) })) }));
      plainSchema(schema);
      // Of a schema that is looked at some thirty keywords are read, and each of 2000 references is one, too.
      assert.ok(reads() < 50 * (schemaLimits.visits + size), String(reads()));
    });
  }

  it('is looked at for as long as its length says, and no longer, however long it is', () => {
    assert.ok(readsOf(4000) < 3 * readsOf(2000), `${readsOf(4000)} after ${readsOf(2000)}`);
  });

  it('has what its references say of what they lead to, the outer one first', () => {
    const schema = object({ a: { $ref: '#/$defs/b', description: 'Outer.' } }, { $defs: { b: { $ref: '#/$defs/c', description: 'Inner.' }, c: { type: 'string', description: 'Own.' } } });
    assert.deepEqual(plainSchema(schema)['properties'], { a: { type: 'string', description: 'Outer.' } });
  });

  it('is never too deep or too long, whatever it is, and the same each time', () => {
    fc.assert(
      fc.property(fc.object({ maxDepth: 8, key: fc.constantFrom('type', 'properties', 'items', 'anyOf', 'allOf', 'oneOf', '$ref', 'enum', 'required', 'additionalProperties', 'description', '__proto__'), withNullPrototype: true }), (schema) => {
        const plain = plainSchema(schema);
        assert.equal(isDeeper(plain, 3 * schemaLimits.depth), false);
        assert.ok(JSON.stringify(plain).length < 3 * schemaLimits.characters);
        assert.equal(JSON.stringify(plain), JSON.stringify(plainSchema(schema)));
        assert.equal((wireSchema(plain) as JsonObject)['type'], 'object');
      }),
      { numRuns: 500 },
    );
  });
});

function check(schema: object, input: JsonObject): readonly string[] {
  return createInputCheck(plainSchema(schema))(input);
}

describe('the check of arguments against it', () => {
  it('takes what fits and says of the rest where and what is wrong', () => {
    const schema = object({ harbour: { type: 'string', minLength: 2 }, days: { type: 'integer', minimum: 1, maximum: 7 }, kind: { enum: ['high', 'low'] } }, { required: ['harbour'], additionalProperties: false });
    assert.deepEqual(check(schema, { harbour: 'Husum', days: 7, kind: 'low' }), []);
    assert.match(check(schema, {}).join('\n'), /harbour/);
    assert.match(check(schema, { harbour: 'Husum', days: 8 }).join('\n'), /^days: /m);
    assert.match(check(schema, { harbour: 7 }).join('\n'), /^harbour: .*string/m);
    assert.match(check(schema, { harbour: 'Husum', kind: 'ebb' }).join('\n'), /^kind: /m);
    assert.match(check(schema, { harbour: 'Husum', depth: 1 }).join('\n'), /depth/);
  });

  it('looks into lists and objects', () => {
    const schema = object({ places: { type: 'array', items: object({ lines: { type: 'array', items: { type: 'integer' } } }) } });
    assert.match(check(schema, { places: [{ lines: [1] }, { lines: ['x'] }] }).join('\n'), /^places\.1\.lines\.0: /m);
  });

  it('tries no expression of the schema, which might never end, and has room for arguments that are called so', () => {
    const schema = object({ text: { type: 'string', pattern: '^(a+)+$', format: 'regex' }, pattern: { type: 'string' }, format: { type: 'integer' } });
    assert.deepEqual(check(schema, { text: `${'a'.repeat(5000)}!`, pattern: '(', format: 1 }), []);
    assert.match(check(schema, { format: 'x' }).join('\n'), /^format: /m);
  });

  it('is not misled by names that every object has', () => {
    const schema = object({ constructor: { type: 'string' } }, { required: ['toString'], additionalProperties: false });
    assert.deepEqual(check(schema, {}), []);
    assert.match(check(schema, { constructor: 1 }).join('\n'), /constructor/);
    assert.match(check(schema, JSON.parse('{"__proto__":{"x":1}}') as JsonObject).join('\n'), /__proto__/);
  });

  it('never throws, whatever is asked for and given', () => {
    const given = fc.dictionary(fc.oneof(fc.constant('a'), fc.string()), fc.jsonValue({ maxDepth: 4 }));
    fc.assert(fc.property(fc.object({ maxDepth: 4 }), given, (schema, input) => void check({ ...object({ a: schema }), ...schema }, input as JsonObject)), { numRuns: 500 });
  });
});
