import assert from 'node:assert/strict';
import { confirmByHost } from '../../src/host/confirmation.ts';
import { say } from '../../src/protocol/localText.ts';
import { answers, called, reset } from './fakeVscode.ts';

const question = { text: say('Let the model change {0}?', 'a\u202Eb [x](command:y)'), details: [say('The file is {0}', '/w/a'), say('The editor obeys it.')], yes: say('Change It') };

describe('a question that the host asks itself', () => {
  beforeEach(reset);

  it('is a modal dialog whose first button, which Enter presses, says no', async () => {
    await confirmByHost(question);
    assert.deepEqual(called('showWarningMessage'), [['Let the model change a\\u{202E}b [x] (command:y)?', { modal: true, detail: 'The file is /w/a\nThe editor obeys it.' }, 'Don\'t Allow', 'Change It']]);
  });

  it('is answered with yes by one button only', async () => {
    answers.set('showWarningMessage', ['Change It', 'Don\'t Allow', undefined]);
    assert.deepEqual([await confirmByHost(question), await confirmByHost(question), await confirmByHost(question)], [true, false, false]);
  });
});
