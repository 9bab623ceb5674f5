/** The types under which VS Code puts what is dragged from its explorer, its tabs and its lists. */
const vscodeTypes = ['application/vnd.code.uri-list', 'resourceurls', 'codefiles', 'codeeditors'] as const;

/** Links that are dragged are text: nobody means the page behind them. */
const webSchemes = /^(?:https?|ftp|mailto|data|blob|javascript|about|chrome|vscode-webview|vscode-webview-resource):/i;

/** The most that go over the wall at once. */
const mostUris = 100;
const longestUri = 4096;

/** What is being dragged, as far as its types tell, which is all that is known until it is dropped. */
export function draggedKind(types: readonly string[]): 'files' | 'places' | undefined {
  if (types.includes('Files')) return 'files';
  if (vscodeTypes.some((type) => types.includes(type))) return 'places';
  return undefined;
}

/** The URIs of files and folders that were dropped or pasted, each once; none where there are only links or text. */
export function uriList(transfer: DataTransfer | null): readonly string[] {
  if (transfer === null) return [];
  const candidates = [
    listed(transfer.getData('application/vnd.code.uri-list')),
    strings(transfer.getData('resourceurls')),
    strings(transfer.getData('codefiles')).map(uriOfPath),
    listed(transfer.getData('text/uri-list')),
  ];
  for (const candidate of candidates) {
    const uris = [...new Set(candidate)].filter((uri) => /^[a-z][a-z0-9+.-]*:/i.test(uri) && !webSchemes.test(uri) && uri.length <= longestUri);
    if (uris.length > 0) return uris.slice(0, mostUris);
  }
  return [];
}

function listed(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
}

function strings(json: string): readonly string[] {
  try {
    const parsed: unknown = JSON.parse(json);
    return Array.isArray(parsed) ? parsed.filter((entry) => typeof entry === 'string') : [];
  } catch {
    return [];
  }
}

/** `C:\a b` becomes `file:///C:/a%20b`, `\\server\share` becomes `file://server/share`. */
function uriOfPath(path: string): string {
  const slashed = path.replaceAll('\\', '/');
  const encoded = slashed.split('/').map((segment, index) => (index === 0 && /^[a-z]:$/i.test(segment) ? segment : encodeURIComponent(segment))).join('/');
  if (encoded.startsWith('//')) return `file:${encoded}`;
  return encoded.startsWith('/') ? `file://${encoded}` : `file:///${encoded}`;
}
