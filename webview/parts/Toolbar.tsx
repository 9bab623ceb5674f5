import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { IconName } from '../drawing/icons.ts';
import { Icon } from './Icon.tsx';

/** Properties of a {@link Toolbar}. */
export interface ToolbarProperties {
  readonly label: string;
  readonly class?: string | undefined;
  readonly children: ComponentChildren;
}

/** Buttons that are one stop of the Tab key; the arrow keys, Home and End go from one to the next. */
export function Toolbar({ label, class: className = '', children }: ToolbarProperties): VNode {
  const bar = useRef<HTMLDivElement>(null);
  const current = useRef<HTMLElement>(undefined);

  const all = (): readonly HTMLElement[] => [...(bar.current?.querySelectorAll<HTMLElement>('button') ?? [])];
  const choose = (button: HTMLElement | undefined): void => {
    current.current = button;
    for (const each of all()) each.tabIndex = each === button ? 0 : -1;
  };
  // By hand, for the buttons come and go, and which of them is reached by Tab is nothing to draw anew for.
  useLayoutEffect(() => {
    const buttons = all();
    choose(buttons.find((button) => button === current.current) ?? buttons[0]);
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // Some are out of sight for a while.
    const buttons = all().filter((button) => button.offsetParent !== null);
    const next = stepTo(event.key, buttons.findIndex((button) => button === document.activeElement), buttons.length);
    if (next === undefined) return;
    event.preventDefault();
    buttons[next]?.focus();
  };

  return (
    <div class={`toolbar ${className}`} role="toolbar" aria-label={label} ref={bar} onKeyDown={onKeyDown} onFocusIn={({ target }) => target instanceof HTMLElement && choose(target)}>
      {children}
    </div>
  );
}

function stepTo(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (index + 1) % count;
    case 'ArrowLeft':
      return (index + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

/** Properties of a {@link Tool}. */
export interface ToolProperties {
  readonly icon: IconName;
  readonly label: string;
  /** One of the label's words, which stands beside the picture where there is room. */
  readonly words?: string | undefined;
  readonly onPress: () => void;
  /** What the button is for, for whoever looks for it in the page. */
  readonly does: string;
  readonly isOff?: boolean | undefined;
  readonly isPressed?: boolean | undefined;
  readonly class?: string | undefined;
  /** Whether pressing it again at once means just that. */
  readonly isRepeatable?: boolean | undefined;
  /** Keys that do the same, as `aria-keyshortcuts` has them. */
  readonly keys?: string | undefined;
}

/** A button with a picture. It leaves the selection of the text alone, which may be what it is for. */
export function Tool({ icon, label, words, onPress, does, isOff, isPressed, class: className = '', isRepeatable = false, keys }: ToolProperties): VNode {
  return (
    <button
      type="button"
      class={`icon-button ${className}`}
      aria-label={label}
      title={label}
      aria-disabled={isOff === true ? true : undefined}
      aria-pressed={isPressed}
      aria-keyshortcuts={keys}
      data-does={does}
      onMouseDown={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        // A key that is held down would go on to press whatever gets the focus next.
        if (!isRepeatable && event.repeat && (event.key === 'Enter' || event.key === ' ')) event.preventDefault();
      }}
      onClick={(event) => {
        // The second click of a double click would press what has just taken the place of the first.
        if (isOff !== true && (isRepeatable || event.detail < 2)) onPress();
      }}
    >
      <Icon name={icon} />
      {words !== undefined && <span class="tool-word">{words}</span>}
    </button>
  );
}
