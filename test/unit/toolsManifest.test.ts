import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { outsideName } from '../../src/core/otherAgents/toolNames.ts';
import { tools } from '../../src/core/tools/tools.ts';
import { withTools } from '../support/toolsManifest.ts';

const root = new URL('../../', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, root), 'utf8');

interface Contribution {
  readonly name: string;
  readonly displayName: string;
  readonly userDescription: string;
  readonly modelDescription: string;
  readonly toolReferenceName: string;
  readonly inputSchema: { readonly type: string; readonly properties: { readonly [name: string]: { readonly type: string; readonly description?: string } }; readonly required?: readonly string[] };
}

const contributed = (JSON.parse(read('package.json')) as { readonly contributes: { readonly languageModelTools: readonly Contribution[] } }).contributes.languageModelTools;

describe('the tools of the manifest', () => {
  it('are those of the core, with their schemas and prose (npm run manifest writes them)', () => {
    assert.equal(withTools(read('package.json')), read('package.json'));
    assert.deepEqual(contributed.map(({ name }) => name), tools.map(({ name }) => outsideName(name)));
  });

  it('are written again from nothing, so that a stale copy cannot pass', () => {
    const { contributes, ...others } = JSON.parse(read('package.json')) as { readonly contributes: { readonly [name: string]: unknown } };
    const stale = { ...others, contributes: { ...contributes, languageModelTools: [{ ...contributed[0], modelDescription: 'Another.' }] } };
    assert.deepEqual(JSON.parse(withTools(JSON.stringify(stale))), JSON.parse(read('package.json')));
  });

  it('have the names and the shapes that VS Code takes', () => {
    for (const { name, toolReferenceName, inputSchema, modelDescription } of contributed) {
      assert.match(name, /^rivulet_[a-z_]+$/);
      assert.match(toolReferenceName, /^rivulet[A-Za-z]+$/);
      assert.equal(inputSchema.type, 'object');
      assert.ok(modelDescription.length > 40);
      for (const required of inputSchema.required ?? []) assert.ok(required in inputSchema.properties, `${name}: ${required}`);
    }
    assert.equal(new Set(contributed.map(({ toolReferenceName }) => toolReferenceName)).size, contributed.length);
  });

  it('name one another as other agents know them', () => {
    for (const { name, modelDescription, inputSchema } of contributed) {
      for (const other of tools) if (other.name.includes('_')) assert.doesNotMatch(`${modelDescription} ${JSON.stringify(inputSchema)}`, new RegExp(`(?<!rivulet_)\\b${other.name}\\b`), name);
    }
    assert.match(contributed.find(({ name }) => name === 'rivulet_create_file')?.modelDescription ?? '', /change that one with rivulet_edit_file/);
  });

  it('are called and described in three languages', () => {
    for (const file of ['package.nls.json', 'package.nls.zh-cn.json', 'package.nls.zh-tw.json']) {
      const texts = JSON.parse(read(file)) as { readonly [key: string]: string };
      for (const { displayName, userDescription } of contributed) {
        for (const key of [displayName, userDescription]) assert.ok((texts[key.slice(1, -1)] ?? '') !== '', `${file}: ${key}`);
      }
    }
  });
});
