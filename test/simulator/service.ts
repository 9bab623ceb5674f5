import type { ChatRequest } from './chat.ts';
import type { MessageRules } from './checkMessages.ts';
import type { ToolRules } from './checkTools.ts';
import type { Completion } from './completion.ts';
import type { JsonObject } from './json.ts';
import type { ParameterTable } from './parameterRules.ts';
import type { RawAnswer, Refusal } from './refusal.ts';

/** The four bases of the simulator; `open` speaks DeepSeek's dialect and needs no key. */
export type ServiceId = 'deepseek' | 'iflow' | 'jiekou' | 'open';

/** What is known of a request before its fields are looked at. */
export interface Situation {
  readonly model: string;
  /** The request came to DeepSeek's /beta. */
  readonly beta: boolean;
  /** The names of the reference page are refused, as they are since July 2026 (docs/servers.md §0.1). */
  readonly retired: boolean;
}

/** Everything that differs from one service to another: what is accepted, how it is refused, how answers are spelt. */
export interface Service {
  readonly id: ServiceId;
  readonly models: readonly string[];
  readonly checkModel: (situation: Situation) => Refusal | undefined;
  readonly parameters: (situation: Situation) => ParameterTable;
  readonly messages: (situation: Situation) => MessageRules;
  readonly tools: (situation: Situation) => ToolRules;
  /** Rules that join several fields, after each has been found right by itself. */
  readonly checkTogether: (body: JsonObject, situation: Situation) => Refusal | undefined;
  readonly thinks: (request: ChatRequest) => boolean;
  readonly limits: (request: ChatRequest) => { readonly tokens: number; readonly choices: number; readonly keepsStopSequence: boolean };
  readonly refuse: (refusal: Refusal, token: string | undefined) => RawAnswer;
  /** What stands before the JSON of an event: with or without a space. */
  readonly dataPrefix: string;
  readonly chunks: (completion: Completion) => readonly JsonObject[];
  readonly body: (completion: Completion) => JsonObject;
  /** Answers to GET by the path behind the base. */
  readonly resources: Readonly<Record<string, () => JsonObject>>;
}
