import { inThousands } from '../../src/core/models/describeModel.ts';
import { providers } from '../../src/core/providers/providers.ts';
import type { ModelSpec } from '../../src/core/providers/spec.ts';
import { inPrice } from '../../src/protocol/money.ts';

/** The README's table of what the records know of each model; a dash is what nobody could find out. */
export function modelsTable(): string {
  const rows = providers.flatMap(({ label, models }) => models.map((model) => `| ${label} | \`${model.id}\`${model.retired === undefined ? '' : ' (retired)'} | ${cells(model).join(' | ')} |`));
  return ['| service | model | context | output | thinks | tools | takes | in | cached | out | as of |', `|${'---|'.repeat(11)}`, ...rows].join('\n');
}

function cells({ contextTokens, outputTokens, thinking, tools, media, prices }: ModelSpec): readonly string[] {
  const price = (amount: number | undefined): string => (prices === undefined || amount === undefined ? '–' : inPrice(amount, prices.currency, 'en'));
  return [
    contextTokens === undefined ? '–' : inThousands(contextTokens),
    outputTokens === undefined ? '–' : inThousands(outputTokens),
    thinking === 'switch' ? 'as set' : (thinking ?? '–'),
    tools === undefined ? '–' : tools ? 'yes' : 'no',
    media === undefined ? '–' : ['text', ...media].join(', '),
    price(prices?.input),
    price(prices?.cachedInput),
    price(prices?.output),
    prices === undefined ? '–' : `[${prices.asOf}](${prices.source})`,
  ];
}
