// `npm run manifest`: writes from src/core/tools the tools that package.json contributes to VS Code for other agents.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { outsideName, withOutsideNames } from '../../src/core/otherAgents/toolNames.ts';
import type { Json } from '../../src/core/json.ts';
import type { Tool } from '../../src/core/tools/tool.ts';
import { tools } from '../../src/core/tools/tools.ts';

/** The icon of each tool in VS Code's list. */
const icons: { readonly [name: string]: string } = {
  read_file: 'file-code',
  list_directory: 'list-tree',
  find_files: 'go-to-search',
  search_text: 'search',
  get_diagnostics: 'warning',
  document_symbols: 'symbol-class',
  workspace_symbols: 'symbol-namespace',
  find_definition: 'symbol-reference',
  find_references: 'references',
  hover: 'comment',
  get_editor_state: 'window',
  get_changes: 'diff',
  edit_file: 'edit',
  create_file: 'new-file',
  move_file: 'move',
  delete_file: 'trash',
  rename_symbol: 'symbol-rename',
  apply_code_action: 'lightbulb',
};

/** What the manifest says of a tool; its texts for people are keys of package.nls.json. */
function contributionOf({ name, description, parameters, risk }: Tool): Json {
  const icon = icons[name];
  if (icon === undefined) throw new Error(`${name} has no icon in test/support/toolsManifest.ts.`);
  return {
    name: outsideName(name),
    displayName: `%tool.${name}.name%`,
    userDescription: `%tool.${name}.description%`,
    modelDescription: withOutsideNames(description),
    toolReferenceName: outsideName(name).replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    canBeReferencedInPrompt: true,
    icon: `$(${icon})`,
    tags: ['editor', risk],
    when: 'isWorkspaceTrusted && workspaceFolderCount != 0',
    inputSchema: withNames(parameters),
  };
}

/** The schema with the names of other tools in its descriptions as other agents know them. */
function withNames(schema: Json): Json {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) => (key === 'description' && typeof value === 'string' ? withOutsideNames(value) : value)) as Json;
}

/** package.json with the tools as the core has them now, and all else as it is. */
export function withTools(text: string): string {
  const manifest = JSON.parse(text) as { readonly contributes: object };
  return `${JSON.stringify({ ...manifest, contributes: { ...manifest.contributes, languageModelTools: tools.map(contributionOf) } }, null, 2)}\n`;
}

if (import.meta.main) {
  const file = join(import.meta.dirname, '..', '..', 'package.json');
  await writeFile(file, withTools(await readFile(file, 'utf8')));
}
