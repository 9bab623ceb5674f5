import type { VNode } from 'preact';
import { visibleRuns } from '../text/hiddenCharacters.ts';
import { t } from '../strings.ts';

/** Longer texts are shown up to here, in UTF-16 units: a card is for looking at, not for reading megabytes. */
const longestShown = 50_000;

/** A text as it is, line by line, with its hidden characters written out. */
export function VisibleText({ text, label }: { readonly text: string; readonly label?: string }): VNode {
  const shown = text.length > longestShown ? text.slice(0, longestShown) : text;
  return (
    <pre class="visible-text" tabIndex={0} role="group" aria-label={label ?? t('Text')}>
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
