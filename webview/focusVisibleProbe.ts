// While it is loaded, the toolkit asks the browser whether it knows `:focus-visible`: by putting an empty style element on
// the page, which the page's content security policy forbids, so that it hears "no" and draws a focus ring at each click.
// The first style element that is asked for is that probe. It gets a real style sheet to ask, without being one on the page.
const createElement = document.createElement.bind(document);

function createProbe(name: string, options?: ElementCreationOptions): HTMLElement {
  if (name !== 'style') return createElement(name, options);
  Reflect.deleteProperty(document, 'createElement');
  return Object.defineProperty(createElement('template'), 'sheet', { value: new CSSStyleSheet() });
}

Object.defineProperty(document, 'createElement', { value: createProbe, configurable: true });
