import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import { visibleText } from '../text/hiddenCharacters.ts';
import { Icon } from './Icon.tsx';
import { PushButton } from './PushButton.tsx';

/** That tools of others are called without asking, for as long as it is so, whatever else is on the page, and the way to end it. */
export function Unasked({ names }: { readonly names: readonly string[] }): VNode {
  const { post, announce } = usePage();
  const list = names.map(visibleText).join(', ');
  useEffect(() => announce(t('Called without asking in this chat: {0}', list)), [announce, list]);
  return (
    <div class="edits-allowed unasked" role="region" aria-label={t('Called without asking in this chat: {0}', list)} title={list}>
      <Icon name="warning" />
      <span class="edits-words">{t('Called without asking: {0}', list)}</span>
      <PushButton look="secondary" title={t('Ask before every call again')} onPress={() => post({ type: 'ask-again' })}>
        {t('Ask again')}
      </PushButton>
    </div>
  );
}
