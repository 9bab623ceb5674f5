import type { VNode } from 'preact';
import type { PermissionItem } from '../../src/protocol/reviewItems.ts';
import type { CallItem } from '../../src/protocol/viewState.ts';
import { t, tr } from '../strings.ts';
import { visibleText } from '../text/hiddenCharacters.ts';
import { Disclosure } from './Disclosure.tsx';
import { Icon } from './Icon.tsx';
import { VisibleText } from './VisibleText.tsx';

/** The first line of a result, as far as it has a place in a title; with `u`, so that no character is cut in two. */
const firstLine = /^[^\r\n]{0,200}/u;

/** Properties of a {@link CallCard}. */
export interface CallProperties {
  readonly item: CallItem;
  /** What the person was asked on its behalf, whose card stands below and says all that matters. */
  readonly question: PermissionItem | undefined;
  /** Whether nothing stands between it and that card. */
  readonly isRightAbove: boolean;
}

/** A tool call: what it does in a line; what the model asked for and what it was told on demand. */
export function CallCard({ item, question, isRightAbove }: CallProperties): VNode {
  const isWaiting = item.status === 'running' && question?.status === 'open';
  const summary = summaryOf(item);
  const title = (
    <>
      <span class="call-words">
        <span class="call-tool">{visibleText(item.tool)}</span>
        {summary !== undefined && <span class="call-summary">{visibleText(summary)}</span>}
      </span>
      {!isWaiting && <CallStatus status={item.status} />}
    </>
  );
  return (
    <Disclosure id={item.id} class={`card call ${item.status} ${question !== undefined && isRightAbove ? 'asked' : ''}`} title={title}>
      {() => <CallParts item={item} />}
    </Disclosure>
  );
}

/** A call within the card that it led to, which says all that matters: its words are there for whoever wants them. */
export function CallWords({ item }: { readonly item: CallItem }): VNode {
  return (
    <Disclosure id={item.id} class="call-within" title={<span class="call-tool">{visibleText(item.tool)}</span>}>
      {() => <CallParts item={item} />}
    </Disclosure>
  );
}

function CallParts({ item }: { readonly item: CallItem }): VNode {
  return (
    <>
      <div class="call-part">{t('Arguments')}</div>
      <VisibleText text={item.arguments} label={t('Arguments')} found={`${item.id}/arguments`} />
      {item.result !== undefined && (
        <>
          <div class="call-part">{t('Result')}</div>
          <VisibleText text={item.result} label={t('Result')} found={`${item.id}/result`} />
        </>
      )}
    </>
  );
}

/** What the call does; where that never became clear, because it was refused, why it was. */
function summaryOf({ summary, status, result }: CallItem): string | undefined {
  if (summary !== undefined) return tr(summary);
  if (status !== 'refused' || result === undefined) return undefined;
  const line = firstLine.exec(result)?.[0];
  return line === '' ? undefined : line;
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
