import { say, type LocalText } from '../../protocol/localText.ts';
import { inPrice } from '../../protocol/money.ts';
import type { ModelSpec, Prices } from '../providers/spec.ts';

/** What is known of a model, for one line in a list; prices are of a million tokens. `language` forms the numbers. */
export function describeModel({ contextTokens, thinking, tools, media, prices }: ModelSpec, language: string): readonly LocalText[] {
  return [
    contextTokens !== undefined && say('{0} context', inThousands(contextTokens)),
    thinking === 'always' && say('always thinks'),
    thinking === 'switch' && say('thinking'),
    tools === true && say('tools'),
    tools === false && say('no tools'),
    media?.includes('image') === true && say('pictures'),
    media?.includes('video') === true && say('videos'),
    ...(prices === undefined ? [] : describePrices(prices, language)),
  ].filter((fact) => fact !== false);
}

/** Cached input is left out: the line would not hold it, and the cost of a turn tells. */
function describePrices({ currency, input, output, peak }: Prices, language: string): readonly LocalText[] {
  const price = (amount: number): string => inPrice(amount, currency, language);
  return [say('{0} in, {1} out', price(input), price(output)), ...(peak === undefined ? [] : [say('× {0} at peak hours', peak.times)])];
}

/** As the services write it: `128K` for 128,000 and for 131,072, `1M`. */
export function inThousands(tokens: number): string {
  const thousand = tokens % 1000 !== 0 && tokens % 1024 === 0 ? 1024 : 1000;
  if (tokens < thousand) return String(tokens);
  const thousands = tokens / thousand;
  return thousands < thousand ? `${Math.round(thousands)}K` : `${Math.round((10 * thousands) / thousand) / 10}M`;
}
