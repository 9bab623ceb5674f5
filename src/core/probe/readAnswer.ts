import { createParser } from 'eventsource-parser';
import { CompletionError } from '../completions/completionError.ts';
import { errorInBody, errorOfResponse } from '../completions/wireError.ts';
import { reasoningFields, type ReasoningField } from '../conversation/message.ts';
import { asObject, asObjects, asText, parseJson, type JsonObject } from '../json.ts';
import type { ProbeAnswer } from './transport.ts';

/** An answer taken apart with nothing put right, for the point is to see what the server does. */
export interface Reading {
  /** As what it came: events, one JSON value, or something else. */
  readonly form: 'stream' | 'json' | 'other';
  /** Undefined when it is an answer. */
  readonly error: CompletionError | undefined;
  /** Behind `data:`; undefined when no event came. */
  readonly space: 'space' | 'none' | undefined;
  /** Whether `[DONE]` came. */
  readonly isAnnounced: boolean;
  readonly hasUsage: boolean;
  readonly text: string;
  readonly reasoningField: ReasoningField | undefined;
  readonly reasoning: string;
  readonly finishReason: string | undefined;
  /** The pieces of tool calls as they came, all chunks behind one another. */
  readonly calls: readonly JsonObject[];
}

export function readAnswer(answer: ProbeAnswer): Reading {
  const { objects, form, space, isAnnounced } = takeApart(answer.text);
  const choices = objects.flatMap((object) => asObjects(object['choices']).slice(0, 1));
  const messages = choices.map((choice) => asObject(choice['delta']) ?? asObject(choice['message']) ?? {});
  const reasoningField = reasoningFields.find((field) => messages.some((message) => asText(message[field]) !== undefined));
  return {
    form,
    space,
    isAnnounced,
    error: errorIn(answer, objects),
    hasUsage: objects.some((object) => asObject(object['usage']) !== undefined) || choices.some((choice) => asObject(choice['usage']) !== undefined),
    text: messages.map((message) => asText(message['content']) ?? '').join(''),
    reasoningField,
    reasoning: reasoningField === undefined ? '' : messages.map((message) => asText(message[reasoningField]) ?? '').join(''),
    finishReason: choices.map((choice) => asText(choice['finish_reason'])).findLast((reason) => reason !== undefined),
    calls: messages.flatMap((message) => asObjects(message['tool_calls'])),
  };
}

type Apart = Pick<Reading, 'form' | 'space' | 'isAnnounced'> & { readonly objects: readonly JsonObject[] };

function takeApart(text: string): Apart {
  const whole = asObject(firstOf(parseJson(text)));
  if (whole !== undefined) return { form: 'json', space: undefined, isAnnounced: false, objects: [whole] };
  const objects: JsonObject[] = [];
  let isAnnounced = false;
  const parser = createParser({
    onEvent({ data }) {
      if (data.trim() === '[DONE]') isAnnounced = true;
      const object = asObject(parseJson(data));
      if (object !== undefined) objects.push(object);
    },
  });
  parser.feed(`${text}\n\n`);
  const spelled = /^data:( ?)/m.exec(text)?.[1];
  const space = spelled === undefined ? undefined : spelled === '' ? 'none' : 'space';
  return { form: objects.length > 0 || isAnnounced ? 'stream' : 'other', space, isAnnounced, objects };
}

function errorIn(answer: ProbeAnswer, objects: readonly JsonObject[]): CompletionError | undefined {
  const { status, headers, text } = answer;
  if (status >= 300 && status < 400) return new CompletionError('redirected', `HTTP ${status} to ${headers.get('location') ?? 'nowhere'}`, { status });
  if (status < 200 || status >= 300) return errorOfResponse(status, headers, text);
  for (const object of objects) {
    const error = errorInBody(object);
    if (error !== undefined) return error;
  }
  if (objects.some((object) => Array.isArray(object['choices']) || Array.isArray(object['data']))) return undefined;
  const page = /^\s*</.test(text);
  return new CompletionError(page ? 'not-an-api' : text.trim() === '' ? 'empty' : 'unreadable', text.trim().slice(0, 200));
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? (value[0] as unknown) : value;
}
