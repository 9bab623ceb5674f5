import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Attention, ContextView } from '../../src/protocol/contextView.ts';
import { usePage } from '../page.ts';
import { t, tr } from '../strings.ts';
import { contextIcon, shortNumber, tokensInWords } from '../text/contextText.ts';
import { Icon } from './Icon.tsx';
import { useRemovals } from './useRemovals.ts';

/** Properties of {@link ContextChips}. */
export interface ContextChipsProperties {
  readonly context: readonly ContextView[];
  readonly attention: Attention;
  /** Takes the focus when the last one has been removed. */
  readonly onEmptied: () => void;
}

/** What goes with the next question, with its price, and what the person is looking at, which goes only when they take it. */
export function ContextChips({ context, attention, onEmptied }: ContextChipsProperties): VNode | null {
  const { post, announce } = usePage();
  const list = useRef<HTMLUListElement>(null);
  const onRemoving = useRemovals(list, { selector: '.context-show', count: context.length, onEmptied });
  const present = useRef(context);
  useLayoutEffect(() => {
    const news = context.filter(({ id }) => !present.current.some((before) => before.id === id));
    if (news.length > 0) list.current?.querySelectorAll('.context-show')[context.length - 1]?.scrollIntoView({ block: 'nearest' });
    for (const view of news) {
      announce(view.problem === undefined ? t('{0} is attached.', view.label) : `${view.label}: ${tr(view.problem)}`);
    }
    present.current = context;
  }, [context, announce]);

  const offers = [attention.file, attention.selection].filter((offer) => offer !== undefined).filter(({ id, label }) => !context.some((view) => view.id === id || view.label === label));
  if (context.length === 0 && offers.length === 0) return null;
  return (
    <ul class="context-chips" aria-label={t('Context')} ref={list}>
      {context.map((view, index) => (
        <ContextChip
          key={view.id}
          view={view}
          onRemove={() => {
            onRemoving(index);
            post({ type: 'remove-context', id: view.id });
          }}
        />
      ))}
      {offers.map(({ id, label }) => (
        <li key={`offer ${id}`} class="context-chip offered">
          <button
            type="button"
            class="context-offer"
            aria-label={t('Attach {0}', label)}
            title={t('{0} is not sent unless you attach it.', label)}
            onClick={() => {
              // It goes from here to where it is removed from, and the next thing to do is to write.
              onEmptied();
              post({ type: 'take-suggestion', id });
            }}
          >
            <Icon name="plus" />
            <bdi>{label}</bdi>
          </button>
        </li>
      ))}
    </ul>
  );
}

function ContextChip({ view: { id, kind, label, tokens, problem }, onRemove }: { readonly view: ContextView; readonly onRemove: () => void }): VNode {
  const { post } = usePage();
  return (
    <li
      class={`context-chip ${problem === undefined ? '' : 'refused'}`}
      onKeyDown={(event) => {
        if ((event.key !== 'Delete' && event.key !== 'Backspace') || event.repeat) return;
        event.preventDefault();
        onRemove();
      }}
    >
      <button type="button" class="context-show" title={t('Show {0}', label)} onClick={() => post({ type: 'show-context', id })}>
        <Icon name={contextIcon(kind)} />
        <bdi class="context-label">{label}</bdi>
        {(problem === undefined || (tokens ?? 0) > 0) && <Tokens tokens={tokens} />}
      </button>
      <button type="button" class="media-remove" aria-label={t('Remove {0}', label)} title={t('Remove {0}', label)} onClick={onRemove}>
        <Icon name="close" />
      </button>
      {problem !== undefined && (
        <span class="context-problem">
          <Icon name="warning" />
          <span>{tr(problem)}</span>
        </span>
      )}
    </li>
  );
}

/** In a narrow page the number stands without its word, and the name has the room. */
function Tokens({ tokens }: { readonly tokens: number | undefined }): VNode {
  if (tokens === undefined) return <span class="context-tokens">…</span>;
  return (
    <span class="context-tokens" title={tokensInWords(tokens)}>
      <span class="in-words">{tokensInWords(tokens)}</span>
      <span class="in-short" aria-hidden="true">
        {shortNumber(tokens)}
      </span>
    </span>
  );
}
