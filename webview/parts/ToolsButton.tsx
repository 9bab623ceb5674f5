import type { VNode } from 'preact';
import type { ToolsView } from '../../src/protocol/toolsView.ts';
import { usePage } from '../page.ts';
import { toolsInWords } from '../text/toolText.ts';
import { Button } from '../toolkit.ts';
import { Icon } from './Icon.tsx';

/** Opens the choice of tools, and says how many of others are on. */
export function ToolsButton({ tools }: { readonly tools: ToolsView }): VNode {
  const { post } = usePage();
  const words = toolsInWords(tools);
  return (
    <Button appearance="icon" class="tools-button" label={words} title={words} onClick={() => post({ type: 'open-tools' })}>
      <Icon name="tool" />
      {tools.foreign > 0 && (
        <span class="tools-badge" aria-hidden="true">
          {tools.foreign}
        </span>
      )}
    </Button>
  );
}
