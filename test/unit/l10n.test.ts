import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { markedMessages, messagesIn } from './support/messages.ts';

type Table = { readonly [name: string]: string };

function read(file: string): Table {
  return JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')) as Table;
}

function placesOf(text: string): readonly string[] {
  return [...new Set(text.match(/\{\d+\}/g))].sort();
}

const marked = markedMessages();
const messages: ReadonlySet<string> = new Set(marked.flatMap(({ message }) => message ?? []));

const texts = (language: string): readonly (readonly [string, string])[] => {
  const [english, manifest] = [read('package.nls.json'), read(`package.nls.${language}.json`)];
  return [...Object.entries(read(`l10n/bundle.l10n.${language}.json`)), ...Object.entries(english).map(([key, text]) => [text, manifest[key] ?? ''] as const)];
};

describe('the sentences of the extension and the page', () => {
  it('are marked as plain literals, so that they can be collected', () => {
    assert.deepEqual(marked.filter(({ message }) => message === undefined), []);
    assert.ok(messages.size > 100, `only ${messages.size} were found`);
  });

  for (const language of ['zh-cn', 'zh-tw']) {
    const table = read(`l10n/bundle.l10n.${language}.json`);

    it(`are all there in ${language}, and nothing else is`, () => {
      assert.deepEqual([...messages].filter((message) => !Object.hasOwn(table, message)), [], 'missing');
      assert.deepEqual(Object.keys(table).filter((message) => !messages.has(message)), [], 'no longer used');
    });

    it(`have the same places for arguments in ${language}`, () => {
      for (const [message, translation] of Object.entries(table)) assert.deepEqual(placesOf(translation), placesOf(message), message);
    });

    it(`are really in Chinese in ${language}, with nothing left blank`, () => {
      for (const [message, translation] of Object.entries(table)) {
        const words = message.replace(/\{\d+\}|Rivulet|Token/g, '').replace(/[^a-z]/gi, '');
        assert.ok(words.length < 3 || /\p{Script=Han}/u.test(translation), `${message}: ${translation}`);
        assert.equal(translation.trim() === '', message.trim() === '');
      }
    });
  }

  it('call an agent by one word, which is not the one for a proxy', () => {
    for (const [language, agent, others] of [['zh-cn', '智能体', '代理'], ['zh-tw', '代理程式', '代理(?!程式)|智慧']] as const) {
      const ofAgents = texts(language).filter(([english]) => /\bagents?\b/i.test(english.replaceAll(/`[^`]*`/g, '')));
      assert.ok(ofAgents.length > 6, `only ${ofAgents.length} in ${language}`);
      for (const [english, text] of ofAgents) assert.ok(text.includes(agent) && !new RegExp(others, 'u').test(text), `${english}: ${text}`);
      for (const [english, text] of texts(language)) assert.ok(!/\bproxy\b/i.test(english) || !text.includes(agent), `${english}: ${text}`);
    }
  });

  it('are written with Taiwan\'s characters and words in zh-tw', () => {
    for (const translation of Object.values(read('l10n/bundle.l10n.zh-tw.json'))) {
      assert.ok(!/[设务选择错误钥发络网页连续开关时间复输应题级简标]|密鑰|文件|網絡|網络|設置|信息|默認|服務器|鏈接|登錄/u.test(translation), translation);
    }
  });
});

describe('the texts of the manifest', () => {
  const english = read('package.nls.json');
  for (const language of ['zh-cn', 'zh-tw']) {
    it(`have the same keys in ${language}`, () => {
      assert.deepEqual(Object.keys(read(`package.nls.${language}.json`)).sort(), Object.keys(english).sort());
    });
  }

  it('are all used, and all that are used are there', () => {
    const used = new Set([...readFileSync(new URL('../../package.json', import.meta.url), 'utf8').matchAll(/"%([^%"]+)%"/g)].map((match) => match[1] ?? ''));
    assert.deepEqual([...used].sort(), Object.keys(english).sort());
  });
});

function found(source: string): readonly (string | undefined)[] {
  return messagesIn('x.ts', source).map(({ message }) => message);
}

describe('the collector', () => {
  it('takes both kinds of quotes, escapes, and calls over several lines', () => {
    assert.deepEqual(found(`say('It\\'s {0}', x); t("a \\"b\\""); vscode.l10n.t(\n  'c',\n d)`), ["It's {0}", 'a "b"', 'c']);
    assert.deepEqual(found(`<b title={t('d')}>{t('\\u2026 \\u{1F30A}')}</b>`), ['d', '\u2026 \u{1F30A}']);
  });

  it('does not take comments, other names, or strings that look like calls', () => {
    assert.deepEqual(found(`// say('a')\n/* t('b') */ const x = 'https://t'; wait('c'); object.t('d'); assert('e');`), []);
  });

  it('reports what is no plain literal', () => {
    assert.deepEqual(found('say(`a ${b}`); t(name); say(\'a\' + b); t(x ? \'a\' : \'b\')'), [undefined, undefined, undefined, undefined]);
  });
});
