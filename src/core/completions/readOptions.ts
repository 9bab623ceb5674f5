import { dialectOf, findModel } from '../providers/spec.ts';
import type { ReadOptions } from './reading.ts';
import { chosenParameters, type CompletionRequest } from './request.ts';

/** How the answer to a request has to be read: the switches of its dialect, and what of the request shows in the answer. */
export function readOptionsOf(request: Pick<CompletionRequest, 'provider' | 'model' | 'parameters' | 'stream'>): ReadOptions {
  const dialect = dialectOf(request.provider, findModel(request.provider, request.model));
  return {
    callArguments: dialect.callArguments,
    thinkTags: dialect.thinkTags,
    stopSequences: dialect.stopSequence === 'included' ? stopSequences(chosenParameters(request)['stop']) : [],
  };
}

function stopSequences(stop: unknown): readonly string[] {
  return (Array.isArray(stop) ? (stop as readonly unknown[]) : [stop]).filter((sequence) => typeof sequence === 'string');
}
