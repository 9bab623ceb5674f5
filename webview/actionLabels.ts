import type { Action } from '../src/protocol/viewState.ts';
import { t } from './strings.ts';

/** What the button of an action reads. */
export function actionLabel(action: Action): string {
  switch (action) {
    case 'set-key':
      return t('Set API key…');
    case 'open-key-page':
      return t('Get an API key');
    case 'top-up':
      return t('Top up balance');
    case 'status-page':
      return t('Service status');
    case 'choose-model':
      return t('Choose another model');
    case 'retry':
      return t('Try again');
    case 'continue':
      return t('Continue');
    case 'new-chat':
      return t('New chat');
    case 'open-settings':
      return t('Open settings');
    case 'model-settings':
      return t('Model settings');
    case 'resend-without-media':
      return t('Send without the pictures');
    case 'inspect':
      return t('Inspect request');
    case 'find-local-servers':
      return t('Find local servers');
    case 'show-log':
      return t('Show log');
  }
}
