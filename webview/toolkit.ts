import './focusVisibleProbe.ts';
import { provideVSCodeDesignSystem, vsCodeButton, vsCodeDropdown, vsCodeOption, vsCodeTextArea, vsCodeTextField } from '@vscode/webview-ui-toolkit';
import { h, type ComponentChildren, type RefObject, type VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** Defines the toolkit's elements; to be called once, before anything is drawn. */
export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeDropdown(), vsCodeOption(), vsCodeTextArea(), vsCodeTextField());
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
  /** A click may move the caret. */
  readonly onClick: () => void;
  readonly onBlur: () => void;
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

/** Properties of a {@link Field}. */
export interface FieldProperties {
  /** Whether it has one line or several. */
  readonly lines: 'one' | 'many';
  readonly label: string;
  /** What stands in it; a change of this replaces what the person has typed. */
  readonly text: string;
  readonly placeholder: string;
  readonly disabled: boolean;
  readonly isInvalid: boolean;
  /** Is told what was typed when the field is left, or Enter pressed in one line. */
  readonly onCommit: (text: string) => void;
}

/** A text field or text area of the toolkit that tells its text only once the person is done with it, so that input methods are not disturbed. */
export function Field({ lines, label, text, placeholder, disabled, isInvalid, onCommit }: FieldProperties): VNode {
  const element = useRef<TextAreaElement | null>(null);
  useLayoutEffect(() => {
    if (element.current !== null && element.current.value !== text) element.current.value = text;
  }, [text]);
  return h((lines === 'one' ? 'vscode-text-field' : 'vscode-text-area') as 'input', {
    ref: (found: TextAreaElement | null) => {
      element.current = found;
      found?.setAttribute('aria-label', label);
      found?.setAttribute('aria-invalid', String(isInvalid));
    },
    class: lines === 'one' ? 'field' : 'field many',
    placeholder,
    disabled,
    spellcheck: false,
    onChange: () => {
      const typed = element.current?.value ?? '';
      if (typed !== text) onCommit(typed);
    },
  } as object);
}

/** Properties of a {@link Dropdown}. */
export interface DropdownProperties {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  /** The value of the option that is chosen. */
  readonly value: string;
  readonly disabled: boolean;
  readonly isInvalid: boolean;
  readonly onChoose: (value: string) => void;
}

/** A drop-down list of the toolkit. */
export function Dropdown({ label, options, value, disabled, isInvalid, onChoose }: DropdownProperties): VNode {
  const element = useRef<TextAreaElement | null>(null);
  // Not at once: the toolkit learns of its options after they have been drawn.
  useLayoutEffect(() => {
    const found = element.current;
    if (found === null) return;
    found.value = value;
    queueMicrotask(() => {
      if (found.value !== value) found.value = value;
    });
  });
  return h(
    'vscode-dropdown' as 'select',
    {
      ref: (found: TextAreaElement | null) => {
        element.current = found;
        found?.setAttribute('aria-label', label);
        found?.setAttribute('aria-invalid', String(isInvalid));
      },
      class: 'dropdown',
      disabled,
      onChange: () => {
        const chosen = element.current?.value ?? value;
        if (chosen !== value) onChoose(chosen);
      },
    } as object,
    options.map((option) => h('vscode-option' as 'option', { key: option.value, value: option.value, selected: option.value === value }, option.text)),
  );
}
