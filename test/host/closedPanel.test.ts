import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createViewStore, initialState } from '../../src/core/chat/viewStore.ts';
import { ChatView } from '../../src/host/chatView.ts';
import type { PermissionItem } from '../../src/protocol/reviewItems.ts';
import { aModel } from '../unit/support/chatHarness.ts';
import { fakePage } from './fakes.ts';
import { reset } from './fakeVscode.ts';

function permission(id: string, status: PermissionItem['status']): PermissionItem {
  return { kind: 'permission', id, token: id, question: { message: '', args: [] }, reasons: [], status };
}

describe('the panel and the questions in it', () => {
  let closed: number;
  let view: ChatView;
  let store: ReturnType<typeof createViewStore>;

  beforeEach(() => {
    reset();
    closed = 0;
    store = createViewStore(initialState(aModel), (change) => view.push(change));
    view = new ChatView(vscode.Uri.file('/dist'), { state: () => store.state, closed: () => (closed += 1), handle: () => undefined, log: { info: () => undefined, warn: () => undefined, error: () => undefined } });
    store.publish({ type: 'turn-added', turn: { id: 'turn-1', question: { text: '', attachments: [] }, items: [], outcome: 'running', usage: undefined } });
  });

  it('are told of a panel that is closed, not of one that is hidden or has been replaced', () => {
    const first = fakePage();
    view.resolveWebviewView(first.view);
    first.setVisible(false);
    const second = fakePage();
    view.resolveWebviewView(second.view);
    first.dispose();
    assert.equal(closed, 0);
    second.dispose();
    assert.equal(closed, 1);
  });

  it('are counted on the icon while nobody sees them', () => {
    const page = fakePage();
    view.resolveWebviewView(page.view);
    store.publish({ type: 'item-added', turnId: 'turn-1', item: permission('a', 'open') });
    assert.equal(page.badge(), undefined);
    page.setVisible(false);
    assert.equal(page.badge(), 1);
    store.publish({ type: 'item-added', turnId: 'turn-1', item: permission('b', 'open') });
    assert.equal(page.badge(), 2);
    store.publish({ type: 'item-changed', turnId: 'turn-1', item: permission('a', 'declined') });
    assert.equal(page.badge(), 1);
    page.setVisible(true);
    assert.equal(page.badge(), undefined);
    page.setVisible(false);
    store.publish({ type: 'chat-cleared' });
    assert.equal(page.badge(), undefined);
  });
});
