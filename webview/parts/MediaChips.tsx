import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { MediaView } from '../../src/protocol/viewState.ts';
import { t, tr } from '../strings.ts';
import { sizeInWords } from '../text/sizes.ts';
import { Icon } from './Icon.tsx';
import { useRemovals } from './useRemovals.ts';

/** Properties of {@link MediaChips}. */
export interface MediaChipsProperties {
  readonly media: readonly MediaView[];
  /** Without it they only show what went along. */
  readonly onRemove?: ((id: string) => void) | undefined;
  /** Takes the focus when the last one has been removed. */
  readonly onEmptied?: (() => void) | undefined;
}

/** Pictures and videos by name, with their sizes, and why the chosen model will not be sent one. */
export function MediaChips({ media, onRemove, onEmptied }: MediaChipsProperties): VNode | null {
  const list = useRef<HTMLUListElement>(null);
  const onRemoving = useRemovals(list, { selector: '.media-remove', count: media.length, onEmptied });
  if (media.length === 0) return null;
  return (
    <ul class="media-chips" aria-label={t('Pictures and videos')} ref={list}>
      {media.map((view, index) => (
        <li key={view.id} class={`media-chip ${view.problem === undefined ? '' : 'refused'}`}>
          <Icon name={view.kind === 'image' ? 'picture' : 'film'} />
          <span class="media-words">
            <span class="media-name" title={view.label}>
              <bdi>{view.label}</bdi>
            </span>
            {view.bytes > 0 && <span class="media-size">{sizeInWords(view.bytes)}</span>}
            {view.problem !== undefined && (
              <span class="media-problem">
                <Icon name="warning" />
                <span>{tr(view.problem)}</span>
              </span>
            )}
          </span>
          {onRemove !== undefined && (
            <button
              type="button"
              class="media-remove"
              aria-label={t('Remove {0}', view.label)}
              title={t('Remove {0}', view.label)}
              onClick={() => {
                onRemoving(index);
                onRemove(view.id);
              }}
            >
              <Icon name="close" />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
