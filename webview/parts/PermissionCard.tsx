import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PermissionItem } from '../../src/protocol/reviewItems.ts';
import { usePage } from '../page.ts';
import { t, tr } from '../strings.ts';
import { visibleText } from '../text/hiddenCharacters.ts';
import { Icon } from './Icon.tsx';
import { PushButton } from './PushButton.tsx';
import { VisibleText } from './VisibleText.tsx';
import { useKeptFocus } from './useKeptFocus.ts';
import { useQuestion } from './useQuestion.ts';

/** After this long a yes may be given again: the host asks for itself, and may have been told no. */
const patienceMs = 5000;

/** A question that the model's work waits for. The button that stands out is the no. */
export function PermissionCard({ item }: { readonly item: PermissionItem }): VNode {
  const { post } = usePage();
  const section = useRef<HTMLElement>(null);
  const [pressed, setPressed] = useState<string>();
  const { id, token, status, reasons } = item;
  const question = visibleText(tr(item.question));
  const isOff = pressed === token;
  useEffect(() => {
    if (pressed === undefined) return undefined;
    const timer = setTimeout(() => setPressed(undefined), patienceMs);
    return () => clearTimeout(timer);
  }, [pressed]);
  const permit = (allow: boolean, reach?: 'once' | 'chat'): void => {
    if (isOff) return;
    setPressed(token);
    post({ type: 'permit', token, allow, ...(reach !== undefined && { reach }) });
  };
  useKeptFocus(section);
  const onKeyDown = useQuestion(item, { question, outcome: answerInWords(status), refuse: () => permit(false) });
  return (
    <section class={`card permission ${status}`} role="group" aria-label={question} data-item={id} data-token={token} tabIndex={-1} ref={section} onKeyDown={onKeyDown}>
      <div class="card-head">
        <Icon name={status === 'allowed' ? 'check' : status === 'open' ? 'warning' : 'close'} />
        <div>
          <strong class="card-title">{question}</strong>
          {status === 'open' && reasons.map((reason, index) => (
            <p key={index} class="card-advice">
              {visibleText(tr(reason))}
            </p>
          ))}
          {status !== 'open' && <p class="review-status">{answerInWords(status)}</p>}
        </div>
      </div>
      {status === 'open' && item.data !== undefined && (
        <div class="permission-data">
          <div class="call-part">{t('Arguments')}</div>
          <VisibleText text={item.data} label={t('Arguments')} />
        </div>
      )}
      {status === 'open' && (
        <div class="review-actions">
          <PushButton look="primary" isOff={isOff} title={t('Don\'t allow (Escape)')} onPress={() => permit(false)}>
            {t('Don\'t allow')}
          </PushButton>
          {item.isForChat !== true && (
            <PushButton look="secondary" isOff={isOff} onPress={() => permit(true)}>
              {t('Allow…')}
            </PushButton>
          )}
          {item.isForChat === true && (
            <>
              <PushButton look="secondary" isOff={isOff} onPress={() => permit(true, 'once')}>
                {t('Allow once…')}
              </PushButton>
              <PushButton look="secondary" isOff={isOff} onPress={() => permit(true, 'chat')}>
                {t('Allow in this chat…')}
              </PushButton>
            </>
          )}
        </div>
      )}
    </section>
  );
}

function answerInWords(status: PermissionItem['status']): string {
  switch (status) {
    case 'open':
      return t('Waiting for your decision');
    case 'allowed':
      return t('Allowed');
    case 'declined':
      return t('Not allowed');
    case 'unanswered':
      return t('Nobody answered in time: not allowed');
  }
}
