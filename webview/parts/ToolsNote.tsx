import type { VNode } from 'preact';
import type { ModelView } from '../../src/protocol/viewState.ts';
import { t, tr } from '../strings.ts';

/** Why the model cannot read files here, where it cannot, or what else is missing. */
export function ToolsNote({ tools, limits = [] }: Pick<ModelView, 'tools' | 'limits'>): VNode | null {
  switch (tools) {
    case 'on':
      if (limits.length === 0) return null;
      return (
        <span class="hint" title={limits.map(tr).join('\n')}>
          {t('The tools have limits in this window.')}
        </span>
      );
    case 'no-folder':
      return (
        <span class="hint" title={t('Open a folder, and the model can be offered to read its files.')}>
          {t('No folder is open: the model cannot read files.')}
        </span>
      );
    case 'untrusted':
      return (
        <span class="hint" title={t('Trust this workspace, and the model can be offered to read its files.')}>
          {t('Restricted Mode: the model cannot read files.')}
        </span>
      );
  }
}
