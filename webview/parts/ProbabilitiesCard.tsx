import type { VNode } from 'preact';
import type { ProbabilitiesItem } from '../../src/protocol/viewState.ts';
import { t } from '../strings.ts';
import { visibleText } from '../text/hiddenCharacters.ts';
import { Disclosure } from './Disclosure.tsx';

/** How sure the model was of each token, and what else it might have said; folded. */
export function ProbabilitiesCard({ item }: { readonly item: ProbabilitiesItem }): VNode {
  return (
    <Disclosure id={item.id} class="card probabilities" title={t('Token probabilities')}>
      {() => (
        <table class="probabilities-table">
          <thead>
            <tr>
              <th scope="col">{t('Token')}</th>
              <th scope="col">%</th>
              <th scope="col">{t('Instead')}</th>
            </tr>
          </thead>
          <tbody>
            {item.tokens.map(({ token, percent, alternatives }, index) => (
              <tr key={index}>
                <td class="token">{shown(token)}</td>
                <td>{inPercent(percent)}</td>
                <td class="token">{alternatives.filter((other) => other.token !== token).map((other) => `${shown(other.token)} ${inPercent(other.percent)}`).join(' · ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Disclosure>
  );
}

/** White space is part of a token and must be seen. */
function shown(token: string): string {
  return visibleText(token.replaceAll('\n', '↵').replaceAll('\t', '→')).replaceAll(' ', '·');
}

function inPercent(percent: number): string {
  return percent.toLocaleString(document.documentElement.lang || undefined, { maximumFractionDigits: 2 });
}
