import type { LocalText } from './localText.ts';

/** The model settings: every parameter that the service documents, as they stand for one model. */
export interface ParameterSheet {
  readonly service: string;
  readonly serviceLabel: string;
  readonly model: string;
  /** The page that documents the parameters. */
  readonly page: string | undefined;
  /** In the order in which they are shown; those of a group stand together. */
  readonly rows: readonly ParameterRow[];
}

/** What a parameter is about. */
export type ParameterGroup = 'thinking' | 'sampling' | 'output' | 'tools' | 'other';

/** One parameter in the model settings. Values cross the wall as JSON text, for `logit_bias` is a map and `stop` a list. */
export interface ParameterRow {
  /** Its place in the body: `response_format.type`. */
  readonly name: string;
  /** What it is called; undefined where nobody knows more than its name. */
  readonly label: LocalText | undefined;
  readonly group: ParameterGroup;
  /** `lines`: a list, an entry a line; `choice-or-json`: one of `choices`, or any JSON. */
  readonly control: 'toggle' | 'number' | 'choice' | 'text' | 'lines' | 'json' | 'choice-or-json';
  readonly documentation: LocalText;
  /** `≥ 0, ≤ 2`; empty when there is none. */
  readonly range: string;
  readonly choices: readonly string[];
  /** JSON text of what is set, which goes out unless the row is disabled, or of what was refused while `problem` stands; undefined: the service decides. */
  readonly value: string | undefined;
  /** Where `value` comes from: set for this model, set for all models of its service, sent by Rivulet of itself, or left to the service. */
  readonly origin: 'person' | 'person-for-service' | 'rivulet' | 'service';
  /** JSON text of what the service takes when nothing goes out, where its page says. */
  readonly serviceDefault: string | undefined;
  /** Why it cannot be set for this model as things stand; undefined when it can. */
  readonly disabled: LocalText | undefined;
  /** Why only the given choices are possible as things stand. */
  readonly note: LocalText | undefined;
  /** Why the value, as it was typed last or stands in the settings, cannot be sent; undefined when it can. */
  readonly problem: LocalText | undefined;
}
