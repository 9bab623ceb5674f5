import assert from 'node:assert/strict';
import { offeredTools } from '../../src/core/chat/connect.ts';
import { createViewStore, initialState } from '../../src/core/chat/viewStore.ts';
import type { ForeignTool } from '../../src/core/foreignTools/foreignTools.ts';
import { createToolbox, type Toolbox } from '../../src/core/foreignTools/toolbox.ts';
import { mostTools, nothingChosen, readToolChoice, type ToolChoice } from '../../src/core/foreignTools/toolChoice.ts';
import { deepseek } from '../../src/core/providers/deepseek.ts';
import { toolWords } from '../../src/core/tools/toolWords.ts';
import { tools as ownTools } from '../../src/core/tools/tools.ts';
import type { ToolPicker } from '../../src/protocol/toolsView.ts';
import { aModel } from './support/chatHarness.ts';
import { memoryFiles } from './support/memoryFiles.ts';
import { toolContext } from './support/toolContext.ts';
import { workspaceOf } from './support/workspaces.ts';

function toolOf(name: string, parts: Partial<ForeignTool> = {}): ForeignTool {
  return { name, description: `Does ${name}.`, inputSchema: { type: 'object' }, source: { kind: 'server', label: 'tides' }, ...parts };
}

interface Tried {
  readonly toolbox: Toolbox;
  there: readonly ForeignTool[];
  readonly kept: (ToolChoice | undefined)[];
  readonly picker: () => ToolPicker;
  readonly names: () => readonly string[];
}

function trying(there: readonly ForeignTool[] = [toolOf('b'), toolOf('a'), toolOf('c')]): Tried {
  const store = createViewStore(initialState(aModel), () => undefined);
  const kept: (ToolChoice | undefined)[] = [];
  const tried: Tried = {
    there,
    kept,
    toolbox: createToolbox({ store, port: { list: () => tried.there, invoke: async () => [] }, isUsable: () => true, access: () => 'on', keep: (choice) => void kept.push(choice), log: { info: () => undefined, warn: () => undefined, error: () => undefined } }),
    picker: () => store.state.toolPicker ?? assert.fail('it is closed'),
    names: () => tried.toolbox.offered().foreign.map(({ name }) => name),
  };
  return tried;
}

function failing(): never {
  throw new Error('no');
}

/** Tools as a person has chosen them, one of which is called as one of Rivulet's own. */
function chosen(): ReturnType<Toolbox['offered']> {
  const { toolbox } = trying([toolOf('read_file'), toolOf('z')]);
  toolbox.choose(['other.z', 'other.read_file'], true);
  toolbox.choose(['own.list_directory'], false);
  return toolbox.offered();
}

