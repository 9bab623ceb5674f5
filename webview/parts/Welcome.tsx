import type { VNode } from 'preact';
import type { ModelView } from '../../src/protocol/viewState.ts';
import type { WelcomeView } from '../../src/protocol/welcomeView.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import { Button } from '../toolkit.ts';
import { Icon } from './Icon.tsx';
import { WelcomeChoices } from './WelcomeChoices.tsx';

/** What to do when there is no key yet: first what is there already, then how to get one. */
export function Welcome({ model, welcome }: { readonly model: ModelView; readonly welcome: WelcomeView }): VNode {
  const { post } = usePage();
  return (
    <div class="empty">
      <div class="empty-mark">
        <Icon name="key" />
      </div>
      <h2 class="empty-title">{t('One step before the first question')}</h2>
      <WelcomeChoices choices={welcome.choices} />
      <p>
        {model.readiness === 'key-for-other-address'
          ? t('The API key for {0} was given for another address.', model.serviceLabel)
          : t('Rivulet talks to {0} directly, with your own API key.', model.serviceLabel)}
      </p>
      <div class="empty-actions">
        <Button appearance={welcome.choices.length === 0 ? 'primary' : 'secondary'} onClick={() => post({ type: 'set-key' })}>
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
      <LocalServers servers={welcome.servers} />
      <p class="faint">{t('The key is kept in the secret storage of VS Code, never in settings or files.')}</p>
      <p>
        {t('Coming from another tool?')}{' '}
        <button type="button" class="link" onClick={() => post({ type: 'import-settings' })}>
          {t('Look at what it has')}
        </button>
      </p>
      <p>
        <button type="button" class="link" onClick={() => post({ type: 'open-walkthrough' })}>
          {t('See how Rivulet works')}
        </button>
      </p>
    </div>
  );
}

/** Nothing is asked, not even this machine, before the person wishes it. */
function LocalServers({ servers }: { readonly servers: WelcomeView['servers'] }): VNode {
  const { post } = usePage();
  return (
    <p>
      <span role="status">
        {servers === 'none'
          ? t('No further server answered on this machine. Start Ollama, LM Studio, llama.cpp or vLLM, then look again.')
          : t('A model on this machine needs no key.')}
      </span>{' '}
      <button type="button" class="link" aria-disabled={servers === 'looking'} onClick={() => servers !== 'looking' && post({ type: 'find-servers' })}>
        {servers === 'looking' ? t('Looking…') : t('Find local servers')}
      </button>
    </p>
  );
}
