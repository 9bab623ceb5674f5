import { checkMessages } from './checkMessages.ts';
import { checkTools } from './checkTools.ts';
import { findLoneSurrogate, isObject, type JsonObject } from './json.ts';
import { checkFields } from './parameterRules.ts';
import { malformed, type Refusal } from './refusal.ts';
import type { Service } from './service.ts';

/** How a request was read: its object, or why it is refused. */
export type Reading = { readonly body: JsonObject } | { readonly refusal: Refusal };

/** Reads the JSON of a request; white space around it is allowed, anything but one object is not. */
export function readBody(text: string, contentType: string | undefined): Reading {
  if (!/^application\/json\s*(?:;|$)/i.test(contentType ?? '')) {
    return { refusal: malformed('The request needs the header Content-Type: application/json') };
  }
  try {
    const body: unknown = JSON.parse(text);
    return isObject(body) ? { body } : { refusal: malformed('The body must be a JSON object') };
  } catch {
    return { refusal: malformed('Failed to parse the request body as JSON') };
  }
}

/**
 * The first reason to refuse a chat completion, or undefined. Stricter than the real servers on purpose: what they pass over
 * in silence (a wrong name, a half of a surrogate pair) is a mistake in the client, and here it shows.
 */
export function checkRequest(service: Service, body: JsonObject, options: { readonly beta: boolean; readonly retired: boolean }): Refusal | undefined {
  const lone = findLoneSurrogate(body);
  if (lone !== undefined) return malformed(`${lone} holds half of a surrogate pair`);
  const model = body['model'];
  if (typeof model !== 'string' || model === '') return malformed('model is required and must be a string');
  const situation = { model, ...options };
  return (
    service.checkModel(situation) ??
    checkFields(body, service.parameters(situation), { model }) ??
    checkTools(body, service.tools(situation)) ??
    checkMessages(body['messages'], service.messages(situation)) ??
    service.checkTogether(body, situation)
  );
}
