import * as vscode from 'vscode';

/** Where an export of Roo Code's settings may lie: where the person's own setting says, and where it is saved unless told otherwise. */
export function rooExports(home: vscode.Uri | undefined): readonly vscode.Uri[] {
  const own = chosenExport(home);
  const usual = home === undefined ? [] : ['Downloads', 'Documents'].map((folder) => vscode.Uri.joinPath(home, folder, 'roo-code-settings.json'));
  return [...(own === undefined ? [] : [own]), ...usual];
}

/**
 * The setting of Roo Code as the person has it for all windows: a repository could set it too, and would so name services
 * (docs/safety.md B17). A file within a folder of the window is the repository's whoever names it.
 */
function chosenExport(home: vscode.Uri | undefined): vscode.Uri | undefined {
  const set = vscode.workspace.getConfiguration('roo-cline').inspect<unknown>('autoImportSettingsPath')?.globalValue;
  const uri = typeof set === 'string' ? fileAt(set, home) : undefined;
  return uri === undefined || vscode.workspace.getWorkspaceFolder(uri) !== undefined ? undefined : uri;
}

/** Absolute, or below the home folder. Two slashes in front name another machine, to which Windows would go at once. */
function fileAt(path: string, home: vscode.Uri | undefined): vscode.Uri | undefined {
  if (/(^|[/\\])\.\.([/\\]|$)/.test(path)) return undefined;
  if (/^~[/\\](?![/\\])/.test(path)) return home === undefined ? undefined : vscode.Uri.joinPath(home, path.slice(2));
  return /^(?:[A-Za-z]:[/\\]|\/)(?![/\\])/.test(path) ? vscode.Uri.file(path) : undefined;
}
