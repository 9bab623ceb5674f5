import type { VNode } from 'preact';
import type { CallItem } from '../../src/protocol/viewState.ts';
import { t, tr } from '../strings.ts';
import { visibleText } from '../text/hiddenCharacters.ts';
import { Disclosure } from './Disclosure.tsx';
import { Icon } from './Icon.tsx';
import { VisibleText } from './VisibleText.tsx';

/** A tool call: what it does in a line; what the model asked for and what it was told on demand. */
export function CallCard({ item }: { readonly item: CallItem }): VNode {
  const title = (
    <>
      <span class="call-words">
        <span class="call-tool">{visibleText(item.tool)}</span>
        {item.summary !== undefined && <span class="call-summary">{visibleText(tr(item.summary))}</span>}
      </span>
      <CallStatus status={item.status} />
    </>
  );
  return (
    <Disclosure id={item.id} class={`card call ${item.status}`} title={title}>
      {() => (
        <>
          <div class="call-part">{t('Arguments')}</div>
          <VisibleText text={item.arguments} label={t('Arguments')} />
          {item.result !== undefined && (
            <>
              <div class="call-part">{t('Result')}</div>
              <VisibleText text={item.result} label={t('Result')} />
            </>
          )}
        </>
      )}
    </Disclosure>
  );
}

function CallStatus({ status }: { readonly status: CallItem['status'] }): VNode {
  return (
    <span class="call-status">
      {status === 'done' && <Icon name="check" />}
      {status === 'refused' && <Icon name="warning" />}
      {(status === 'arriving' || status === 'running') && <span class="dot" aria-hidden="true" />}
      <span class={status === 'done' ? 'visually-hidden' : ''}>{statusInWords(status)}</span>
    </span>
  );
}

function statusInWords(status: CallItem['status']): string {
  switch (status) {
    case 'arriving':
      return t('Preparing');
    case 'running':
      return t('Running');
    case 'done':
      return t('Done');
    case 'refused':
      return t('Refused');
    case 'not-run':
      return t('Not run');
  }
}
