import type { LocalText } from './localText.ts';

/** How many tools are switched on and there, and how many of them are other people's. */
export interface ToolsView {
  readonly on: number;
  readonly foreign: number;
}

/** The tools that a chat can have, to be switched on and off. */
export interface ToolPicker {
  readonly groups: readonly ToolGroup[];
  /** How many are switched on, and how many there may be. */
  readonly on: number;
  readonly most: number;
  /** Why none of them go out as things stand, or without a folder only those of others. */
  readonly access: 'on' | 'no-folder' | 'untrusted' | 'model';
  /** Why the last wish was not granted. */
  readonly refusal: LocalText | undefined;
}

/** Tools that belong together: own ones by what they do, those of others by who offers them. */
export interface ToolGroup {
  readonly id: string;
  readonly label: LocalText;
  readonly isForeign: boolean;
  readonly tools: readonly ToolEntry[];
}

/** `gone`: it was chosen, and nobody offers it now. `not-here`: this window lacks what it needs. */
export interface ToolEntry {
  readonly id: string;
  /** As its owner calls it; hidden characters are written out. */
  readonly name: string;
  /** What it does: a sentence of ours, or its owner's words. */
  readonly description: LocalText | string;
  readonly isOn: boolean;
  readonly state: 'ready' | 'gone' | 'not-here';
}
