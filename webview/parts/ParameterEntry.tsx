import type { ComponentChildren, VNode } from 'preact';
import type { ParameterRow } from '../../src/protocol/parameterSheet.ts';
import { usePage } from '../page.ts';
import { t, tr } from '../strings.ts';
import { nameInWords } from '../text/parameterText.ts';
import { Icon } from './Icon.tsx';
import { ParameterField } from './ParameterField.tsx';

/** Properties of a {@link ParameterEntry}. */
export interface ParameterEntryProperties {
  readonly row: ParameterRow;
  readonly serviceLabel: string;
  /** Is told the value as a JSON text. */
  readonly onSet: (value: string) => void;
  readonly onReset: () => void;
}

/** One parameter: its name, what it does, its value, and what stands in the way of it. */
export function ParameterEntry({ row, serviceLabel, onSet, onReset }: ParameterEntryProperties): VNode {
  const { post } = usePage();
  const { name, label, disabled, problem, note } = row;
  const spoken = nameInWords(row);
  const isChanged = row.origin === 'person';
  const origin = originInWords(row, serviceLabel);
  return (
    <div class={`parameter ${isChanged ? 'changed' : ''} ${disabled === undefined ? '' : 'off'}`} role="group" aria-label={spoken} data-parameter={name}>
      <div class="parameter-words">
        <div class="parameter-head">
          <span class="parameter-title">
            {label !== undefined && <span class="parameter-label">{tr(label)}</span>} <code class="parameter-name">{breakable(name)}</code>
          </span>
          {isChanged && (
            <button type="button" class="icon-button" aria-label={t('Reset {0}', spoken)} title={t('Reset {0}', spoken)} onClick={onReset}>
              <Icon name="reset" />
            </button>
          )}
        </div>
        <p class="parameter-documentation">{tr(row.documentation)}</p>
      </div>
      <div class="parameter-value">
        <ParameterField row={row} onSet={onSet} />
        {problem !== undefined && <Remark kind="error" text={tr(problem)} />}
        {disabled !== undefined && <Remark kind="info" text={tr(disabled)} />}
        {note !== undefined && <Remark kind="info" text={tr(note)} />}
        {disabled === undefined && <p class="parameter-meta">{[row.range, hintOf(row), origin].filter((part) => part !== '').join(' · ')}</p>}
        {row.origin === 'person-for-service' && (
          <p class="parameter-meta">
            <button type="button" class="link" onClick={() => post({ type: 'act', action: 'open-settings', turnId: '' })}>
              {t('Open settings')}
            </button>
          </p>
        )}
      </div>
    </div>
  );
}

/** The name with places to break it at, for it may be longer than a line. */
function breakable(name: string): readonly ComponentChildren[] {
  return name.split(/(?<=[._])/).flatMap((part, index) => (index === 0 ? [part] : [<wbr key={index} />, part]));
}

function Remark({ kind, text }: { readonly kind: 'error' | 'info'; readonly text: string }): VNode {
  return (
    <p class={`remark ${kind}`}>
      <Icon name={kind} />
      <span>{text}</span>
    </p>
  );
}

function hintOf({ control }: ParameterRow): string {
  if (control === 'lines') return t('One a line; \\n stands for a line break');
  return control === 'json' ? 'JSON' : '';
}

function originInWords({ origin, value }: ParameterRow, serviceLabel: string): string {
  if (value === undefined) return '';
  switch (origin) {
    case 'rivulet':
      return t('Sent by Rivulet');
    case 'person-for-service':
      return t('Set for all models of {0}', serviceLabel);
    case 'person':
    case 'service':
      return '';
  }
}
