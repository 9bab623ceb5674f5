import type { ToolEntry, ToolGroup, ToolPicker, ToolsView } from '../../src/protocol/toolsView.ts';
import { t, tr } from '../strings.ts';

/** How many tools are on. */
export function pickerInWords({ on, most }: Pick<ToolPicker, 'on' | 'most'>): string {
  return t('{0} on, {1} at most', on, most);
}

/** What the button reads that opens the choice of tools. */
export function toolsInWords({ on, foreign }: ToolsView): string {
  return foreign === 0 ? t('Tools of this chat: {0} on', on) : t('Tools of this chat: {0} on, {1} of them from others', on, foreign);
}

/** The groups with the tools in which all of the words are; a group whose own name has them has all of its tools. */
export function foundTools(groups: readonly ToolGroup[], query: string): readonly ToolGroup[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return groups;
  return groups
    .map((group) => {
      const label = tr(group.label).toLocaleLowerCase();
      return { ...group, tools: group.tools.filter((tool) => hasAll(`${label} ${textOf(tool)}`, words)) };
    })
    .filter(({ tools }) => tools.length > 0);
}

function textOf({ name, description }: ToolEntry): string {
  return `${name} ${typeof description === 'string' ? description : tr(description)}`.toLocaleLowerCase();
}

function hasAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}
