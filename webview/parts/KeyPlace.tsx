import type { VNode } from 'preact';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';

/** Where the key of the chosen service is, and the way to set another; nothing for a service of which no key is known to be needed. */
export function KeyPlace(): VNode | null {
  const { post, connection } = usePage();
  if (connection.state()?.model.hasKeyPage !== true) return null;
  return (
    <p class="faint">
      {t('The key is kept in the secret storage of VS Code, never in settings or files.')}{' '}
      <button type="button" class="link" onClick={() => post({ type: 'set-key' })}>
        {t('Set or change the API key…')}
      </button>
    </p>
  );
}
