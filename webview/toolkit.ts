import './focusVisibleProbe.ts';
import { provideVSCodeDesignSystem, vsCodeButton, vsCodeTextArea } from '@vscode/webview-ui-toolkit';
import { h, type ComponentChildren, type RefObject, type VNode } from 'preact';

/** Defines the toolkit's elements; to be called once, before anything is drawn. */
export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeTextArea());
}

/** The text area's element: `value` is what is in it, `control` the real `textarea` within. */
export interface TextAreaElement extends HTMLElement {
  value: string;
  readonly control: HTMLTextAreaElement;
}

/** Properties of a {@link Button}; `label` is its accessible name where its content is only a picture. */
export interface ButtonProperties {
  readonly appearance: 'primary' | 'secondary' | 'icon';
  readonly onClick: (event: MouseEvent) => void;
  readonly children: ComponentChildren;
  readonly label?: string | undefined;
  readonly title?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly class?: string | undefined;
}

/** A push button of the toolkit. */
export function Button(properties: ButtonProperties): VNode {
  const { appearance, onClick, children, label, title, disabled } = properties;
  return h(
    'vscode-button' as 'button',
    {
      // An attribute, not a property: the toolkit reads it when the element is connected.
      ref: (element: HTMLElement | null) => {
        if (label !== undefined) element?.setAttribute('aria-label', label);
      },
      appearance,
      title,
      disabled: disabled === true,
      class: properties.class,
      onClick,
    } as object,
    children,
  );
}

/** Properties of a {@link TextArea}. */
export interface TextAreaProperties {
  readonly element: RefObject<TextAreaElement | null>;
  readonly label: string;
  readonly placeholder: string;
  readonly onInput: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onKeyUp: (event: KeyboardEvent) => void;
  readonly onCompositionStart: () => void;
  readonly onCompositionEnd: (event: CompositionEvent) => void;
}

/** A text area of the toolkit, which keeps its own value: read and set it through `element`. */
export function TextArea({ element, label, ...rest }: TextAreaProperties): VNode {
  return h('vscode-text-area' as 'textarea', {
    ref: (found: TextAreaElement | null) => {
      element.current = found;
      // The toolkit names it "Text area" when it is connected, so the true name must be set after that.
      found?.setAttribute('aria-label', label);
    },
    class: 'composer-text',
    rows: 1,
    ...rest,
  } as object);
}
