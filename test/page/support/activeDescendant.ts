import type { Page } from 'playwright-core';

/** The name of what a screen reader is told that Enter would take, the focus being in the message. */
export async function activeDescendant(page: Page): Promise<string | undefined> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const box = nodes.find(({ role, name }) => role?.value === 'textbox' && name?.value === 'Message');
  const related = box?.properties?.find(({ name }) => name === 'activedescendant')?.value.relatedNodes?.[0]?.backendDOMNodeId;
  const name: unknown = nodes.find(({ backendDOMNodeId }) => related !== undefined && backendDOMNodeId === related)?.name?.value;
  return typeof name === 'string' ? name : undefined;
}
