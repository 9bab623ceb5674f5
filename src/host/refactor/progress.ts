import * as vscode from 'vscode';
import type { CallItem, Turn, ViewState } from '../../protocol/viewState.ts';
import { createStatus, localiseForeign, type Click } from '../messages.ts';

/** What a turn does that was asked for in the editor, in the status bar; a click stops it, or shows what it asks. */
export interface Progress {
  /** Shows it until the action has ended. */
  during(action: () => Promise<void>): Promise<void>;
  /** Something has happened in the chat. */
  update(): void;
  dispose(): void;
}

export function createProgress(state: () => ViewState): Progress {
  let running = 0;
  const status = createStatus(vscode.l10n.t('Rivulet: progress'));
  const setContext = (): void => void vscode.commands.executeCommand('setContext', 'rivulet.refactoring', running > 0);
  const update = (): void => {
    if (running > 0) status.show(...words(state()), clickFor(state()));
  };
  return {
    async during(action) {
      running += 1;
      setContext();
      update();
      try {
        await action();
      } finally {
        running -= 1;
        setContext();
        if (running === 0) status.hide();
      }
    },
    update,
    dispose: () => status.dispose(),
  };
}

/** Whoever is asked must not stop everything by the only thing that they see. */
function clickFor({ activity, turns }: ViewState): Click {
  return activity.kind === 'running' && isAsking(turns.at(-1)) ? { tooltip: vscode.l10n.t('Click to show what waits'), command: 'rivulet.showWaiting' } : { tooltip: vscode.l10n.t('Click to stop'), command: 'rivulet.stop' };
}

function words({ activity, turns }: ViewState): readonly [icon: string, text: string] {
  if (activity.kind === 'idle') return ['loading~spin', vscode.l10n.t('Rivulet begins')];
  const turn = turns.at(-1);
  if (isAsking(turn)) return ['question', vscode.l10n.t('Rivulet waits for your decision')];
  switch (activity.phase) {
    case 'reasoning':
      return ['loading~spin', vscode.l10n.t('Rivulet thinks')];
    case 'answering':
      return ['loading~spin', vscode.l10n.t('Rivulet writes')];
    case 'tool': {
      const summary = runningCall(turn)?.summary;
      return ['loading~spin', summary === undefined ? vscode.l10n.t('Rivulet looks at the code') : vscode.l10n.t('Rivulet: {0}', localiseForeign(summary))];
    }
    case 'retrying':
      return ['loading~spin', vscode.l10n.t('Rivulet tries again')];
    case 'stopping':
      return ['loading~spin', vscode.l10n.t('Rivulet stops')];
    case 'gathering':
      return ['loading~spin', vscode.l10n.t('Rivulet reads what goes along')];
    case 'waiting':
    case 'queued':
    case 'silent':
      return ['loading~spin', vscode.l10n.t('Rivulet waits for the model')];
  }
}

function isAsking(turn: Turn | undefined): boolean {
  return turn?.items.some((item) => (item.kind === 'review' || item.kind === 'permission') && item.status === 'open') === true;
}

function runningCall(turn: Turn | undefined): CallItem | undefined {
  return turn?.items.findLast((item): item is CallItem => item.kind === 'call' && item.status === 'running');
}
