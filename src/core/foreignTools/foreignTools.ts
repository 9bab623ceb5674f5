/** Who offers a tool: an extension by its name, a server by the name that the editor gives it, or the editor itself. */
export interface ToolSource {
  readonly kind: 'extension' | 'server' | 'editor';
  /** Empty where it is not known. */
  readonly label: string;
}

/** A tool of somebody else, as they describe it. Nothing of it is trusted: neither that it only reads, nor what it says it does. */
export interface ForeignTool {
  /** What its owner calls it: any text. */
  readonly name: string;
  readonly description: string;
  /** JSON Schema, or whatever the owner takes for one. */
  readonly inputSchema: unknown;
  readonly source: ToolSource;
}

/** A piece of what a tool has answered. `other`: something that nobody knows how to tell a model. */
export type ForeignPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'data'; readonly mediaType: string; readonly bytes: number }
  | { readonly kind: 'other' };

/** The tools that other extensions and servers have put into the editor. */
export interface ForeignTools {
  /** As they are now; there is no news of changes, so whoever needs them asks again. */
  list(): readonly ForeignTool[];
  /** Calls the tool that is listed under this name. Throws what the tool throws; an abort stops it as far as it lets itself be stopped. */
  invoke(name: string, input: object, signal: AbortSignal): Promise<readonly ForeignPart[]>;
}
