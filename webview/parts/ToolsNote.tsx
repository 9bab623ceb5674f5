import type { VNode } from 'preact';
import type { ModelView } from '../../src/protocol/viewState.ts';
import { t } from '../strings.ts';

/** Why the model cannot read files here, where it cannot. */
export function ToolsNote({ tools }: { readonly tools: ModelView['tools'] }): VNode | null {
  switch (tools) {
    case 'on':
      return null;
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
