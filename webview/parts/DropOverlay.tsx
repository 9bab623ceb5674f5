import type { VNode } from 'preact';
import { t } from '../strings.ts';
import { Icon } from './Icon.tsx';

/** Lies over the page while something is dragged over it, and says what becomes of it. */
export function DropOverlay({ dragged }: { readonly dragged: 'files' | 'places' }): VNode {
  return (
    <div class="drop-overlay">
      <div class="drop-card">
        <Icon name="attach" />
        <p class="drop-title">{t('Drop to attach')}</p>
        <p class="drop-hint">{dragged === 'places' ? t('Hold Shift until you let go.') : t('Pictures, videos and text files. From the explorer of VS Code: hold Shift while you drag.')}</p>
      </div>
    </div>
  );
}
