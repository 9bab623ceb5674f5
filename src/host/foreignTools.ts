import * as vscode from 'vscode';
import type { ForeignPart, ForeignTool, ForeignTools, ToolSource } from '../core/foreignTools/foreignTools.ts';
import { asArray, asObject, asText } from '../core/json.ts';
import { promptText } from './promptText.ts';

/** What Rivulet itself puts into the editor for others begins like this. */
const ownPrefix = 'rivulet_';

/** How VS Code names the tools of MCP servers: behind this the server's own name, and then the tool's. */
const serverTool = /^mcp_(?:([^_]+)_)?/;

/** The tools that VS Code knows, but for Rivulet's own. */
export const foreignTools: ForeignTools = {
  list() {
    const owners = ownersOfTools();
    return vscode.lm.tools.flatMap((tool): ForeignTool[] => {
      const { name, description, inputSchema } = tool;
      // What stands in another extension's manifest need not be what it ought to be.
      return name.startsWith(ownPrefix) ? [] : [{ name, description: asText(description) ?? '', inputSchema, source: sourceOf(name, owners) }];
    });
  },
  async invoke(name, input, signal) {
    const cancellation = new vscode.CancellationTokenSource();
    const cancel = (): void => cancellation.cancel();
    signal.addEventListener('abort', cancel);
    try {
      signal.throwIfAborted();
      const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined }, cancellation.token);
      return content.map(partOf);
    } finally {
      signal.removeEventListener('abort', cancel);
      cancellation.dispose();
    }
  },
};

/** Names of tools and of the extensions that contribute them. */
function ownersOfTools(): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const { id, packageJSON } of vscode.extensions.all) {
    const manifest = asObject(packageJSON);
    for (const tool of asArray(asObject(manifest?.['contributes'])?.['languageModelTools'])) {
      const name = asText(asObject(tool)?.['name']);
      const label = asText(manifest?.['displayName']);
      // A title that is still to be translated says nothing.
      if (name !== undefined) owners.set(name, label === undefined || label.startsWith('%') ? id : label);
    }
  }
  return owners;
}

function sourceOf(name: string, owners: ReadonlyMap<string, string>): ToolSource {
  const owner = owners.get(name);
  if (owner !== undefined) return { kind: 'extension', label: owner };
  const server = serverTool.exec(name);
  return server === null ? { kind: 'editor', label: '' } : { kind: 'server', label: server[1] ?? '' };
}

/** A part of a result. Newer versions of VS Code know more kinds than the oldest, so they are told by what they hold. */
function partOf(part: unknown): ForeignPart {
  if (part instanceof vscode.LanguageModelTextPart) return { kind: 'text', text: part.value };
  if (part instanceof vscode.LanguageModelPromptTsxPart) return { kind: 'text', text: promptText(part.value).trim() };
  const { mimeType, data } = asObject(part) ?? {};
  if (typeof mimeType !== 'string' || !(data instanceof Uint8Array)) return { kind: 'other' };
  if (/^(?:text\/|application\/(?:[\w.+-]*\+)?json\b)/.test(mimeType)) return { kind: 'text', text: new TextDecoder().decode(data) };
  return { kind: 'data', mediaType: mimeType, bytes: data.byteLength };
}
