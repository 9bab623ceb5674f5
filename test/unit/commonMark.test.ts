import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { createMarkdownDocument } from '../../webview/markdown/document.ts';
import { comparable, htmlOf } from './support/drawingHtml.ts';

interface Example {
  readonly markdown: string;
  readonly html: string;
  readonly number: number;
}

const { tests } = createRequire(import.meta.url)('commonmark-spec') as { readonly tests: readonly Example[] };

/** Examples of the specification that are shown otherwise, and why. */
const otherwise: Readonly<Record<string, readonly number[]>> = {
  'HTML whose tags are such as Markdown makes itself': [21, 31, 162, 187, 344, 475, 476, 477, 630, 631, 642, 643],
  'bare addresses are links, as on GitHub': [602, 608, 611, 612],
  'only the usual names of characters are known: the standard\'s 2,125 would be a third of the page\'s script': [25, 32, 33, 34, 503],
  'the parser counts a tab after a mark of a list or a quotation in whole': [5, 6, 7],
  'the parser leaves the first line of fenced code indented as its fence is': [131, 133],
  'the parser decides on nested brackets from the inside': [512, 523, 528, 569, 571],
  'blanks at the end of a text, which nobody sees': [226, 645],
  'titles of links are no part of the comparison, and these read like some': [504, 507],
  'the parser takes a blank line of two quotations for none': [259],
  'an escape in a label without a definition is left in it': [545],
};

/** Elements that CommonMark itself makes; an example with others shows how it hands on HTML, which is shown as text here. */
const own = /<\/?(?:p|h[1-6]|ul|ol|li|blockquote|pre|code|em|strong|a|img|hr|br)(?:\s(?:href|src|alt|class|start|title)="[^"]*")*\s*\/?>/g;

function isOfHtml({ html }: Example): boolean {
  return /<[a-z/!?]/i.test(html.replace(own, ''));
}

function rendered(markdown: string): string {
  const text = createMarkdownDocument();
  text.append(markdown);
  text.update();
  return text.drawings.map(htmlOf).join('');
}

/** The examples write a tab as an arrow. */
const withTabs = (text: string): string => text.replaceAll('→', '\t');

describe('The examples of the CommonMark specification', () => {
  const differing = tests.filter((example) => comparable(rendered(withTabs(example.markdown))) !== comparable(withTabs(example.html)));

  it('look as it says, but for HTML and those that are listed with a reason', () => {
    const numbers = differing.filter((example) => !isOfHtml(example)).map(({ number }) => number);
    assert.deepEqual(numbers, Object.values(otherwise).flat().sort((one, other) => one - other));
    assert.ok(tests.length > 600);
  });

  it('show HTML as text', () => {
    for (const example of tests.filter(isOfHtml)) {
      const html = rendered(withTabs(example.markdown));
      assert.ok(!/<[a-z/!?]/i.test(html.replace(own, '')), `example ${example.number}: ${html}`);
    }
  });
});
