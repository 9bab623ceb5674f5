import type { VNode } from 'preact';
import { longestShown } from '../../src/protocol/longestShown.ts';
import { visibleRuns } from '../text/hiddenCharacters.ts';
import { t } from '../strings.ts';

/** A text as it is, line by line, with its hidden characters written out. `found`: by which name words in it are found. */
export function VisibleText({ text, label, found }: { readonly text: string; readonly label?: string; readonly found?: string }): VNode {
  const shown = text.length > longestShown ? text.slice(0, longestShown) : text;
  return (
    <pre class="visible-text" data-text={found} tabIndex={0} role="group" aria-label={label ?? t('Text')}>
      {visibleRuns(shown).map((run, index) =>
        run.kind === 'plain' ? (
          run.text
        ) : (
          <span key={index} class="hidden-character">
            {run.escaped}
          </span>
        ),
      )}
      {shown.length < text.length && <em>{`\n${t('… and {0} more characters', text.length - shown.length)}`}</em>}
    </pre>
  );
}
