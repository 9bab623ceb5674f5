import assert from 'node:assert/strict';
import type { TurnChangesView } from '../../src/protocol/viewState.ts';
import { closeUnharmed, openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { stateWith, turnWith } from './states.ts';

describe('Changes that cannot be reverted', () => {
  let page: OpenedPage;
  after(stopBrowser);
  afterEach(async () => closeUnharmed(page));

  for (const [why, words] of [
    ['copy', 'This chat is a copy: the change can be reverted only in the chat that it was made of, if it still can be'],
    ['damaged', 'Cannot be reverted: what was kept of the files could not be read, and was set aside'],
    [undefined, 'Cannot be reverted any more'],
  ] as const) {
    it(`say why in words where ${why === 'copy' ? 'the chat is a copy' : why === 'damaged' ? 'what was kept is damaged' : 'nothing is kept'}, and offer no button`, async () => {
      page = await openPage();
      const changes: TurnChangesView = { files: 2, state: 'forgotten', why };
      await page.show(stateWith({ turns: [{ ...turnWith('t1', 'Change it.', []), changes }] }));
      await page.browserPage.getByText(words, { exact: true }).waitFor();
      assert.equal(await page.browserPage.getByRole('button', { name: 'Revert' }).count(), 0);
    });
  }
});
