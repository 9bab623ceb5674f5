import type { VNode } from 'preact';
import type { ModelView } from '../../src/protocol/viewState.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import { Button } from '../toolkit.ts';
import { Icon } from './Icon.tsx';

/** What to do when there is no key yet. */
export function Welcome({ model }: { readonly model: ModelView }): VNode {
  const { post } = usePage();
  return (
    <div class="empty">
      <div class="empty-mark">
        <Icon name="key" />
      </div>
      <h2 class="empty-title">{t('One step before the first question')}</h2>
      <p>
        {model.readiness === 'key-for-other-address'
          ? t('The API key for {0} was given for another address.', model.serviceLabel)
          : t('Rivulet talks to {0} directly, with your own API key.', model.serviceLabel)}
      </p>
      <div class="empty-actions">
        <Button appearance="primary" onClick={() => post({ type: 'set-key' })}>
          {t('Set API key for {0}…', model.serviceLabel)}
        </Button>
        <Button appearance="secondary" onClick={() => post({ type: 'select-model' })}>
          {t('Choose another model')}
        </Button>
      </div>
      {model.hasKeyPage && (
        <p>
          {t('No key yet?')}{' '}
          <button type="button" class="link" onClick={() => post({ type: 'act', action: 'open-key-page', turnId: '' })}>
            {t('Get one from {0}', model.serviceLabel)}
          </button>
        </p>
      )}
      <p>
        {t('A model on this machine needs no key.')}{' '}
        <button type="button" class="link" onClick={() => post({ type: 'act', action: 'find-local-servers', turnId: '' })}>
          {t('Find local servers')}
        </button>
      </p>
      <p class="faint">{t('The key is kept in the secret storage of VS Code, never in settings or files.')}</p>
    </div>
  );
}
