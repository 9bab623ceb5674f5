import type { LocalText } from '../../protocol/localText.ts';
import type { Json } from '../json.ts';

/** A service that speaks `chat/completions`: plain JSON, so that a person's own endpoint is the same record as a built-in one. */
export interface ProviderSpec {
  /** Lower-case letters, digits and hyphens; names the service in settings and in the key store. */
  readonly id: string;
  readonly label: string;
  /** The address in front of `/chat/completions`. */
  readonly baseUrl: string;
  /** `none`: no key is asked for and no Authorization header is sent. */
  readonly auth: 'bearer' | 'none';
  /** Where a person gets a key, tops up, and sees whether the service is well. */
  readonly keyUrl?: string | undefined;
  /** The variable of the environment in which people keep its key for other programs. */
  readonly keyVariable?: string | undefined;
  readonly topUpUrl?: string | undefined;
  readonly statusUrl?: string | undefined;
  /** What a person should know before they choose it. */
  readonly notice?: LocalText | undefined;
  /** The reference page that documents the parameters. */
  readonly pageUrl?: string | undefined;
  /** The first is the default. */
  readonly models: readonly ModelSpec[];
  /** What its models take beside text where their own records do not say, those not listed included; undefined when not known. */
  readonly media?: ModelSpec['media'];
  /** Where the service tells which models it has; undefined where there is no such place. */
  readonly modelList?: ModelList | undefined;
  /** Where it tells what is left of one's money: the path behind the base address. */
  readonly balancePath?: string | undefined;
  /** What is sent to every model, those not listed included, unless the model or the person says otherwise. */
  readonly defaults?: ParameterValues | undefined;
  readonly parameters: readonly ParameterSpec[];
  readonly dialect: Dialect;
}

/** The list of models that a service gives out. */
export interface ModelList {
  /** Behind the base address: `/models`. */
  readonly path: string;
  /** What one is worth among the prices of a million tokens in the list; undefined when that is not known, and with it the prices. */
  readonly priceUnit?: { readonly currency: string; readonly amount: number } | undefined;
}

/** Values by parameter name. */
export type ParameterValues = { readonly [parameter: string]: Json };

export interface ModelSpec {
  /** The name that goes over the wire. */
  readonly id: string;
  /** Retired models stay selectable and say so; `replacedBy` names what to take instead. */
  readonly retired?: { readonly replacedBy: string } | undefined;
  /** The service's own list, when it was last asked for, did not have it. Never in a table: it comes of merging the two. */
  readonly isUnlisted?: true | undefined;
  /** Only the service's own list has it, so nobody has looked at what it takes. Never in a table: it comes of merging the two. */
  readonly isFromList?: true | undefined;
  /** Tokens of question and answer together, and of the answer alone; undefined when not known. */
  readonly contextTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
  /** Whether it thinks before it answers; `switch`: as a parameter says. */
  readonly thinking?: 'always' | 'never' | 'switch' | undefined;
  /** What it takes beside text; undefined when not known, an empty list when it is text only. */
  readonly media?: readonly ('image' | 'video')[] | undefined;
  readonly prices?: Prices | undefined;
  /** False when the model cannot call tools. */
  readonly tools?: boolean | undefined;
  /** What is sent unless the person sets it otherwise. */
  readonly defaults?: ParameterValues | undefined;
  /** Where the model behaves differently from its service. */
  readonly dialect?: Partial<Dialect> | undefined;
}

/** Prices of a million tokens. A model whose prices are not known has none: nothing is ever taken for free. */
export interface Prices {
  /** ISO 4217: `USD`, `CNY`. */
  readonly currency: string;
  readonly input: number;
  /** Of input that the service had in its cache; undefined when it charges the same. */
  readonly cachedInput?: number | undefined;
  /** Reasoning included. */
  readonly output: number;
  /** Hours in which everything costs a multiple. */
  readonly peak?: PeakHours | undefined;
  /** The day they were looked up, `2026-11-01`, and where. */
  readonly asOf: string;
  readonly source: string;
}

/** When a service charges more: on these weekdays (0 is Sunday), from each first hour until before its second, all of UTC. */
export interface PeakHours {
  readonly times: number;
  readonly weekdays: readonly number[];
  readonly hours: readonly (readonly [number, number])[];
}

