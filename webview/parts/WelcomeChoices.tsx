import type { VNode } from 'preact';
import type { WelcomeChoice } from '../../src/protocol/welcomeView.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';

/** Models that can be asked at once, each with the reason why. */
export function WelcomeChoices({ choices }: { readonly choices: readonly WelcomeChoice[] }): VNode | null {
  const { post } = usePage();
  if (choices.length === 0) return null;
  return (
    <ul class="prompts choices">
      {choices.map((choice) => (
        <li key={choice.id}>
          <button type="button" class="prompt choice" onClick={() => post({ type: 'take-choice', id: choice.id })}>
            <span class="choice-label">{labelOf(choice)}</span>
            <span class="choice-reason">{reasonOf(choice)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function labelOf({ kind, serviceLabel, detail }: WelcomeChoice): string {
  return kind === 'variable' ? t('Use the key of {0}…', detail ?? '') : t('Use {0}', serviceLabel);
}

function reasonOf({ kind, serviceLabel, model, detail }: WelcomeChoice): string {
  switch (kind) {
    case 'stored':
      return t('{0}; its key is set', model);
    case 'keyless':
      return t('{0}; it needs no key', model);
    case 'variable':
      return t('for {0}, once you have agreed', serviceLabel);
    case 'server':
      return t('{0} at {1}, without a key', model, detail ?? '');
  }
}
