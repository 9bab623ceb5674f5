import type { VNode } from 'preact';
import type { ModelView } from '../../src/protocol/viewState.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import { Icon } from './Icon.tsx';

/** What is there to see before the first question: two of them, to be taken into the composer and changed. */
export function EmptyChat({ model }: { readonly model: ModelView }): VNode {
  const { suggestions } = usePage();
  const canRead = model.tools === 'on';
  const prompts = [
    canRead
      ? t('Read README.md and tell me what this project does.')
      : t('Write a regular expression for dates like 2024-05-31, and explain it.'),
    t('How do I find out why a program hangs now and then?'),
  ];
  return (
    <div class="empty">
      <div class="empty-mark">
        <Icon name="stream" />
      </div>
      <h2 class="empty-title">{t('Ask about your code')}</h2>
      <p>
        {canRead
          ? t('{0} shows its reasoning as it works, and reads files of this workspace when it needs to.', model.serviceLabel)
          : t('{0} shows its reasoning as it works.', model.serviceLabel)}
      </p>
      <ul class="prompts">
        {prompts.map((prompt) => (
          <li key={prompt}>
            <button type="button" class="prompt" onClick={() => suggestions.tell(prompt)}>
              {prompt}
            </button>
          </li>
        ))}
      </ul>
      <p class="faint">{t('Or select code in an editor and choose Explain or Refactor… under Rivulet in its context menu.')}</p>
    </div>
  );
}
