import { make } from './elements.ts';
import type { Handlers } from './handlers.ts';

/** A link. Without `href`, so that nothing but the host can follow it. */
export function makeOpener(target: string, title: string, children: readonly (Node | string)[], { openLink }: Pick<Handlers, 'openLink'>): HTMLElement {
  const link = make('a', 'link');
  link.setAttribute('role', 'link');
  link.tabIndex = 0;
  link.title = title;
  link.append(...children);
  link.addEventListener('click', () => openLink(target));
  link.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.isComposing) openLink(target);
  });
  return link;
}
