import type { VNode } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { ToolEntry, ToolGroup } from '../../src/protocol/toolsView.ts';
import { t, tr } from '../strings.ts';
import { visibleText } from '../text/hiddenCharacters.ts';

/** Properties of {@link ToolGroupRows}. */
export interface ToolGroupProperties {
  readonly group: ToolGroup;
  readonly onChoose: (ids: readonly string[], isOn: boolean) => void;
}

/** Tools that belong together, with a box for all of them. */
export function ToolGroupRows({ group: { label, tools }, onChoose }: ToolGroupProperties): VNode {
  const all = useRef<HTMLInputElement>(null);
  const words = visibleText(tr(label));
  const there = tools.filter(({ state }) => state !== 'not-here');
  const on = there.filter(({ isOn }) => isOn).length;
  // No attribute says so, and a press takes it away.
  useLayoutEffect(() => {
    if (all.current === null) return;
    all.current.indeterminate = on > 0 && on < there.length;
    all.current.checked = on > 0 && on === there.length;
  });
  return (
    <section class="sheet-group tool-group" aria-label={words}>
      <h3>
        <label class="tool-all">
          <input ref={all} class="tool-box" type="checkbox" disabled={there.length === 0} aria-label={t('All of {0}', words)} onChange={() => onChoose(there.map(({ id }) => id), on < there.length)} />
          <span class="tool-group-words">{words}</span>
          <span class="faint tool-group-count">{t('{0} of {1}', on, tools.length)}</span>
        </label>
      </h3>
      <ul class="tool-list">
        {tools.map((tool) => (
          <ToolRow key={tool.id} tool={tool} onSwitch={(isOn) => onChoose([tool.id], isOn)} />
        ))}
      </ul>
    </section>
  );
}

function ToolRow({ tool, onSwitch }: { readonly tool: ToolEntry; readonly onSwitch: (isOn: boolean) => void }): VNode {
  const id = useId();
  const { name, description, isOn, state } = tool;
  const box = useRef<HTMLInputElement>(null);
  // The host says what is on: it may have refused what was pressed.
  useLayoutEffect(() => {
    if (box.current !== null) box.current.checked = isOn && state !== 'not-here';
  });
  const words = [typeof description === 'string' ? visibleText(description) : tr(description), stateInWords(state)].filter((part) => part !== '').join(' ');
  return (
    <li class={`tool-row ${state}`}>
      <label>
        <input ref={box} class="tool-box" type="checkbox" disabled={state === 'not-here'} aria-labelledby={`${id}-name`} aria-describedby={`${id}-words`} onChange={() => onSwitch(!isOn)} />
        <span class="tool-words">
          <span class="tool-name" id={`${id}-name`}>
            {visibleText(name)}
          </span>
          <span class="tool-description" id={`${id}-words`} title={words}>
            {words}
          </span>
        </span>
      </label>
    </li>
  );
}

function stateInWords(state: ToolEntry['state']): string {
  switch (state) {
    case 'ready':
      return '';
    case 'gone':
      return t('Nobody offers it now. It goes along again once it is back.');
    case 'not-here':
      return t('This window does not have what it needs.');
  }
}
