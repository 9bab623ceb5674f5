import { say } from '../../protocol/localText.ts';
import { asNumber, asObject, asText, parseJson, type JsonObject } from '../json.ts';
import { errorOf, evidenceOf, isRefusal, type Outcome } from './outcome.ts';
import { stopSequence } from './questions.ts';
import type { ProbeResult } from './result.ts';

/** How an answer streams: whether at all, how events are spelled, how they end. */
export function streamResults(reading: Outcome): readonly ProbeResult[] {
  const error = errorOf(reading);
  const evidence = evidenceOf(reading);
  if (error !== undefined || !('form' in reading)) {
    return [{ id: 'streaming', verdict: isRefusal(error) ? 'refused' : 'unclear', finding: isRefusal(error) ? say('A stream is refused.') : say('It could not be told.'), evidence }];
  }
  if (reading.form !== 'stream') return [{ id: 'streaming', verdict: 'not found', finding: say('The answer comes in one piece although a stream was asked for.'), evidence }];
  return [
    { id: 'streaming', verdict: 'found', finding: say('The answer comes as a stream.'), evidence },
    reading.space === 'space'
      ? { id: 'spacing', verdict: 'found', finding: say('There is a space behind data:.'), evidence: '' }
      : { id: 'spacing', verdict: 'not found', finding: say('There is no space behind data:.'), evidence: '' },
    reading.isAnnounced
      ? { id: 'done', verdict: 'found', finding: say('The stream ends with [DONE].'), evidence: '' }
      : { id: 'done', verdict: 'not found', finding: say('The stream ends without [DONE].'), evidence: '' },
  ];
}

/** Whether a stream tells token counts, asked for or not. */
export function usageResult(id: 'usage-asked' | 'usage-unasked', reading: Outcome): ProbeResult {
  const error = errorOf(reading);
  const evidence = error === undefined ? '' : evidenceOf(reading);
  if (error !== undefined || !('form' in reading)) {
    if (id === 'usage-asked' && isRefusal(error)) return { id, verdict: 'refused', finding: say('Asking for token counts with stream_options is refused.'), evidence };
    return { id, verdict: 'unclear', finding: say('It could not be told.'), evidence };
  }
  if (id === 'usage-asked') {
    return reading.hasUsage
      ? { id, verdict: 'found', finding: say('Token counts come when they are asked for.'), evidence }
      : { id, verdict: 'not found', finding: say('No token counts come although they were asked for.'), evidence };
  }
  return reading.hasUsage
    ? { id, verdict: 'found', finding: say('Token counts come unasked.'), evidence }
    : { id, verdict: 'not found', finding: say('No token counts come unasked.'), evidence };
}

/** Whether reasoning stands in the text, and between which tags (docs/servers.md C6). */
export function thinkTagResult(readings: readonly Outcome[]): ProbeResult {
  const id = 'think-tags';
  const answers = readings.filter((reading) => 'form' in reading);
  const opened = answers.find(({ text }) => /^\s*<think>/.test(text));
  if (opened !== undefined) return { id, verdict: 'found', finding: say('Reasoning stands in the text, between think tags.'), evidence: evidenceOf(opened), value: 'both' };
  const closed = answers.find(({ text }) => text.includes('</think>'));
  if (closed !== undefined) return { id, verdict: 'found', finding: say('Reasoning stands in the text, with nothing but a closing think tag behind it.'), evidence: evidenceOf(closed), value: 'closing only' };
  return { id, verdict: 'not found', finding: say('There are no think tags in the text.'), evidence: '' };
}

/** In what pieces a tool call comes (docs/servers.md T1–T9). */
export function callResult(reading: Outcome): ProbeResult {
  const id = 'tool-call';
  const error = errorOf(reading);
  if (error !== undefined || !('form' in reading)) {
    const evidence = evidenceOf(reading);
    return isRefusal(error) ? { id, verdict: 'refused', finding: say('Tools are refused.'), evidence } : { id, verdict: 'unclear', finding: say('It could not be told.'), evidence };
  }
  const [first] = reading.calls;
  if (first === undefined) return { id, verdict: 'not found', finding: say('The model did not call the tool.'), evidence: evidenceOf(reading) };
  // Of several calls only the first is looked at.
  const own = reading.calls.filter((call) => asNumber(call['index']) === asNumber(first['index']) && (asText(call['id']) ?? first['id']) === first['id']);
  const pieces = own.map(argumentsOf).filter((piece) => piece !== '');
  const evidence = [
    asNumber(first['index']) === undefined ? 'no index' : `index ${asNumber(first['index'])}`,
    asText(first['id']) === undefined ? 'no id' : `id ${JSON.stringify(first['id'])}`,
    pieces.slice(0, 6).map((piece) => JSON.stringify(piece)).join(' '),
  ].join(', ').slice(0, 300);
  switch (shapeOf(pieces)) {
    case 'fragments':
      return { id, verdict: 'found', finding: say('Tool calls come in pieces that add up.'), evidence, value: 'fragments' };
    case 'snapshots':
      return { id, verdict: 'found', finding: say('Tool calls come in pieces that each repeat what came before.'), evidence, value: 'snapshots' };
    case 'whole':
      return { id, verdict: 'found', finding: say('Tool calls come whole.'), evidence, value: 'whole' };
    case undefined:
      return { id, verdict: 'unclear', finding: say('The tool was called, but the call was not complete.'), evidence };
  }
}

function argumentsOf(call: JsonObject): string {
  const value = asObject(call['function'])?.['arguments'];
  return typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);
}

function shapeOf(pieces: readonly string[]): 'fragments' | 'snapshots' | 'whole' | undefined {
  if (isObjectText(pieces.join(''))) return pieces.length === 1 ? 'whole' : 'fragments';
  const grows = pieces.every((piece, index) => index === 0 || piece.startsWith(pieces[index - 1] ?? ''));
  return pieces.length > 1 && grows && isObjectText(pieces.at(-1) ?? '') ? 'snapshots' : undefined;
}

function isObjectText(text: string): boolean {
  return asObject(parseJson(text)) !== undefined;
}

const stoppedThere = new RegExp(`alpha\\W*(${stopSequence})?$`, 'i');

/** Whether the stop sequence stands in the answer (docs/servers.md §3). */
export function stopResult(reading: Outcome): ProbeResult {
  const id = 'stop-sequence';
  const error = errorOf(reading);
  const evidence = evidenceOf(reading);
  if (isRefusal(error)) return { id, verdict: 'refused', finding: say('A stop sequence is refused.'), evidence };
  const text = 'form' in reading && error === undefined && reading.finishReason !== 'length' ? reading.text.trimEnd() : '';
  // Only an answer that stopped in the right place tells: a model need not write what it is asked to.
  if (!stoppedThere.test(text)) return { id, verdict: 'unclear', finding: say('It could not be told: the model did not write the words it was asked for.'), evidence };
  return text.endsWith(stopSequence)
    ? { id, verdict: 'found', finding: say('The text includes the stop sequence.'), evidence, value: 'included' }
    : { id, verdict: 'found', finding: say('The text ends before the stop sequence.'), evidence, value: 'left out' };
}
