import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import { Icon } from './Icon.tsx';
import { PushButton } from './PushButton.tsx';

/** That edits are made without asking, for as long as it is so, whatever else is on the page, and the way to end it. */
export function EditsAllowed(): VNode {
  const { post, announce } = usePage();
  useEffect(() => announce(t('Edits to ordinary files are made without asking in this chat.')), [announce]);
  return (
    <div class="edits-allowed" role="region" aria-label={t('Edits allowed in this chat')} title={t('Edits to ordinary files are made without asking in this chat.')}>
      <Icon name="warning" />
      <span class="edits-words">{t('Edits allowed in this chat')}</span>
      <PushButton look="secondary" title={t('Ask before every edit again')} onPress={() => post({ type: 'allow-edits', allow: false })}>
        {t('Ask again')}
      </PushButton>
    </div>
  );
}