/** Switches for what services do differently, each named for the behaviour and read in one place. */
export interface Dialect {
  /**
   * On which assistant turns reasoning goes back: on all, as an empty string where there was none (DeepSeek V4);
   * on those with tool calls; on none (R1-style models refuse it). docs/servers.md §0.3, §2.3.
   */
  readonly reasoningReplay: 'every-turn' | 'tool-calls' | 'never';
  /** The name under which it goes back: DeepSeek knows `reasoning_content` only, others take the one they sent. */
  readonly reasoningField: 'as received' | 'reasoning_content';
  /** Whether usage in a stream has to be asked for with `stream_options`. */
  readonly streamUsage: 'ask' | 'unasked';
  /**
   * How an answer that was cut off is gone on with: with `prefix: true` on the last message, at the `/beta` of the base
   * (DeepSeek, docs/servers.md §2.1), or by telling the model to.
   */
  readonly continuation: 'prefix-on-beta' | 'instruction';
  /** The name of the field that limits the output. */
  readonly outputLimit: 'max_tokens' | 'max_completion_tokens';
  /** Whether a piece of a tool call's arguments is what is new, as when undefined, or all so far (docs/servers.md T9). */
  readonly callArguments?: 'fragments' | 'snapshots' | undefined;
  /** Whether reasoning inside the text stands between two tags, as when undefined, or has its opening one in the prompt (docs/servers.md C6). */
  readonly thinkTags?: 'both' | 'closing only' | undefined;
  /** Whether the answer's text ends with the stop sequence that ended it (jiekou.ai's page); left out when undefined. */
  readonly stopSequence?: 'left out' | 'included' | undefined;
}

/** One row of a service's parameter table; a parameter has several rows where it differs from model to model. */
export interface ParameterSpec {
  /** Its place in the body, with dots: `response_format.type`. */
  readonly name: string;
  readonly type: ParameterType;
  readonly required?: true;
  readonly nullable?: true;
  /** The service's own default when the field is left out. */
  readonly default?: Json;
  readonly minimum?: number;
  readonly maximum?: number;
  /** Bounds that the value itself may not have. */
  readonly above?: number;
  readonly below?: number;
  /** The most entries of a list, or characters of a name. */
  readonly longest?: number;
  readonly values?: readonly string[];
  /** A regular expression that a whole string must match. */
  readonly pattern?: string;
  /** The only models that take it; all do when this and `modelPattern` are absent. */
  readonly models?: readonly string[];
  /** A regular expression that the whole name of a model matches that takes it too: a family, of which the table need not know every member. */
  readonly modelPattern?: string;
  /** Required while another parameter has one of some values. */
  readonly requiredWhen?: ParameterCondition;
  /** Not for a person to set as a parameter: where in the interface it comes from. */
  readonly managed?: ManagedPlace;
  /** Where it cannot be used as things stand. */
  readonly limits?: readonly ParameterLimit[];
  /** One line, from the reference page. */
  readonly documentation: LocalText;
}

/** What is asked, which model is asked, and the tools it is offered. */
export type ManagedPlace = 'composer' | 'model picker' | 'tools';

/** Holds while the parameter has one of the values; its default counts when it is not set, and null stands for not set without a default. */
export interface ParameterCondition {
  /** Its place in the body. */
  readonly name: string;
  readonly is: readonly Json[];
}

/** While another parameter has one of some values, only some values of this one are possible. */
export interface ParameterLimit {
  readonly when: ParameterCondition;
  /** What remains possible; nothing: it is not sent at all. */
  readonly allows: readonly string[];
  readonly reason: LocalText;
}

export type ParameterType =
  | 'boolean'
  | 'integer'
  | 'number'
  | 'string'
  | 'string or object'
  | 'string list'
  | 'string or list'
  | 'object'
  | 'object list'
  | 'integer map';

/** The model's record, or a bare one for a name that the service's list does not have: free text is allowed. */
export function findModel(provider: ProviderSpec, id: string): ModelSpec {
  return provider.models.find((model) => model.id === id) ?? { id };
}

/** How to speak to this model: its own switches over its service's. */
export function dialectOf(provider: ProviderSpec, model: ModelSpec): Dialect {
  return { ...provider.dialect, ...model.dialect };
}
