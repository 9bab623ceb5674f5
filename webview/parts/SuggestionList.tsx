import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Suggestion } from '../../src/protocol/contextView.ts';
import { t, tr } from '../strings.ts';
import { contextIcon } from '../text/contextText.ts';
import { Icon } from './Icon.tsx';
import type { Suggesting } from './useSuggestions.ts';

/** Properties of a {@link SuggestionList}. */
export interface SuggestionListProperties {
  readonly shown: NonNullable<Suggesting['shown']>;
  readonly onTake: (item: Suggestion) => void;
}

/** The list above the composer. The focus stays in the composer, which has the keys. */
export function SuggestionList({ shown: { kind, items, isSearching, activeId }, onTake }: SuggestionListProperties): VNode {
  const list = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }), [activeId]);
  return (
    // A press here would take the focus from the composer, and with it the list away before the click.
    <div class="suggestions" onMouseDown={(event) => event.preventDefault()}>
      {items.length > 0 && (
        <ul class="suggestion-list" role="listbox" ref={list} aria-label={kind === 'mention' ? t('Context') : t('Commands')}>
          {items.map((item) => (
            <li key={item.id} class="suggestion" role="option" aria-selected={item.id === activeId} onClick={() => onTake(item)}>
              <Icon name={contextIcon(item.kind)} />
              <bdi class="suggestion-label">{kind === 'command' ? `/${item.label}` : item.label}</bdi>
              {item.detail !== undefined && (
                <span class="suggestion-detail" title={tr(item.detail)}>
                  <bdi>{tr(item.detail)}</bdi>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {isSearching ? <p class="suggestions-note">{t('Searching…')}</p> : items.length === 0 && <p class="suggestions-note">{t('Nothing found.')}</p>}
    </div>
  );
}
