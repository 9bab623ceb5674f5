import * as v from 'valibot';
import { originOf } from '../completions/endpoint.ts';
import type { Json } from '../json.ts';
import type { ProviderSpec } from './spec.ts';

const address = v.pipe(
  v.string(),
  v.check((text) => originOf(text) !== undefined, 'must be an http or https address without a user, a query or a fragment'),
);
const webPage = v.pipe(v.string(), v.regex(/^https:\/\/\S+$/, 'must be an https address'));
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const json: v.GenericSchema<Json> = v.any();

const values = v.record(v.string(), json);

const dialect = v.partial(
  v.strictObject({
    reasoningReplay: v.picklist(['every-turn', 'tool-calls', 'never']),
    reasoningField: v.picklist(['as received', 'reasoning_content']),
    streamUsage: v.picklist(['ask', 'unasked']),
    continuation: v.picklist(['prefix-on-beta', 'instruction']),
    outputLimit: v.picklist(['max_tokens', 'max_completion_tokens']),
    callArguments: v.picklist(['fragments', 'snapshots']),
    thinkTags: v.picklist(['both', 'closing only']),
    stopSequence: v.picklist(['left out', 'included']),
  }),
);

const media = v.array(v.picklist(['image', 'video']));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const price = v.pipe(v.number(), v.minValue(0));
const currency = v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, 'must be a currency of ISO 4217 such as USD'));
/** Behind the base address, where a key goes too: no way to another place. */
const path = v.pipe(v.string(), v.regex(/^(\/[\w.-]+)+$/, 'must be a path such as /models'));

const hour = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(24));
const peakHours = v.strictObject({
  times: price,
  weekdays: v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(6))),
  hours: v.array(v.pipe(v.strictTuple([hour, hour]), v.check(([from, to]) => from < to, 'must be an hour and a later one'))),
});

/** A person who writes down what their endpoint costs is the source of it. */
const prices = v.strictObject({
  currency,
  input: price,
  cachedInput: v.optional(price),
  output: price,
  peak: v.optional(peakHours),
  asOf: v.pipe(v.string(), v.isoDate()),
  source: v.optional(v.string(), 'rivulet.endpoints'),
});

const model = v.strictObject({
  id: name,
  contextTokens: v.optional(count),
  outputTokens: v.optional(count),
  thinking: v.optional(v.picklist(['always', 'never', 'switch'])),
  prices: v.optional(prices),
  media: v.optional(media),
  tools: v.optional(v.boolean()),
  retired: v.optional(v.strictObject({ replacedBy: name })),
  defaults: v.optional(values),
  dialect: v.optional(dialect),
});

const sentence = v.strictObject({ message: v.string(), args: v.array(v.union([v.string(), v.number()])) });
/** A person's own words, shown as they are, or a sentence as the built-in records have it. */
const words = v.union([
  v.pipe(
    v.string(),
    v.transform((message) => ({ message, args: [] })),
  ),
  sentence,
]);
const condition = v.strictObject({ name, is: v.array(json) });

/** One that cannot be compiled would throw when it is used. */
const expression = v.pipe(v.string(), v.check(isExpression, 'must be a regular expression'));

const parameter = v.strictObject({
  name,
  type: v.picklist(['boolean', 'integer', 'number', 'string', 'string or object', 'string list', 'string or list', 'object', 'object list', 'integer map']),
  documentation: v.optional(words, ''),
  required: v.optional(v.literal(true)),
  nullable: v.optional(v.literal(true)),
  requiredWhen: v.optional(condition),
  managed: v.optional(v.picklist(['composer', 'model picker', 'tools'])),
  limits: v.optional(v.array(v.strictObject({ when: condition, allows: v.array(v.string()), reason: words }))),
  default: v.optional(json),
  minimum: v.optional(v.number()),
  maximum: v.optional(v.number()),
  above: v.optional(v.number()),
  below: v.optional(v.number()),
  longest: v.optional(v.number()),
  values: v.optional(v.array(v.string())),
  pattern: v.optional(expression),
  models: v.optional(v.array(v.string())),
  modelPattern: v.optional(expression),
});

/** A person's own endpoint as it stands in the setting `rivulet.endpoints`. */
const endpoint = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and hyphens')),
  label: v.optional(name),
  baseUrl: address,
  auth: v.optional(v.picklist(['bearer', 'none']), 'bearer'),
  keyUrl: v.optional(webPage),
  keyVariable: v.optional(v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9_]{0,99}$/, 'must be the name of a variable such as MY_API_KEY'))),
  topUpUrl: v.optional(webPage),
  statusUrl: v.optional(webPage),
  pageUrl: v.optional(webPage),
  notice: v.optional(sentence),
  models: v.pipe(v.array(model), v.minLength(1)),
  modelList: v.optional(v.strictObject({ path, priceUnit: v.optional(v.strictObject({ currency, amount: price })) }), { path: '/models' }),
  balancePath: v.optional(path),
  media: v.optional(media),
  defaults: v.optional(values),
  parameters: v.optional(v.array(parameter), []),
  dialect: v.optional(dialect, {}),
});

/** What can be said of servers that nobody described: usage is asked for, reasoning goes back with tool calls only. */
const unknownDialect: ProviderSpec['dialect'] = { reasoningReplay: 'tool-calls', reasoningField: 'as received', streamUsage: 'ask', continuation: 'instruction', outputLimit: 'max_tokens' };

/** The record of an endpoint from settings, or what is wrong with it, in English, as `models.0.id: …`. */
export function readEndpoint(value: unknown): { readonly provider: ProviderSpec } | { readonly problem: string } {
  const result = v.safeParse(endpoint, value);
  if (!result.success) {
    return { problem: result.issues.map((issue) => `${v.getDotPath(issue) ?? 'endpoint'}: ${withoutValue(issue.message)}`).join('; ') };
  }
  const { label, dialect: own, models, parameters, ...record } = result.output;
  return {
    provider: {
      ...record,
      label: label ?? record.id,
      models: models.map(({ dialect: modelDialect, ...rest }) => ({ ...rest, ...(modelDialect !== undefined && { dialect: defined(modelDialect) }) })),
      parameters: parameters.map((row) => defined(row)),
      dialect: { ...unknownDialect, ...defined(own) },
    },
  };
}

function isExpression(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

/** What is wrong without what stands there: a key may have been put in the wrong place. */
function withoutValue(message: string): string {
  return message.replace(/ but received .*$/s, '');
}

/** The record without members that are undefined, so that they do not overwrite what they are spread over. */
function defined<Value extends object>(record: Value): { [Name in keyof Value]: Exclude<Value[Name], undefined> } {
  return Object.fromEntries(Object.entries(record).filter(([, entry]) => entry !== undefined)) as { [Name in keyof Value]: Exclude<Value[Name], undefined> };
}
