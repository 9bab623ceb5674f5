import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ToolGroup, ToolPicker } from '../../src/protocol/toolsView.ts';
import { usePage } from '../page.ts';
import { t, tr } from '../strings.ts';
import { foundTools, pickerInWords } from '../text/toolText.ts';
import { Button } from '../toolkit.ts';
import { Icon } from './Icon.tsx';
import { ToolGroupRows } from './ToolGroupRows.tsx';
import { isSpent } from './searchSheetKeys.ts';

/** The tools that the chat can have, laid over it: to be searched, and switched on and off. */
export function ToolSheet({ picker }: { readonly picker: ToolPicker }): VNode {
  const { post, announce } = usePage();
  const frame = useRef<HTMLElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const wanted = query.trim();
  const { groups, refusal } = picker;
  const shown = foundTools(groups, wanted);
  const count = shown.reduce((sum, { tools }) => sum + tools.length, 0);
  const close = (): void => post({ type: 'close-tools' });

  useLayoutEffect(() => field.current?.focus(), []);
  useKeptBox(frame, field);
  const words = wanted === '' ? undefined : countInWords(count);
  useEffect(() => {
    if (words !== undefined) announce(words);
  }, [words, announce]);
  useEffect(() => {
    if (refusal !== undefined) announce(tr(refusal));
  }, [refusal, announce]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (isSpent(event, { wanted, field, setQuery, close })) return;
    const target = boxFor(event, boxesIn(frame.current), field.current);
    if (target === undefined) return;
    event.preventDefault();
    target.focus();
  };

  return (
    <section class="sheet tool-sheet" role="dialog" aria-modal="true" aria-label={t('Tools of this chat')} ref={frame} onKeyDown={onKeyDown}>
      <header class="sheet-head">
        <div class="sheet-title">
          <h2>{t('Tools of this chat')}</h2>
          <p class="faint tool-count">{pickerInWords(picker)}</p>
        </div>
        <Button appearance="secondary" class="sheet-close" onClick={close}>
          {t('Close')}
        </Button>
      </header>
      <div class="chats-search">
        <input ref={field} class="find-field" type="search" placeholder={t('Search tools')} aria-label={t('Search tools')} aria-describedby="tool-keys" spellcheck={false} onInput={() => setQuery(field.current?.value ?? '')} />
        {words !== undefined && <p class="faint">{words}</p>}
        <AccessNote access={picker.access} />
        {refusal !== undefined && (
          <p class="remark error">
            <Icon name="warning" />
            <span>{tr(refusal)}</span>
          </p>
        )}
      </div>
      <div class="sheet-body tool-body">
        {shown.map((group) => (
          <ToolGroupRows key={group.id} group={group} onChoose={(ids, isOn) => post({ type: 'choose-tools', ids: [...ids], isOn })} />
        ))}
        {wanted === '' && <ForeignNote groups={groups} />}
      </div>
      <p class="chats-keys" id="tool-keys">
        {t('Arrow keys choose, Space switches, Escape closes.')}
      </p>
    </section>
  );
}

function ForeignNote({ groups }: { readonly groups: readonly ToolGroup[] }): VNode {
  const hasForeign = groups.some(({ isForeign }) => isForeign);
  return (
    <p class="faint tool-note">
      {hasForeign
        ? t('Tools of other extensions and MCP servers are off in a new chat. The model sees what they say of themselves, and each call asks you first.')
        : t('No other extension and no MCP server offers tools in this window. What you install or start shows here.')}
    </p>
  );
}

function AccessNote({ access }: Pick<ToolPicker, 'access'>): VNode | null {
  const words = accessInWords(access);
  return words === undefined ? null : (
    <p class="remark info">
      <Icon name="info" />
      <span>{words}</span>
    </p>
  );
}

function accessInWords(access: ToolPicker['access']): string | undefined {
  switch (access) {
    case 'on':
      return undefined;
    case 'no-folder':
      return t('No folder is open: only tools of others go to the model.');
    case 'untrusted':
      return t('Restricted Mode: no tool goes to the model until you trust this workspace.');
    case 'model':
      return t('This model takes no tools.');
  }
}

function countInWords(count: number): string {
  if (count === 0) return t('No tool has these words.');
  return count === 1 ? t('1 tool') : t('{0} tools', count);
}

function boxesIn(frame: HTMLElement | null): readonly HTMLInputElement[] {
  return [...(frame?.querySelectorAll<HTMLInputElement>('.tool-box:enabled') ?? [])];
}

/** Where an arrow key leads: from the field down into the boxes, from the first of them up into the field again. */
function boxFor({ key, target, altKey, ctrlKey, metaKey }: KeyboardEvent, boxes: readonly HTMLInputElement[], field: HTMLElement | null): HTMLElement | undefined {
  if (altKey || ctrlKey || metaKey) return undefined;
  if (target === field) return key === 'ArrowDown' || key === 'Enter' ? boxes[0] : undefined;
  const index = boxes.findIndex((box) => box === target);
  if (index === -1) return undefined;
  if (key === 'ArrowDown') return boxes[index + 1];
  if (key === 'ArrowUp') return boxes[index - 1] ?? field ?? undefined;
  if (key === 'Home') return boxes[0];
  return key === 'End' ? boxes.at(-1) : undefined;
}

/** All boxes are one stop of the Tab key: that which had the focus last. When it goes, the field takes the focus. */
function useKeptBox(frame: { readonly current: HTMLElement | null }, field: { readonly current: HTMLElement | null }): void {
  const held = useRef<HTMLInputElement>(undefined);
  useLayoutEffect(() => {
    const boxes = boxesIn(frame.current);
    const isLost = held.current?.isConnected === false && document.activeElement === document.body;
    if (isLost) field.current?.focus();
    const stop = boxes.find((box) => box === held.current) ?? boxes[0];
    for (const box of boxes) box.tabIndex = box === stop ? 0 : -1;
  });
  useEffect(() => {
    const note = ({ target }: FocusEvent): void => {
      if (!(target instanceof HTMLInputElement) || !target.classList.contains('tool-box')) return;
      held.current = target;
      for (const box of boxesIn(frame.current)) box.tabIndex = box === target ? 0 : -1;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [frame]);
}
