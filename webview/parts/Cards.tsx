import type { VNode } from 'preact';
import type { Action, Activity, ErrorItem, NoticeItem } from '../../src/protocol/viewState.ts';
import { actionLabel } from '../actionLabels.ts';
import { usePage } from '../page.ts';
import { t, tr } from '../strings.ts';
import { visibleText } from '../text/hiddenCharacters.ts';
import { Button } from '../toolkit.ts';
import { Disclosure } from './Disclosure.tsx';
import { Icon } from './Icon.tsx';
import { VisibleText } from './VisibleText.tsx';

/** Properties of a card. */
export interface CardProperties<CardItem> {
  readonly item: CardItem;
  readonly turnId: string;
  /** Given for the last turn only. */
  readonly activity: Activity | undefined;
}

/** What went wrong and what to do about it. */
export function ErrorCard({ item, turnId, activity }: CardProperties<ErrorItem>): VNode {
  return (
    <section class="card error" role="group" aria-label={t('Error')}>
      <div class="card-head">
        <Icon name="error" />
        <div>
          <strong class="card-title">{visibleText(tr(item.title))}</strong>
          <p class="card-advice">{visibleText(tr(item.advice))}</p>
        </div>
      </div>
      <Actions actions={item.actions} turnId={turnId} activity={activity} />
      {item.details !== undefined && item.details !== '' && (
        <Disclosure id={item.id} class="details" title={t('Details')}>
          {() => <VisibleText text={item.details ?? ''} label={t('Details')} />}
        </Disclosure>
      )}
    </section>
  );
}

/** Something worth knowing that is not an error. */
export function NoticeCard({ item, turnId, activity }: CardProperties<NoticeItem>): VNode {
  return (
    <section class="card notice" role="group" aria-label={t('Notice')}>
      <div class="card-head">
        <Icon name="info" />
        <p class="card-advice">{visibleText(tr(item.text))}</p>
      </div>
      <Actions actions={item.actions} turnId={turnId} activity={activity} />
    </section>
  );
}

/** Actions that ask something, and so wait for their turn. */
const asking: ReadonlySet<Action> = new Set(['retry', 'continue']);

function Actions({ actions, turnId, activity }: Omit<CardProperties<never>, 'item'> & { readonly actions: readonly Action[] }): VNode | null {
  const { post } = usePage();
  // While an answer comes nothing else can be asked, and only what was said last can go on.
  const offered = actions.filter((action) => (activity === undefined ? action !== 'continue' : activity.kind === 'idle' || !asking.has(action)));
  if (offered.length === 0) return null;
  return (
    <div class="actions">
      {offered.map((action, index) => (
        <Button
          key={action}
          appearance={index === 0 ? 'primary' : 'secondary'}
          onClick={() => post({ type: 'act', action, turnId })}
        >
          {actionLabel(action)}
        </Button>
      ))}
    </div>
  );
}
