import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { ProbabilitiesItem } from '../../src/protocol/viewState.ts';
import { t } from '../strings.ts';
import { inPercent, shownToken } from '../text/tokens.ts';
import { Disclosure } from './Disclosure.tsx';
import { HeatText } from './HeatText.tsx';
import { PushButton } from './PushButton.tsx';

/** How sure the model was of each token, and what else it might have said: as a heat over the text, or as a table; folded. */
export function ProbabilitiesCard({ item }: { readonly item: ProbabilitiesItem }): VNode {
  const [isTable, setTable] = useState(false);
  return (
    <Disclosure id={item.id} class="card probabilities" title={t('Token probabilities')}>
      {() => (
        <>
          {isTable ? <Table item={item} /> : <HeatText tokens={item.tokens} label={t('Token probabilities')} />}
          <PushButton look="quiet" does="heat-table" onPress={() => setTable(!isTable)}>
            {isTable ? t('Show as text') : t('Show as table')}
          </PushButton>
        </>
      )}
    </Disclosure>
  );
}

function Table({ item }: { readonly item: ProbabilitiesItem }): VNode {
  return (
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
            <td class="token">{shownToken(token)}</td>
            <td>{inPercent(percent)}</td>
            <td class="token">{alternatives.filter((other) => other.token !== token).map((other) => `${shownToken(other.token)} ${inPercent(other.percent)}`).join(' · ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
