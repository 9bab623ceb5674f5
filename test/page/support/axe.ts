import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Frame } from 'playwright-core';

const script = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with the page as it stands, a line for each element. */
export async function faultsOf({ browserPage }: { readonly browserPage: Pick<Frame, 'evaluate'> }, options: RunOptions = {}): Promise<readonly string[]> {
  // Evaluated by the debugger, which the page's content security policy does not concern.
  await browserPage.evaluate(script);
  const results = await browserPage.evaluate(async (given) => (globalThis as unknown as { axe: { run(scope: Document, options: unknown): Promise<AxeResults> } }).axe.run(document, given), { resultTypes: ['violations'], ...options });
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${(failureSummary ?? '').split('\n').slice(1, 2).join('').trim()}`));
}
