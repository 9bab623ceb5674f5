import type { VNode } from 'preact';
import type { Action, ErrorItem, NoticeItem } from '../../src/protocol/viewState.ts';
import { actionLabel } from '../actionLabels.ts';
import { usePage } from '../page.ts';
import { t, tr } from '../strings.ts';
import { Button } from '../toolkit.ts';
import { Disclosure } from './Disclosure.tsx';
import { Icon } from './Icon.tsx';
import { VisibleText } from './VisibleText.tsx';

/** What went wrong and what to do about it. */
export function ErrorCard({ item, turnId }: { readonly item: ErrorItem; readonly turnId: string }): VNode {
  return (
    <section class="card error" aria-label={t('Error')}>
      <div class="card-head">
        <Icon name="error" />
        <div>
          <strong class="card-title">{tr(item.title)}</strong>
          <p class="card-advice">{tr(item.advice)}</p>
        </div>
      </div>
      <Actions actions={item.actions} turnId={turnId} />
      {item.details !== undefined && item.details !== '' && (
        <Disclosure id={item.id} class="details" title={t('Details')}>
          {() => <VisibleText text={item.details ?? ''} label={t('Details')} />}
        </Disclosure>
      )}
    </section>
  );
}

/** Something worth knowing that is not an error. */
export function NoticeCard({ item, turnId }: { readonly item: NoticeItem; readonly turnId: string }): VNode {
  return (
    <section class="card notice" aria-label={t('Notice')}>
      <div class="card-head">
        <Icon name="info" />
        <p class="card-advice">{tr(item.text)}</p>
      </div>
      <Actions actions={item.actions} turnId={turnId} />
    </section>
  );
}

function Actions({ actions, turnId }: { readonly actions: readonly Action[]; readonly turnId: string }): VNode | null {
  const { post } = usePage();
  if (actions.length === 0) return null;
  return (
    <div class="actions">
      {actions.map((action, index) => (
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
