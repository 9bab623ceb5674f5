import { say, type LocalText } from '../../protocol/localText.ts';
import { CompletionError } from '../completions/completionError.ts';
import { asArray, asObject, parseJson } from '../json.ts';
import { callResult, stopResult, streamResults, thinkTagResult, usageResult } from './findings.ts';
import { errorOf, evidenceOf, isRefusal, short, type Outcome } from './outcome.ts';
import { questions, type Asking } from './questions.ts';
import { readAnswer } from './readAnswer.ts';
import type { ProbeId, ProbeResult } from './result.ts';
import type { ProbeRequest, Transport } from './transport.ts';
import { withoutKey } from './withoutKey.ts';

/** Which model is asked, and the key that the transport sends, if any: it stands in no result. */
export interface ProbeOptions {
  readonly model: string;
  readonly key: string | undefined;
}

/**
 * Asks an endpoint about ten small questions and tells what each shows, as it goes. When it does not answer the simplest
 * one, that is the last result but for the list of models. Fails only when the transport is aborted.
 */
export async function* probe(transport: Transport, { model, key }: ProbeOptions): AsyncGenerator<ProbeResult> {
  for await (const result of results(transport, { model, hasKey: key !== undefined })) yield withoutKey(result, key);
}

async function* results(transport: Transport, { model, hasKey }: { readonly model: string; readonly hasKey: boolean }): AsyncGenerator<ProbeResult> {
  const ask = async (request: ProbeRequest): Promise<Outcome> => settle(transport, request);
  const post = async (body: ProbeRequest['body'] & object): Promise<Outcome> => ask({ path: 'chat/completions', body });

  yield await modelsResult(transport);

  let asking: Asking = { model, limit: 'max_tokens' };
  const old = await post(questions.plain(asking));
  const fresh = isFatal(errorOf(old)) ? undefined : await post(questions.plain({ model, limit: 'max_completion_tokens' }));
  const answered = [old, fresh].find((reading) => reading !== undefined && errorOf(reading) === undefined);
  yield answerResult(answered ?? old);
  if (answered === undefined) return;
  yield limitResult('max_tokens', old);
  if (fresh !== undefined) yield limitResult('max_completion_tokens', fresh);
  if (errorOf(old) !== undefined) asking = { model, limit: 'max_completion_tokens' };

  if (hasKey) yield keyResult(await ask({ path: 'chat/completions', body: questions.plain(asking), withoutKey: true }));
  else yield { id: 'authorisation', verdict: 'not found', finding: say('It answers without a key.'), evidence: '' };

  const asked = await post({ ...questions.stream(asking), stream_options: { include_usage: true } });
  const unasked = await post(questions.stream(asking));
  const streamed = errorOf(asked) === undefined ? asked : unasked;
  yield* streamResults(streamed);
  yield usageResult('usage-asked', asked);
  yield usageResult('usage-unasked', unasked);
  const reasoningField = streamed instanceof CompletionError ? undefined : streamed.reasoningField;
  yield reasoningField === undefined
    ? { id: 'reasoning', verdict: 'not found', finding: say('No reasoning came.'), evidence: '' }
    : { id: 'reasoning', verdict: 'found', finding: say('Reasoning comes under the name {0}.', reasoningField), evidence: reasoningField, value: reasoningField };
  yield thinkTagResult([answered, asked, unasked]);

  yield callResult(await post(questions.tool(asking)));
  yield* replayResults(asking, reasoningField ?? 'reasoning_content', post);
  yield stopResult(await post(questions.stop(asking)));
}

type Post = (body: ProbeRequest['body'] & object) => Promise<Outcome>;

async function* replayResults(asking: Asking, field: string, post: Post): AsyncGenerator<ProbeResult> {
  const having = await post(questions.replay(asking, field));
  const other = field !== 'reasoning_content' && isRefusal(errorOf(having)) ? await post(questions.replay(asking, 'reasoning_content')) : undefined;
  if (other !== undefined && errorOf(other) === undefined) {
    yield { id: 'replay-with-reasoning', verdict: 'found', finding: say('A history with reasoning is taken under the name {0} only.', 'reasoning_content'), evidence: evidenceOf(having), value: 'other name' };
  } else {
    yield taken('replay-with-reasoning', having, say('A history with reasoning is taken.'), say('A history with reasoning is refused.'));
  }
  const lacking = await post(questions.replay(asking, undefined));
  yield taken('replay-without-reasoning', lacking, say('A history without reasoning is taken.'), say('A history without reasoning is refused.'));
}

async function settle(transport: Transport, request: ProbeRequest): Promise<Outcome> {
  try {
    return readAnswer(await transport(request));
  } catch (error) {
    if (error instanceof CompletionError) return error;
    throw error;
  }
}

async function modelsResult(transport: Transport): Promise<ProbeResult> {
  try {
    const { status, text } = await transport({ path: 'models' });
    const data = asObject(parseJson(text))?.['data'];
    if (status === 200 && Array.isArray(data)) {
      return { id: 'models', verdict: 'found', finding: say('{0} models are listed.', asArray(data).length), evidence: short(text) };
    }
    return { id: 'models', verdict: 'not found', finding: say('There is no list of models.'), evidence: short(`HTTP ${status} ${text}`) };
  } catch (error) {
    if (!(error instanceof CompletionError)) throw error;
    return { id: 'models', verdict: 'unclear', finding: say('It could not be told.'), evidence: short(error.message) };
  }
}

function answerResult(reading: Outcome): ProbeResult {
  const error = errorOf(reading);
  if (error === undefined) return { id: 'answer', verdict: 'found', finding: say('It answers.'), evidence: evidenceOf(reading) };
  return { id: 'answer', verdict: isRefusal(error) ? 'refused' : 'not found', finding: say('It gives no answer, so nothing else could be tried.'), evidence: evidenceOf(reading) };
}

function keyResult(reading: Outcome): ProbeResult {
  const error = errorOf(reading);
  if (error === undefined) return { id: 'authorisation', verdict: 'not found', finding: say('It answers without a key.'), evidence: evidenceOf(reading) };
  const asks = error.status === 401 || error.status === 403 || /key|auth/i.test(error.message);
  return { id: 'authorisation', verdict: asks ? 'found' : 'unclear', finding: asks ? say('A key is needed, and the one that is set is accepted.') : say('It could not be told.'), evidence: evidenceOf(reading) };
}

function limitResult(name: 'max_tokens' | 'max_completion_tokens', reading: Outcome): ProbeResult {
  return taken(name, reading, say('The limit {0} is taken.', name), say('The limit {0} is refused.', name));
}

function taken(id: ProbeId, reading: Outcome, yes: LocalText, no: LocalText): ProbeResult {
  const error = errorOf(reading);
  const evidence = evidenceOf(reading);
  if (error === undefined) return { id, verdict: 'found', finding: yes, evidence };
  return isRefusal(error) ? { id, verdict: 'refused', finding: no, evidence } : { id, verdict: 'unclear', finding: say('It could not be told.'), evidence };
}

/** Nobody is there who would understand a second spelling. */
function isFatal(error: CompletionError | undefined): boolean {
  return error !== undefined && !isRefusal(error);
}
