import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ParameterGroup, ParameterSheet as Sheet } from '../../src/protocol/parameterSheet.ts';
import { meaningOf, noComposition } from '../enterKey.ts';
import { usePage } from '../page.ts';
import { t, tr } from '../strings.ts';
import { nameInWords } from '../text/parameterText.ts';
import { Button } from '../toolkit.ts';
import { focusComposer } from './hooks.ts';
import { Icon } from './Icon.tsx';
import { KeyPlace } from './KeyPlace.tsx';
import { ParameterEntry } from './ParameterEntry.tsx';

/** The model settings: every parameter of the model's service with its value, laid over the chat. */
export function ParameterSheet({ sheet }: { readonly sheet: Sheet }): VNode {
  const { post, announce } = usePage();
  const frame = useRef<HTMLElement>(null);
  const shown = { service: sheet.service, model: sheet.model };
  const awaited = useRef<string>(undefined);
  const isClosing = useRef(false);
  const closeButton = (): HTMLElement | null | undefined => frame.current?.querySelector<HTMLElement>('.sheet-close');

  useLayoutEffect(() => closeButton()?.focus(), []);
  // The host answers every edit with a sheet: one that was refused says why and is not left behind unseen.
  useLayoutEffect(() => {
    const name = awaited.current;
    if (name === undefined) return;
    awaited.current = undefined;
    const row = sheet.rows.find((each) => each.name === name);
    if (row?.problem !== undefined) announce(`${nameInWords(row)}: ${tr(row.problem)}`);
    else if (isClosing.current) post({ type: 'close-sheet' });
    isClosing.current = false;
  }, [sheet]);

  const set = (name: string, value: string): void => {
    awaited.current = name;
    post({ type: 'set-parameter', ...shown, name, value });
  };
  const close = (): void => {
    // A field tells what was typed when it loses the focus.
    closeButton()?.focus();
    if (awaited.current === undefined) post({ type: 'close-sheet' });
    else isClosing.current = true;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // An open list closes itself first.
    if (event.defaultPrevented || document.activeElement?.getAttribute('aria-expanded') === 'true') return;
    if (meaningOf(event, noComposition) === 'stop') {
      event.preventDefault();
      close();
    }
  };

  return (
    <section class="sheet" role="dialog" aria-modal="true" aria-label={t('Model settings')} ref={frame} onKeyDown={onKeyDown}>
      <header class="sheet-head">
        <div class="sheet-title">
          <h2>{t('Model settings')}</h2>
          <p class="faint">{`${sheet.serviceLabel} · ${sheet.model}`}</p>
        </div>
        <Button appearance="secondary" class="sheet-close" onClick={close}>
          {t('Close')}
        </Button>
      </header>
      <div class="sheet-body">
        {sheet.rows.length === 0 ? <NoRows sheet={sheet} /> : <Introduction sheet={sheet} />}
        <KeyPlace />
        {groupsOf(sheet).map((group) => (
          <section key={group} class="sheet-group" aria-label={groupLabel(group)}>
            <h3>{groupLabel(group)}</h3>
            {sheet.rows
              .filter((row) => row.group === group)
              .map((row) => (
                <ParameterEntry key={`${sheet.service}/${sheet.model} ${row.name}`} row={row} serviceLabel={sheet.serviceLabel} onSet={(value) => set(row.name, value)} onReset={() => post({ type: 'reset-parameter', ...shown, name: row.name })} />
              ))}
          </section>
        ))}
      </div>
    </section>
  );
}

function Introduction({ sheet }: { readonly sheet: Sheet }): VNode {
  const { post } = usePage();
  const { page } = sheet;
  return (
    <div class="sheet-introduction">
      <p class="faint">{t('They hold for this model from the next question on, in every window.')}</p>
      <div class="sheet-links">
        {page !== undefined && (
          <button type="button" class="link" title={page} onClick={() => post({ type: 'open-link', href: page })}>
            {t('Reference page of {0}', sheet.serviceLabel)}
          </button>
        )}
        {sheet.rows.some(({ origin }) => origin === 'person') && (
          <button type="button" class="link" onClick={() => post({ type: 'reset-parameters', service: sheet.service, model: sheet.model })}>
            {t('Reset all')}
          </button>
        )}
      </div>
    </div>
  );
}

function NoRows({ sheet }: { readonly sheet: Sheet }): VNode {
  const { post } = usePage();
  return (
    <div class="sheet-introduction">
      <div class="card-head">
        <Icon name="info" />
        <p>{t('Nothing is known of the parameters of {0}. Set them in the setting rivulet.parameters under "{1}".', sheet.serviceLabel, `${sheet.service}/${sheet.model}`)}</p>
      </div>
      <div class="actions">
        <Button appearance="secondary" onClick={() => post({ type: 'act', action: 'open-settings', turnId: '' })}>
          {t('Open settings')}
        </Button>
      </div>
    </div>
  );
}

function groupsOf({ rows }: Sheet): readonly ParameterGroup[] {
  return [...new Set(rows.map(({ group }) => group))];
}

function groupLabel(group: ParameterGroup): string {
  switch (group) {
    case 'thinking':
      return t('Thinking');
    case 'sampling':
      return t('Sampling');
    case 'output':
      return t('Output');
    case 'tools':
      return t('Tools');
    case 'other':
      return t('Other');
  }
}

/** Gives the focus back, when the sheet closes, to what had it when the sheet was opened; in another chat to the composer. */
export function useFocusReturn(isOpen: boolean, chatId: string | undefined): void {
  const wasOpen = useRef(false);
  const opener = useRef<{ readonly element: Element | null; readonly chatId: string | undefined }>(undefined);
  // While drawing, for what lies beneath the sheet loses the focus with it.
  if (isOpen && !wasOpen.current) opener.current = { element: document.activeElement, chatId };
  useLayoutEffect(() => {
    if (wasOpen.current && !isOpen) {
      const before = opener.current;
      const element = before?.element;
      if (before?.chatId !== chatId) focusComposer();
      else if (element instanceof HTMLElement && element !== document.body && element.isConnected) element.focus();
      else document.querySelector<HTMLElement>('.settings-button')?.focus();
    }
    wasOpen.current = isOpen;
  }, [isOpen]);
}
