import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Consumer } from '../extensions/consumer/extension.ts';

describe('Extensions beside Rivulet in the real host', () => {
  it('runs the test extension consumer, which acts in its own name', async () => {
    const extension = vscode.extensions.getExtension<Consumer>('rivulet-test.consumer');
    assert.ok(extension);
    const { lm } = await extension.activate();
    assert.equal(extension.isActive, true);
    assert.equal(typeof lm.selectChatModels, 'function');
    assert.equal(await vscode.commands.executeCommand('rivuletTest.consumer.ping'), 'pong');
    assert.ok(vscode.extensions.getExtension('rivulet.rivulet'), 'and Rivulet is there as well');
  });
});
