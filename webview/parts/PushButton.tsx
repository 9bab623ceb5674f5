import type { ComponentChildren, VNode } from 'preact';

/** Properties of a {@link PushButton}. */
export interface PushButtonProperties {
  readonly look: 'primary' | 'secondary' | 'quiet';
  readonly onPress: () => void;
  readonly children: ComponentChildren;
  /** Its accessible name, where what it reads does not say enough. */
  readonly label?: string | undefined;
  readonly title?: string | undefined;
  readonly isOff?: boolean | undefined;
  /** What the button is for, for whoever looks for it in the page. */
  readonly does?: string | undefined;
}

/**
 * A button of the browser's own: a review may have hundreds, where the toolkit's are too dear. One that is off keeps the
 * focus, so that the keyboard stays where it was.
 */
export function PushButton({ look, onPress, children, label, title, isOff, does }: PushButtonProperties): VNode {
  return (
    <button
      type="button"
      class={`push ${look}`}
      aria-label={label}
      title={title}
      aria-disabled={isOff === true ? true : undefined}
      data-does={does}
      onKeyDown={(event) => {
        // A key that is held down would go on to press whatever gets the focus next.
        if (event.repeat && (event.key === 'Enter' || event.key === ' ')) event.preventDefault();
      }}
      onClick={(event) => {
        // The second click of a double click would decide what has just taken the place of the first.
        if (isOff !== true && event.detail < 2) onPress();
      }}
    >
      {children}
    </button>
  );
}
