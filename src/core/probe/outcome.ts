import { CompletionError } from '../completions/completionError.ts';
import type { Reading } from './readAnswer.ts';

/** What came of one probe: an answer taken apart, or why there was none. */
export type Outcome = Reading | CompletionError;

/** Why there is no answer, or undefined when there is one. */
export function errorOf(reading: Outcome): CompletionError | undefined {
  return reading instanceof CompletionError ? reading : reading.error;
}

/** What the endpoint itself said, in a line. */
export function evidenceOf(reading: Outcome): string {
  const error = errorOf(reading);
  if (error !== undefined) return short(error.status === undefined ? error.message : `HTTP ${error.status}: ${error.message}`);
  return reading instanceof CompletionError ? '' : short(reading.text);
}

/** The text in one line, as much of it as a report needs. */
export function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

const refusing: ReadonlySet<number> = new Set([400, 404, 405, 415, 422, 501]);

/** Whether the endpoint objects to the request itself; a fault of another kind says nothing of what was tried. */
export function isRefusal(error: CompletionError | undefined): boolean {
  if (error === undefined) return false;
  if (error.status !== undefined && refusing.has(error.status)) return true;
  // llama.cpp answers 500 to tools that it was not started for; others put their errors into a 200 (docs/servers.md §4).
  return error.status === undefined || error.status === 500 ? /not support|parameter|unsupported|not allowed|unknown|unrecogni[sz]ed|unexpected|invalid|requires|must/i.test(error.message) : false;
}
