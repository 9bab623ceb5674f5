import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { ViewState } from '../../src/protocol/viewState.ts';
import { allStates } from './allStates.ts';
import { openPage, stopBrowser, type OpenedPage } from './harness.ts';

/** Names of products and of things that have no other name, and words that stand on keys. */
const names = /\b(?:DeepSeek|Rivulet|VS Code|API|README\.md|Ollama|LM Studio|llama\.cpp|vLLM|jiekou\.ai|iFlow|JSON|Markdown|Escape|Esc|Enter|Shift|Ctrl|Alt|Tab|Delete|Explain|Refactor|token|tokens|ID|URL|HTTP|PNG|JPEG|GIF|WebP|MP4|MOV|WebM|MiB|KB|MB|kB|CNY|USD|CN¥|ms|min|KiB|Gemini|Schema|MCP|Proxy|Page Down)\b/gi;

interface Spoken {
  readonly where: string;
  readonly words: string;
}

/** Everything the page says: its texts and the names, titles and placeholders of its elements, but not what the model, the person and the file system said, nor what it said aloud of the state before. */
function spoken({ browserPage }: OpenedPage): Promise<readonly Spoken[]> {
  return browserPage.evaluate(() => {
    const found: { where: string; words: string }[] = [];
    const foreign = '.markdown, pre, code, .visible-text, .question-text, .details, .hunk, .diff, script, style, .visually-hidden[aria-live]';
    const visit = (root: Element | ShadowRoot): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.closest('script, style') !== null) continue;
        for (const name of ['aria-label', 'title', 'placeholder', 'aria-description', 'aria-roledescription', 'alt']) {
          const words = element.getAttribute(name);
          if (words !== null && element.parentElement?.closest(foreign) !== undefined) found.push({ where: `${element.localName}.${element.className}[${name}]`, words });
        }
        if (element.closest(foreign) === null) {
          // A model's name stands in two parts, for it is cut between them.
          const isInParts = element.matches('.model-name');
          const nodes = isInParts ? [element.textContent] : element.matches('.model-name > *') ? [] : [...element.childNodes].flatMap((node) => (node instanceof Text ? [node.data.trim()] : []));
          const words = nodes.join('').trim();
          if (words !== '') found.push({ where: `${element.localName}.${element.className}`, words });
        }
        if (element.shadowRoot !== null) visit(element.shadowRoot);
      }
    };
    visit(document.body);
    return found;
  });
}

/** What in a state comes from elsewhere: texts of people and models, names, paths. Sentences of ours are not among them. */
function foreignWords(state: ViewState): ReadonlySet<string> {
  const words = new Set<string>();
  const visit = (value: unknown, isOurs: boolean): void => {
    if (typeof value === 'string') {
      if (!isOurs) for (const word of value.split(/[^\p{L}\p{N}_]+/u)) words.add(word);
    } else if (Array.isArray(value)) for (const each of value) visit(each, isOurs);
    else if (typeof value === 'object' && value !== null) {
      // A sentence of ours is English in the state and is translated by the page; what is put into it is not.
      const isSentence = 'message' in value && 'args' in value;
      for (const [name, member] of Object.entries(value)) visit(member, isSentence && name === 'message');
    }
  };
  visit(state, false);
  return words;
}

describe('The page in another language', () => {
  after(stopBrowser);

  for (const language of ['zh-cn', 'zh-tw']) {
    it(`leaves no English over in any state in ${language}`, async function () {
      this.timeout(300_000);
      const strings = JSON.parse(await readFile(`l10n/bundle.l10n.${language}.json`, 'utf8')) as Readonly<Record<string, string>>;
      const page = await openPage({ strings, language });
      const left = new Set<string>();
      for (const [name, state] of Object.entries(allStates)) {
        await page.show(state);
        for (const title of await page.browserPage.locator('.disclosure-title[aria-expanded="false"]').all()) if (await title.isVisible()) await title.click({ timeout: 2000 }).catch(() => undefined);
        const known = foreignWords(state);
        for (const { where, words } of await spoken(page)) {
          const english = words.replaceAll(names, ' ').split(/[^\p{L}\p{N}_]+/u).filter((word) => /^[A-Za-z]{3,}$/.test(word) && !known.has(word));
          if (english.length > 0) left.add(`${name}: ${where}: ${words.slice(0, 120)} (${english.slice(0, 5).join(' ')})`);
        }
      }
      await page.close();
      assert.deepEqual([...left], []);
    });
  }

  it('is found to speak English where a sentence has no translation', async () => {
    const page = await openPage({ strings: {}, language: 'zh-cn' });
    await page.show(allStates['empty'] ?? assert.fail());
    assert.ok((await spoken(page)).some(({ words }) => words === 'Ask about your code'));
    await page.close();
  });
});
