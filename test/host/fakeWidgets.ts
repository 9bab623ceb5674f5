import { nothing, record, strict } from './fakeCalls.ts';
import { EventEmitter } from './fakeTypes.ts';

/** The input boxes that were created: a test types into the last one. */
export interface FakeInput {
  value: string;
  validationMessage: string | undefined;
  readonly accept: EventEmitter;
  readonly change: EventEmitter;
  readonly hide: EventEmitter;
  readonly button: EventEmitter;
  readonly [other: string]: unknown;
}
export const inputs: FakeInput[] = [];

/** An input box, which a test fills in. */
export function createInputBox(): unknown {
  const accept = new EventEmitter('onDidAccept');
  const change = new EventEmitter('onDidChangeValue');
  const hide = new EventEmitter('onDidHide');
  const button = new EventEmitter('onDidTriggerButton');
  const input = {
    value: '', validationMessage: undefined, title: '', prompt: '', placeholder: '', password: false, ignoreFocusOut: false, buttons: [],
    accept, change, hide, button, onDidAccept: accept.event, onDidChangeValue: change.event, onDidHide: hide.event, onDidTriggerButton: button.event,
    show: () => record('input.show'), dispose: () => record('input.dispose'),
  };
  inputs.push(input);
  return strict('InputBox', input);
}

/** The lists to pick from that were created: a test accepts or hides the last one. */
export interface FakePick {
  items: readonly { readonly label: string; readonly description?: string; readonly detail?: string }[];
  activeItems: readonly unknown[];
  selectedItems: readonly unknown[];
  busy: boolean;
  value: string;
  readonly accept: EventEmitter;
  readonly active: EventEmitter;
  readonly change: EventEmitter;
  readonly hide: EventEmitter;
  readonly [other: string]: unknown;
}
export const picks: FakePick[] = [];

/** An answer to `createQuickPick` is a function that picks one of the items as soon as they are shown. */
export function createQuickPick(): unknown {
  const accept = new EventEmitter('onDidAccept');
  const active = new EventEmitter('onDidChangeActive');
  const hide = new EventEmitter('onDidHide');
  const change = new EventEmitter('onDidChangeValue');
  const pick = {
    title: '', placeholder: '', value: '', items: [] as FakePick['items'], activeItems: [] as readonly unknown[], selectedItems: [] as readonly unknown[], busy: false, matchOnDescription: false, matchOnDetail: false, keepScrollPosition: false,
    accept, active, hide, change, onDidAccept: accept.event, onDidChangeActive: active.event, onDidHide: hide.event, onDidChangeValue: change.event,
    show() {
      const choose = record('quickPick.show') as ((item: FakePick['items'][number]) => boolean) | undefined;
      if (choose === undefined) return;
      pick.selectedItems = pick.items.filter(choose);
      accept.fire(undefined);
    },
    dispose: () => record('quickPick.dispose'),
  };
  picks.push(pick);
  return strict('QuickPick', pick);
}

/** The places in the status bar that were made: what they say, and whether they are shown. */
export interface FakeStatus {
  text: string;
  isShown: boolean;
  readonly [other: string]: unknown;
}
export const statuses: FakeStatus[] = [];

/** A place in the status bar. */
export function createStatusBarItem(): unknown {
  const item = { text: '', name: '', tooltip: '', command: '', isShown: false, show: () => (item.isShown = true), hide: () => (item.isShown = false), dispose: () => (item.isShown = false) };
  statuses.push(item);
  return strict('StatusBarItem', item);
}

/** The kinds of decoration that were made, in order; what a test finds in an editor names them. */
export const decorationTypes: object[] = [];

/** A kind of decoration. */
export function createTextEditorDecorationType(options: object): unknown {
  const type = { options, dispose: nothing };
  decorationTypes.push(type);
  return type;
}
