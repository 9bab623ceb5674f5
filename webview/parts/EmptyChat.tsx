import type { VNode } from 'preact';
import type { ModelView } from '../../src/protocol/viewState.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import { Icon } from './Icon.tsx';

/** What is there to see before the first question: three of them, to be taken into the composer and changed. */
export function EmptyChat({ model }: { readonly model: ModelView }): VNode {
  const { suggestions } = usePage();
  const prompts = [
    t('What does this project do, and where does it start?'),
    t('Find the part of the code that reads the settings and explain it.'),
    t('What could go wrong in the file README.md describes first?'),
  ];
  return (
    <div class="empty">
      <div class="empty-mark">
        <Icon name="stream" />
      </div>
      <h2 class="empty-title">{t('Ask about your code')}</h2>
      <p>{t('{0} shows its reasoning as it works, and reads files of this workspace when it needs to.', model.serviceLabel)}</p>
      <ul class="prompts">
        {prompts.map((prompt) => (
          <li key={prompt}>
            <button type="button" class="prompt" onClick={() => suggestions.tell(prompt)}>
              {prompt}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