describe('the tools of a chat', () => {
  it('are Rivulet\'s own in a new one, and nobody else\'s', () => {
    const { toolbox, names, picker } = trying();
    assert.deepEqual([names(), toolbox.offered().off.size], [[], 0]);
    toolbox.open();
    assert.equal(picker().on, ownTools.length);
    assert.deepEqual(picker().groups.map(({ isForeign, tools }) => [isForeign, tools.every(({ isOn }) => isOn)]), [[false, true], [false, true], [true, false]]);
  });

  it('go out in the order in which they were chosen, whatever comes and goes, and keep their names', () => {
    const tried = trying();
    const { toolbox, names } = tried;
    for (const id of ['other.c', 'other.a', 'other.b']) toolbox.choose([id], true);
    assert.deepEqual(names(), ['c', 'a', 'b']);
    toolbox.choose(['other.c'], false);
    assert.deepEqual(names(), ['a', 'b']);
    toolbox.choose(['other.c'], true);
    assert.deepEqual(names(), ['c', 'a', 'b']);
    tried.there = [toolOf('d'), toolOf('b'), toolOf('c')];
    assert.deepEqual(names(), ['c', 'b']);
    toolbox.choose(['other.d'], true);
    tried.there = [toolOf('a'), ...tried.there];
    assert.deepEqual(names(), ['c', 'a', 'b', 'd']);
  });

  it('stay the same objects with the same bytes from request to request', () => {
    const { toolbox } = trying();
    toolbox.choose(['other.b', 'other.a'], true);
    const [first, second] = [toolbox.offered().foreign, toolbox.offered().foreign];
    assert.equal(first.length, 2);
    assert.ok(first.every((tool, index) => tool === second[index]));
  });

  it('are at most as many as services take, and the choice says why there are no more', () => {
    const many = Array.from({ length: 200 }, (_, index) => toolOf(`t${index}`));
    const { toolbox, names, picker, kept } = trying(many);
    toolbox.open();
    toolbox.choose(many.slice(0, mostTools - ownTools.length).map(({ name }) => `other.${name}`), true);
    assert.deepEqual([picker().on, picker().refusal], [mostTools, undefined]);
    const before = kept.length;
    toolbox.choose(['other.t199'], true);
    assert.deepEqual(picker().refusal?.args, [mostTools + 1, mostTools]);
    assert.deepEqual([kept.length, names().length], [before, mostTools - ownTools.length]);
    const told = picker();
    toolbox.refresh();
    assert.equal(picker(), told, 'the same is not told again and again');
    toolbox.choose(['other.t199'], true);
    assert.notEqual(picker(), told);
    toolbox.choose(['own.read_file'], false);
    toolbox.choose(['other.t199'], true);
    assert.equal(picker().refusal, undefined);
    assert.equal(names().at(-1), 't199');
  });

  it('are never more than services take, though a file says so', () => {
    const { toolbox, names } = trying(Array.from({ length: 300 }, (_, index) => toolOf(`t${index}`)));
    toolbox.take({ off: [], foreign: Array.from({ length: 300 }, (_, index) => ({ name: `t${index}`, wire: `t${index}`, isOn: true })) });
    assert.equal(names().length, mostTools - ownTools.length);
  });

  it('are kept with the chat, and nothing is where they are those of a new one', () => {
    const { toolbox, kept, names } = trying();
    toolbox.choose(['other.a', 'own.edit_file', 'other.nobody', 'own.nothing', 'read_file'], true);
    assert.deepEqual(kept.at(-1), { off: [], foreign: [{ name: 'a', wire: 'a', isOn: true }] });
    toolbox.choose(['own.edit_file'], false);
    assert.deepEqual(kept.at(-1)?.off, ['edit_file']);
    toolbox.take(undefined);
    assert.deepEqual([names(), toolbox.offered().off.size], [[], 0]);
    toolbox.choose(['own.edit_file'], false);
    toolbox.choose(['own.edit_file'], true);
    assert.equal(kept.at(-1), undefined);
  });

  it('that have gone are shown, not offered, and can be switched off', () => {
    const tried = trying();
    tried.toolbox.open();
    tried.toolbox.choose(['other.a'], true);
    tried.there = [];
    tried.toolbox.refresh();
    assert.deepEqual(tried.picker().groups.at(-1)?.tools.map(({ name, state, isOn }) => [name, state, isOn]), [['a', 'gone', true]]);
    assert.deepEqual(tried.names(), []);
    tried.toolbox.choose(['other.a'], false);
    assert.deepEqual(tried.picker().groups.map(({ id }) => id), ['own.read', 'own.write']);
  });

  it('are all there when the editor cannot say which others there are', () => {
    const store = createViewStore(initialState(aModel), () => undefined);
    const warnings: string[] = [];
    const toolbox = createToolbox({ store, port: { list: failing, invoke: async () => [] }, isUsable: () => true, access: () => 'on', keep: () => undefined, log: { info: () => undefined, warn: (text) => void warnings.push(text), error: () => undefined } });
    toolbox.open();
    assert.equal(store.state.toolPicker?.groups.length, 2);
    assert.match(warnings[0] ?? '', /could not be listed/);
  });

  it('each have a sentence for the person', () => {
    assert.deepEqual(Object.keys(toolWords).toSorted(), ownTools.map(({ name }) => name).toSorted());
  });
});

describe('the tools that a request offers', () => {
  const choice = { provider: deepseek, model: 'deepseek-v4-flash' };
  const offered = (folders: readonly string[], isTrusted = true): readonly string[] => {
    const workspace = { ...workspaceOf(...folders), isTrusted: () => isTrusted };
    return offeredTools(choice, toolContext({ workspace, files: memoryFiles({}) }), { offersDocuments: false, chosen: chosen() }).map(({ name }) => name);
  };

  it('are own ones first, without those that are off, then others\' under names of their own', () => {
    const names = offered(['/w']);
    assert.equal(names[0], 'read_file');
    assert.ok(!names.includes('list_directory'));
    assert.deepEqual(names.slice(-2), ['z', 'read_file_2']);
    assert.equal(new Set(names).size, names.length);
  });

  it('are only others\' without a folder, and none at all in a workspace that is not trusted', () => {
    assert.deepEqual(offered([]), ['z', 'read_file_2']);
    assert.deepEqual(offered(['/w'], false), []);
  });
});

describe('a choice of tools that was kept', () => {
  it('is read as far as it can be read, and never has a name twice or one of Rivulet\'s own', () => {
    assert.deepEqual(readToolChoice({ off: ['edit_file', 7, 'edit_file', ''], foreign: [{ name: 'a', wire: 'read_file', isOn: true }, { name: 'a', wire: 'x', isOn: true }, { name: 'b', wire: 'no good', isOn: 'yes' }, { wire: 'x' }, null, { name: 'c', wire: 'b' }] }, ['read_file']), {
      off: ['edit_file'],
      foreign: [{ name: 'a', wire: 'a', isOn: true }, { name: 'b', wire: 'b', isOn: false }, { name: 'c', wire: 'c', isOn: false }],
    });
    for (const nonsense of [undefined, null, 7, 'x', [], { off: {}, foreign: 'x' }]) assert.deepEqual(readToolChoice(nonsense, []), nothingChosen);
  });
});
