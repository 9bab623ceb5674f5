import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { tools } from '../../src/core/tools/tools.ts';

const root = new URL('../../', import.meta.url).pathname;
const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8');

describe('the tests of the tools', () => {
  const integration = globSync('test/integration/*.test.ts', { cwd: root }).map(read);

  for (const { name } of tools) {
    const file = name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

    it(`are there for ${name}: a file of its own, and one in the real host`, () => {
      const imports = new RegExp(`import \\{ ${file} \\} from '../../src/core/tools/${file}\\.ts';`);
      assert.match(read(`test/unit/${file}.test.ts`), imports);
      // Called there, not only named.
      assert.ok(integration.some((text) => imports.test(text) && new RegExp(`[(\\[ ]${file}[,.]`).test(text)), `no test in test/integration calls ${file}`);
    });
  }
});
