import * as vscode from 'vscode';
import type { Change } from '../../protocol/messages.ts';

/** Tells the walkthrough which of its steps are done: there is a model that can be asked, one was asked, something went along with a question, a change was accepted. */
export function followSteps(change: Change): void {
  for (const step of stepsOf(change)) void vscode.commands.executeCommand('setContext', `rivulet.step.${step}`, true);
}

function stepsOf(change: Change): readonly ('ready' | 'asked' | 'context' | 'reviewed')[] {
  switch (change.type) {
    case 'model-changed':
      return change.model.readiness === 'ready' ? ['ready'] : [];
    case 'turn-added':
      return change.turn.question.attachments.length > 0 ? ['asked', 'context'] : ['asked'];
    case 'turn-changes':
      return change.changes === undefined ? [] : ['reviewed'];
    default:
      return [];
  }
}
