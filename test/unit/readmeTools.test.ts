import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { tools } from '../../src/core/tools/tools.ts';

/** The rows of the README's table of tools: names and what stands under "asks". */
const rows = (/\| tool \| what it does \| asks \|\n\|---\|---\|---\|\n((?:\|.*\n)+)/.exec(readFileSync('README.md', 'utf8'))?.[1] ?? '')
  .trim()
  .split('\n')
  .flatMap((row) => {
    const [, names = '', , asks = ''] = row.split('|');
    return [...names.matchAll(/`(\w+)`/g)].map(([, name = '']) => ({ name, asks: asks.trim() }));
  });

describe("The README's table of tools", () => {
  it('has every tool, in the order in which a model is offered them', () => {
    const offered = tools.map(({ name }) => name);
    assert.deepEqual(rows.map(({ name }) => name).filter((name) => offered.includes(name)), offered);
  });

  it('says of every tool that changes something that it asks', () => {
    for (const { name, risk } of tools) assert.equal(rows.find((row) => row.name === name)?.asks === 'yes', risk === 'write', name);
  });
});
