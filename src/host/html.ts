import * as vscode from 'vscode';

/** The page's HTML: nothing runs but our script, nothing is loaded but from our own folder, nothing is fetched at all. */
export function pageHtml(webview: vscode.Webview, root: vscode.Uri): string {
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const resource = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data:`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escapeHtml(resource('page.css'))}">
<title>Rivulet</title>
</head>
<body>
<script type="application/json" id="strings">${JSON.stringify(vscode.l10n.bundle ?? {}).replaceAll('<', '\\u003c')}</script>
<div id="app"></div>
<script nonce="${nonce}" src="${escapeHtml(resource('page.js'))}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
