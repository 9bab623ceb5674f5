import * as vscode from 'vscode';
import type { Command } from './command.ts';

/** Publisher, name and walkthrough, as the manifest has them. */
const walkthrough = 'rivulet.rivulet#start';

export const openWalkthrough: Command = {
  id: 'rivulet.openWalkthrough',
  async run() {
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', walkthrough, false);
  },
};
