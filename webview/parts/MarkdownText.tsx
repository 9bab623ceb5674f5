import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ReasoningItem, TextItem } from '../../src/protocol/viewState.ts';
import type { Handlers } from '../drawing/handlers.ts';
import { createMarkdownView, type MarkdownView } from '../drawing/markdownView.ts';
import { usePage } from '../page.ts';

/** Properties of a {@link MarkdownText}. */
export interface MarkdownTextProperties {
  readonly item: ReasoningItem | TextItem;
  readonly class: string;
  /** Told of text that was added while it is on the page. */
  readonly onGrowth?: (text: string) => void;
  /** The turn whose code may be applied to files; left out where it may not. */
  readonly turnId?: string;
}

/** Where the page remembers that long lines of code are wrapped. */
const wrapsCode = 'wraps-code';

/** An item's text as Markdown. It draws itself: new text comes past the component tree, straight from the connection. */
export function MarkdownText({ item, class: className, onGrowth, turnId }: MarkdownTextProperties): VNode {
  const { connection, memory, post, scrolling } = usePage();
  const element = useRef<HTMLDivElement>(null);
  const view = useRef<MarkdownView>(undefined);
  const told = useRef(onGrowth);
  told.current = onGrowth;

  useLayoutEffect(() => {
    if (element.current === null) return undefined;
    element.current.replaceChildren();
    const handlers: Handlers = {
      copy: (text) => post({ type: 'copy', text }),
      insert: (text) => post({ type: 'insert', text }),
      openLink: (href) => post({ type: 'open-link', href }),
      wraps: () => memory.opened(wrapsCode) === true,
      keepWraps: (wraps) => memory.keepOpened(wrapsCode, wraps),
      ...(turnId !== undefined && { apply: ({ hint, ...code }) => post({ type: 'apply-code', turnId, ...code, language: code.language.slice(0, 100), ...(hint !== undefined && { hint }) }) }),
    };
    const made = createMarkdownView(element.current, handlers, scrolling.follow);
    view.current = made;
    // Not what the component tree was last drawn with: it is not drawn again for text that is told to a view.
    made.append(connection.textOf(item.id) ?? item.text);
    const stop = connection.onGrowth(item.id, ({ from, text }) => {
      if (from !== made.length()) return made.replace(connection.textOf(item.id) ?? text);
      made.append(text);
      told.current?.(text);
    });
    return () => {
      stop();
      made.close();
    };
  }, [connection, memory, post, scrolling, item.id, turnId]);

  // A snapshot may bring more text than came piece by piece. What did come is never newer than a drawing of the tree.
  useLayoutEffect(() => {
    const made = view.current;
    if (made !== undefined && made.length() !== item.text.length) made.replace(item.text);
  }, [item]);

  return <div class={`markdown ${className}`} data-text={item.id} ref={element} dir="auto" />;
}
