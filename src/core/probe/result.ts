import type { LocalText } from '../../protocol/localText.ts';
import type { Dialect } from '../providers/spec.ts';

/** What is looked at, in the order of the report; one request can tell several. */
export const probeIds = [
  'authorisation',
  'models',
  'answer',
  'max_tokens',
  'max_completion_tokens',
  'streaming',
  'spacing',
  'done',
  'usage-asked',
  'usage-unasked',
  'reasoning',
  'think-tags',
  'tool-call',
  'replay-with-reasoning',
  'replay-without-reasoning',
  'stop-sequence',
] as const;
export type ProbeId = (typeof probeIds)[number];

/** `refused`: the endpoint said no; `unclear`: what came tells neither way. */
export type Verdict = 'found' | 'not found' | 'refused' | 'unclear';

export interface ProbeResult {
  readonly id: ProbeId;
  readonly verdict: Verdict;
  /** What was found, in a sentence. */
  readonly finding: LocalText;
  /** The endpoint's own words, short, untranslated, without the key. */
  readonly evidence: string;
  /** What exactly was found, for `dialectFrom`: a field's name, a shape. */
  readonly value?: string | undefined;
}

/** The switches that the results decide; what they do not decide is left out. */
export type FoundDialect = {
  readonly [Name in 'reasoningReplay' | 'reasoningField' | 'streamUsage' | 'outputLimit' | 'callArguments' | 'thinkTags' | 'stopSequence']?: NonNullable<Dialect[Name]>;
};

/** The dialect that an endpoint speaks, as far as the probes could tell. */
export function dialectFrom(results: readonly ProbeResult[]): FoundDialect {
  const of = (id: ProbeId): ProbeResult | undefined => results.find((result) => result.id === id);
  return {
    ...replayFrom(of('replay-with-reasoning'), of('replay-without-reasoning')),
    ...usageFrom(of('usage-asked'), of('usage-unasked')),
    ...limitFrom(of('max_tokens'), of('max_completion_tokens')),
    ...callsFrom(of('tool-call')),
    ...tagsFrom(of('think-tags')),
    ...stopFrom(of('stop-sequence')),
  };
}

function replayFrom(having: ProbeResult | undefined, lacking: ProbeResult | undefined): FoundDialect {
  // Refused without: even a turn that had none must say so with an empty one (docs/servers.md §0.3).
  if (having?.verdict === 'found' && lacking?.verdict === 'refused') return { reasoningReplay: 'every-turn', ...fieldFrom(having) };
  if (having?.verdict === 'refused' && lacking?.verdict === 'found') return { reasoningReplay: 'never' };
  if (having?.verdict === 'found' && lacking?.verdict === 'found') return { reasoningReplay: 'tool-calls', ...fieldFrom(having) };
  return {};
}

function fieldFrom({ value }: ProbeResult): FoundDialect {
  return value === 'other name' ? { reasoningField: 'reasoning_content' } : {};
}

function usageFrom(asked: ProbeResult | undefined, unasked: ProbeResult | undefined): FoundDialect {
  if (asked?.verdict === 'refused') return { streamUsage: 'unasked' };
  return asked?.verdict === 'found' && unasked?.verdict === 'not found' ? { streamUsage: 'ask' } : {};
}

function limitFrom(old: ProbeResult | undefined, fresh: ProbeResult | undefined): FoundDialect {
  if (old?.verdict === 'found') return { outputLimit: 'max_tokens' };
  return old?.verdict === 'refused' && fresh?.verdict === 'found' ? { outputLimit: 'max_completion_tokens' } : {};
}

function callsFrom(call: ProbeResult | undefined): FoundDialect {
  if (call?.verdict !== 'found') return {};
  return call.value === 'snapshots' || call.value === 'fragments' ? { callArguments: call.value } : {};
}

function tagsFrom(tags: ProbeResult | undefined): FoundDialect {
  return tags?.value === 'both' || tags?.value === 'closing only' ? { thinkTags: tags.value } : {};
}

function stopFrom(stop: ProbeResult | undefined): FoundDialect {
  return stop?.value === 'included' || stop?.value === 'left out' ? { stopSequence: stop.value } : {};
}
