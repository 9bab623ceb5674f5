import type { VNode } from 'preact';
import type { ModelView } from '../../src/protocol/viewState.ts';
import { usePage } from '../page.ts';
import { t, tr } from '../strings.ts';
import { Icon } from './Icon.tsx';

/** The line at the top: which model answers. A new chat is in the view's own title, where VS Code has such things. */
export function Header({ model }: { readonly model: ModelView }): VNode {
  const { post } = usePage();
  const name = t('Model: {0} {1}. Choose another', model.serviceLabel, model.model);
  return (
    <header class="header">
      <h1 class="visually-hidden">Rivulet</h1>
      <button type="button" class="model-button" aria-label={name} title={name} onClick={() => post({ type: 'select-model' })}>
        <span class="model-words">
          <span class="model-service">{model.serviceLabel}</span> <ModelName name={model.model} />
        </span>
        <Icon name="chevronDown" />
      </button>
      {model.notice !== undefined && (
        <span class="model-notice" role="img" aria-label={tr(model.notice)} title={tr(model.notice)}>
          <Icon name="warning" />
        </span>
      )}
      <span class="spring" />
      <KeyButton model={model} />
      <button type="button" class="icon-button" data-does="chats" aria-label={t('Chats')} title={t('Chats')} onClick={() => post({ type: 'open-chats' })}>
        <Icon name="history" />
      </button>
      <button type="button" class="icon-button settings-button" aria-label={t('Model settings')} title={t('Model settings')} onClick={() => post({ type: 'open-sheet' })}>
        <Icon name="sliders" />
      </button>
    </header>
  );
}

/** So many characters at the end of a name are always seen: versions of a model differ there. */
const tailLength = 9;

/** Where there is no room for all of it the name is cut in the middle. */
function ModelName({ name }: { readonly name: string }): VNode {
  const characters = Array.from(name);
  const head = characters.slice(0, -tailLength).join('');
  return (
    <span class="model-name">
      {head !== '' && <span class="model-head">{head}</span>}
      <span class="model-tail">{characters.slice(-tailLength).join('')}</span>
    </span>
  );
}

/** Where the keys are set; the commands of the view's menu are not looked for. */
function KeyButton({ model: { hasKeyPage, serviceLabel } }: { readonly model: ModelView }): VNode {
  const { post } = usePage();
  // Where no key is known to be needed the person is asked for which service it is.
  const label = hasKeyPage ? t('Set or change the API key of {0}…', serviceLabel) : t('Set or change the API key…');
  return (
    <button type="button" class="icon-button key-button" data-does="key" aria-label={label} title={label} onClick={() => post({ type: 'set-key' })}>
      <Icon name="key" />
      <span class="tool-word">{t('API key')}</span>
    </button>
  );
}
