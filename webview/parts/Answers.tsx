import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { AlternativeItem, Item } from '../../src/protocol/viewState.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import { Disclosure } from './Disclosure.tsx';
import { MarkdownText } from './MarkdownText.tsx';
import { PushButton } from './PushButton.tsx';

/** Narrower than this, in CSS pixels, answers do not stand side by side. */
const narrowest = 520;

/** The items of a turn: where other answers came, what belongs to the first answer apart from the rest. */
export function splitAnswers(items: readonly Item[]): {
  readonly before: readonly Item[];
  readonly first: readonly Item[];
  readonly alternatives: readonly AlternativeItem[];
  readonly after: readonly Item[];
} {
  const at = items.findIndex(({ kind }) => kind === 'alternative');
  if (at === -1) return { before: items, first: [], alternatives: [], after: [] };
  let from = at;
  while (from > 0 && isText(items[from - 1])) from -= 1;
  const rest = items.slice(at);
  return {
    before: items.slice(0, from),
    first: items.slice(from, at),
    alternatives: rest.filter((item) => item.kind === 'alternative'),
    after: rest.filter((item) => item.kind !== 'alternative'),
  };
}

function isText(item: Item | undefined): boolean {
  return item?.kind === 'text' || item?.kind === 'reasoning';
}

/** Properties of {@link Answers}. */
export interface AnswersProperties {
  readonly turnId: string;
  readonly first: ComponentChildren;
  readonly alternatives: readonly AlternativeItem[];
  /** Whether another one can be taken for the answer: of the last turn only. */
  readonly canChoose: boolean;
}

/** Several answers to one question: side by side where there is room, and one at a time behind tabs where there is not. */
export function Answers({ turnId, first, alternatives, canChoose }: AnswersProperties): VNode {
  const { unfold } = usePage();
  const frame = useRef<HTMLDivElement>(null);
  const base = useId();
  const [isWide, setWide] = useState(false);
  const [shown, setShown] = useState(0);
  const count = alternatives.length + 1;

  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const measure = (): void => setWide(element.clientWidth >= narrowest);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => unfold.on((id) => {
    const index = alternatives.findIndex((item) => id === item.id || id === reasoningId(item));
    if (index !== -1) setShown(index + 1);
    else if (id === `${turnId}/first`) setShown(0);
  }), [unfold, alternatives, turnId]);

  const panels = [first, ...alternatives.map((item) => <Alternative key={item.id} item={item} turnId={turnId} canChoose={canChoose} />)];
  const name = (index: number): string => t('Answer {0}', alternatives[index - 1]?.number ?? 1);
  return (
    <div class={`answers ${isWide ? 'wide' : 'narrow'}`} ref={frame}>
      {!isWide && <Tabs base={base} count={count} shown={shown} name={name} onShow={setShown} />}
      <div class="answer-panels">
        {panels.map((panel, index) => (
          <section
            key={index}
            id={`${base}p${index}`}
            class="answer-panel"
            role={isWide ? 'group' : 'tabpanel'}
            aria-label={isWide ? name(index) : undefined}
            aria-labelledby={isWide ? undefined : `${base}t${index}`}
            hidden={!isWide && index !== shown}
          >
            {isWide && <p class="answer-name" aria-hidden="true">{name(index)}</p>}
            {panel}
          </section>
        ))}
      </div>
    </div>
  );
}

interface TabsProperties {
  readonly base: string;
  readonly count: number;
  readonly shown: number;
  readonly name: (index: number) => string;
  readonly onShow: (index: number) => void;
}

function Tabs({ base, count, shown, name, onShow }: TabsProperties): VNode {
  const list = useRef<HTMLDivElement>(null);
  const go = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = (shown + step + count) % count;
    onShow(next);
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus();
  };
  return (
    <div class="answer-tabs" role="tablist" aria-label={t('Answers')} ref={list} onKeyDown={go}>
      {Array.from({ length: count }, (_, index) => (
        <button
          key={index}
          type="button"
          role="tab"
          id={`${base}t${index}`}
          class="answer-tab"
          aria-selected={index === shown}
          aria-controls={`${base}p${index}`}
          tabIndex={index === shown ? 0 : -1}
          onClick={() => onShow(index)}
        >
          {name(index)}
        </button>
      ))}
    </div>
  );
}

function reasoningId({ id }: AlternativeItem): string {
  return `${id}/reasoning`;
}

function Alternative({ item, turnId, canChoose }: { readonly item: AlternativeItem; readonly turnId: string; readonly canChoose: boolean }): VNode {
  const { post } = usePage();
  const { id, reasoning, text } = item;
  return (
    <>
      {reasoning !== '' && (
        <Disclosure id={reasoningId(item)} class="reasoning" title={t('Thought')}>
          {() => <MarkdownText item={{ kind: 'text', id: reasoningId(item), text: reasoning }} class="reasoning-text" />}
        </Disclosure>
      )}
      <MarkdownText item={{ kind: 'text', id, text }} class="answer" />
      {canChoose && (
        <PushButton look="secondary" does="choose" label={t('Go on with answer {0}', item.number)} onPress={() => post({ type: 'choose-alternative', turnId, itemId: id })}>
          {t('Go on with this one')}
        </PushButton>
      )}
    </>
  );
}
