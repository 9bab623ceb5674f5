import type { VNode } from 'preact';
import type { ModelView } from '../../src/protocol/viewState.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';

/** In a chat that has begun: that the chosen service has no key, and the way to set one. */
export function KeyNote({ model }: { readonly model: ModelView }): VNode {
  const { post } = usePage();
  return (
    <div class="key-note" role="status">
      <span>
        {model.readiness === 'key-for-other-address'
          ? t('The API key for {0} was given for another address.', model.serviceLabel)
          : t('There is no API key for {0} yet.', model.serviceLabel)}
      </span>{' '}
      <button type="button" class="link" onClick={() => post({ type: 'set-key' })}>
        {t('Set API key…')}
      </button>
    </div>
  );
}
