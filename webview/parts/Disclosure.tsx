import type { ComponentChildren, VNode } from 'preact';
import { useId, useLayoutEffect, useState } from 'preact/hooks';
import { usePage } from '../page.ts';
import { Icon } from './Icon.tsx';

/** Properties of a {@link Disclosure}. */
export interface DisclosureProperties {
  /** Under this name the page remembers that the person opened or closed it. */
  readonly id: string;
  readonly title: ComponentChildren;
  readonly class: string;
  /** Whether it is open as long as the person has not touched it. */
  readonly isOpenAtFirst?: boolean;
  /** What stands between title and contents, and is there whether it is open or not. */
  readonly always?: ComponentChildren;
  readonly children: () => ComponentChildren;
}

/** A section that the person can open and close; what is in it is made only while it is open. */
export function Disclosure(properties: DisclosureProperties): VNode {
  const { memory, unfold } = usePage();
  const bodyId = useId();
  const [chosen, setChosen] = useState(() => memory.opened(properties.id));
  const isOpen = chosen ?? properties.isOpenAtFirst ?? false;
  // Opened only for now: what the person chose is remembered as it was.
  useLayoutEffect(() => unfold.on((id) => id === properties.id && setChosen(true)), [unfold, properties.id]);
  const toggle = (): void => {
    memory.keepOpened(properties.id, !isOpen);
    setChosen(!isOpen);
  };
  return (
    <div class={`disclosure ${properties.class} ${isOpen ? 'open' : ''}`}>
      <button
        type="button"
        class="disclosure-title"
        aria-expanded={isOpen}
        aria-controls={isOpen ? bodyId : undefined}
        onClick={toggle}
      >
        <Icon name="chevronRight" />
        <span class="disclosure-words">{properties.title}</span>
      </button>
      {properties.always}
      {isOpen && (
        <div class="disclosure-body" id={bodyId}>
          {properties.children()}
        </div>
      )}
    </div>
  );
}
