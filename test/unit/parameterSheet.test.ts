import assert from 'node:assert/strict';
import { fillIn, type LocalText } from '../../src/protocol/localText.ts';
import type { ParameterRow, ParameterSheet } from '../../src/protocol/parameterSheet.ts';
import { createViewStore, initialState, type ViewStore } from '../../src/core/chat/viewStore.ts';
import { createModelSettings, type ModelSettings, type ShownModel } from '../../src/core/parameters/modelSettings.ts';
import { withListed } from '../../src/core/models/mergeModels.ts';
import { groups } from '../../src/core/parameters/groups.ts';
import { labelOf } from '../../src/core/parameters/labels.ts';
import { sheetOf } from '../../src/core/parameters/sheet.ts';
import { settableNames } from '../../src/core/parameters/table.ts';
import type { ModelChoice } from '../../src/core/providers/catalogue.ts';
import { deepseek } from '../../src/core/providers/deepseek.ts';
import { iflow } from '../../src/core/providers/iflow.ts';
import { jiekou } from '../../src/core/providers/jiekou.ts';
import type { ParameterValues, ProviderSpec } from '../../src/core/providers/spec.ts';
import { readyModel } from '../page/states.ts';

const pro = { provider: deepseek, model: 'deepseek-v4-pro' };

function words(text: LocalText | undefined): string | undefined {
  return text && fillIn(text.message, text.args);
}

function rowsOf(provider: ProviderSpec, model: string, ofModel: ParameterValues = {}, ofService: ParameterValues = {}): ReadonlyMap<string, ParameterRow> {
  return new Map(sheetOf({ provider, model }, { ofService, ofModel }).rows.map((row) => [row.name, row]));
}

describe('The model settings', () => {
  it('call every parameter of every table by more than its name in the body', () => {
    const labelled = [deepseek, jiekou, iflow].flatMap((provider) => settableNames(provider).map((name) => [name, labelOf(name)] as const));
    assert.deepEqual(labelled.filter(([, label]) => label === undefined), []);
    assert.equal(words(rowsOf(deepseek, 'deepseek-v4-pro').get('max_tokens')?.label), 'Answer length limit');
  });

  it('stand in groups, thinking first, whatever the order of the table', () => {
    for (const [provider, model] of [[deepseek, 'deepseek-v4-pro'], [jiekou, 'zai-org/glm-4.5'], [iflow, 'glm-4.6']] as const) {
      const { rows } = sheetOf({ provider, model }, { ofService: {}, ofModel: {} });
      const shown = rows.map(({ group }) => groups.indexOf(group));
      assert.deepEqual(shown, shown.toSorted((left, right) => left - right));
      assert.equal(rows[0]?.group, 'thinking');
    }
  });

  it('say of each value where it comes from, and what the service does by itself', () => {
    const rows = rowsOf(deepseek, 'deepseek-v4-pro', { reasoning_effort: 'max' }, { user_id: 'team', reasoning_effort: 'low' });
    const seen = ['reasoning_effort', 'user_id', 'thinking.type', 'stop'].map((name) => [rows.get(name)?.value, rows.get(name)?.origin, rows.get(name)?.serviceDefault]);
    assert.deepEqual(seen, [['"max"', 'person', '"high"'], ['"team"', 'person-for-service', undefined], ['"enabled"', 'rivulet', '"enabled"'], [undefined, 'service', undefined]]);
  });

  it('show what the model does not take as disabled, with the reason', () => {
    const thinking = rowsOf(deepseek, 'deepseek-v4-pro', { temperature: 0.3 });
    assert.match(words(thinking.get('temperature')?.disabled) ?? '', /while the model thinks/);
    assert.equal(thinking.get('temperature')?.value, '0.3', 'it is kept for when thinking is off');
    assert.equal(rowsOf(deepseek, 'deepseek-v4-pro', { thinking: { type: 'disabled' } }).get('temperature')?.disabled, undefined);
    assert.equal(words(rowsOf(deepseek, 'deepseek-chat').get('reasoning_effort')?.disabled)?.startsWith('deepseek-chat does not take it. These do: deepseek-'), true);
    assert.equal(words(rowsOf(iflow, 'deepseek-r1').get('reasoning_split')?.disabled), 'deepseek-r1 does not take it.');
    assert.match(words(rowsOf(jiekou, 'zai-org/glm-4.5').get('response_format.json_schema.name')?.disabled) ?? '', /needs response_format\.type json_schema/);
  });

  it('give each model its own reason', () => {
    assert.match(words(rowsOf(deepseek, 'deepseek-v4-pro').get('top_p')?.disabled) ?? '', /no effect while the model thinks/);
    assert.match(words(rowsOf(deepseek, 'deepseek-flash', { thinking: { type: 'disabled' } }).get('top_p')?.disabled) ?? '', /always 1 while the model does not think/);
    const thinking = rowsOf(deepseek, 'deepseek-flash').get('top_p');
    assert.deepEqual([thinking?.disabled, thinking?.range], [undefined, '≥ 0, ≤ 1']);
    assert.match(words(thinking?.documentation) ?? '', /below 0\.95 count as 0\.95/);
  });

  it('offer only the choices that are possible, and say why', () => {
    const { control, choices, note } = rowsOf(deepseek, 'deepseek-v4-pro').get('tool_choice') ?? {};
    assert.deepEqual([control, choices], ['choice', ['none', 'auto']]);
    assert.match(words(note) ?? '', /Switch thinking off/);
    const free = rowsOf(deepseek, 'deepseek-v4-pro', { thinking: { type: 'disabled' } }).get('tool_choice');
    assert.deepEqual([free?.control, free?.choices, free?.note], ['choice-or-json', ['none', 'auto', 'required'], undefined]);
  });

  it('hold nothing against a model that is newer than the list', () => {
    const rows = rowsOf(deepseek, 'deepseek-v5', { reasoning_effort: 'galactic' });
    assert.deepEqual([rows.get('reasoning_effort')?.disabled, rows.get('reasoning_effort')?.problem, rows.get('max_tokens')?.range], [undefined, undefined, '']);
  });

  it('show what is set for the whole service and not sent to this model, with the reason', () => {
    const turbo = rowsOf(jiekou, 'deepseek/deepseek-r1-turbo', {}, { enable_thinking: false }).get('enable_thinking');
    assert.deepEqual([turbo?.value, turbo?.origin, turbo?.problem], ['false', 'person-for-service', undefined]);
    assert.equal(words(turbo?.disabled), 'deepseek/deepseek-r1-turbo does not take it, so what is set for all models of jiekou.ai is not sent.');
    const ofModel = rowsOf(jiekou, 'deepseek/deepseek-r1-turbo', { enable_thinking: false }).get('enable_thinking');
    assert.match(words(ofModel?.problem) ?? '', /does not take the parameter enable_thinking/);
  });

  it('offer the switches of a family to all its models, whether typed in or from the list', () => {
    const listed = withListed(jiekou, [{ id: 'zai-org/glm-4.5' }, { id: 'google/gemini-3-pro' }, { id: 'zai-org/glm-4.6' }]);
    const effort = rowsOf(listed, 'google/gemini-3-pro').get('reasoning_effort');
    assert.deepEqual([effort?.disabled, effort?.choices], [undefined, ['disable', 'none', 'low', 'medium', 'high']]);
    assert.equal(rowsOf(listed, 'zai-org/glm-4.6').get('enable_thinking')?.disabled, undefined);
    assert.equal(words(rowsOf(listed, 'zai-org/glm-4.5').get('reasoning_effort')?.disabled), 'zai-org/glm-4.5 does not take it.');
    for (const [model, name] of [['glm-4.6', 'chat_template_kwargs.clear_thinking'], ['deepseek-v3.2', 'chat_template_kwargs.enable_thinking'], ['minimax-m2', 'reasoning_split'], ['kimi-k2.5', 'thinking.type']] as const) {
      assert.equal(rowsOf(iflow, model).get(name)?.disabled, undefined, model);
    }
  });

  it('show what stands in the settings and does not fit, also what the service does not know', () => {
    const rows = rowsOf(deepseek, 'deepseek-v4-pro', { max_tokens: 0, min_p: 0.1 });
    assert.match(words(rows.get('max_tokens')?.problem) ?? '', /≥ 1, ≤ 393216/);
    assert.match(words(rows.get('min_p')?.problem) ?? '', /DeepSeek does not know the parameter min_p/);
    assert.deepEqual([rows.get('min_p')?.value, rows.get('min_p')?.origin], ['0.1', 'person']);
  });
});

describe('The model settings of the panel', () => {
  let store: ViewStore;
  let setting: unknown;
  let choice: ModelChoice;
  let settings: ModelSettings;
  let written: number;

  beforeEach(() => {
    store = createViewStore(initialState(readyModel), () => undefined);
    setting = {};
    choice = pro;
    written = 0;
    settings = createModelSettings({
      store,
      choice: () => choice,
      read: () => setting,
      update: async (next) => {
        const changed = next(setting);
        if (changed === undefined) return;
        // As slow as a file.
        await Promise.resolve();
        written += 1;
        setting = changed;
      },
    });
  });

  const sheet = (): ParameterSheet | undefined => store.state.sheet;
  const shown = (): ShownModel => ({ service: sheet()?.service ?? '', model: sheet()?.model ?? '' });
  const set = async (name: string, text: string): Promise<void> => settings.set(shown(), name, text);
  const row = (name: string): ParameterRow | undefined => sheet()?.rows.find((each) => each.name === name);

  it('store a value under the model, and show it', async () => {
    settings.open();
    await set('thinking.type', '"disabled"');
    await set('temperature', '0.3');
    assert.deepEqual(setting, { 'deepseek/deepseek-v4-pro': { thinking: { type: 'disabled' }, temperature: 0.3 } });
    assert.deepEqual([row('temperature')?.value, row('temperature')?.disabled], ['0.3', undefined]);
  });

  it('lose neither of two edits that come at once', async () => {
    settings.open();
    await Promise.all([set('max_tokens', '100'), set('user_id', '"a"'), set('stop', '["x"]')]);
    assert.deepEqual(setting, { 'deepseek/deepseek-v4-pro': { max_tokens: 100, user_id: 'a', stop: 'x' } });
  });

  it('go to the model that was shown when they were told, whichever is chosen when their turn comes', async () => {
    settings.open();
    const model = shown();
    const edits = [settings.set(model, 'max_tokens', '5'), settings.set(model, 'user_id', '"a"'), settings.set(model, 'max_tokens', '0'), settings.reset(model, 'max_tokens')];
    choice = { provider: deepseek, model: 'deepseek-v4-flash' };
    settings.refresh();
    await Promise.all(edits);
    assert.deepEqual(setting, { 'deepseek/deepseek-v4-pro': { user_id: 'a' } });
    assert.deepEqual([sheet()?.model, row('max_tokens')?.problem, row('user_id')?.value], ['deepseek-v4-flash', undefined, undefined]);
  });

  it('keep a refusal to the model it was said of', async () => {
    settings.open();
    const edit = settings.set(shown(), 'max_tokens', '0');
    choice = { provider: deepseek, model: 'deepseek-v4-flash' };
    settings.refresh();
    await edit;
    assert.equal(row('max_tokens')?.problem, undefined);
  });

  it('write nothing for a model that they do not show, and show anew what they do', async () => {
    setting = { 'deepseek/deepseek-v4-flash': { stop: 'x' } };
    await settings.set({ service: 'deepseek', model: 'deepseek-v4-pro' }, 'max_tokens', '5');
    settings.open();
    const other = { service: 'deepseek', model: 'deepseek-v4-flash' };
    for (const edit of [async () => settings.set(other, 'max_tokens', '5'), async () => settings.reset(other, 'stop'), async () => settings.resetAll(other)]) {
      const before = sheet();
      await edit();
      assert.ok(before !== undefined && sheet() !== before, 'it is told anew');
    }
    // The choice has changed and the sheet does not know yet.
    choice = { provider: deepseek, model: 'deepseek-v4-flash' };
    await settings.set({ service: 'deepseek', model: 'deepseek-v4-pro' }, 'max_tokens', '5');
    assert.equal(sheet()?.model, 'deepseek-v4-flash');
    assert.deepEqual([written, setting], [0, { 'deepseek/deepseek-v4-flash': { stop: 'x' } }]);
  });

  it('keep what another window has written meanwhile', async () => {
    settings.open();
    const edits = [set('max_tokens', '5'), set('user_id', '"a"')];
    setting = { 'jiekou/x': { n: 2 }, 'deepseek/deepseek-v4-pro': { stop: 'y' } };
    await Promise.all(edits);
    assert.deepEqual(setting, { 'jiekou/x': { n: 2 }, 'deepseek/deepseek-v4-pro': { stop: 'y', max_tokens: 5, user_id: 'a' } });
  });

  it('refuse a value that does not fit, keep what was typed, and store nothing', async () => {
    settings.open();
    await set('max_tokens', '0');
    assert.deepEqual([written, row('max_tokens')?.value], [0, '0']);
    assert.match(words(row('max_tokens')?.problem) ?? '', /^max_tokens must be ≥ 1, ≤ 393216 \(https:/);
    await set('max_tokens', '5');
    assert.deepEqual([row('max_tokens')?.value, row('max_tokens')?.problem], ['5', undefined]);
    await set('stop', '[1');
    assert.match(words(row('stop')?.problem) ?? '', /not valid JSON/);
    await set('messages.role', '"system"');
    await set('constructor', '1');
    assert.deepEqual(setting, { 'deepseek/deepseek-v4-pro': { max_tokens: 5 } });
  });

  it('forget what was refused when another model is chosen or they are opened anew', async () => {
    settings.open();
    await set('max_tokens', '0');
    choice = { provider: deepseek, model: 'deepseek-v4-flash' };
    settings.refresh();
    assert.deepEqual([sheet()?.model, row('max_tokens')?.problem], ['deepseek-v4-flash', undefined]);
    await set('max_tokens', '0');
    settings.close();
    settings.open();
    assert.equal(row('max_tokens')?.problem, undefined);
  });

  it('take null for sending nothing, and store nothing where that is so anyhow', async () => {
    settings.open();
    await set('user_id', 'null');
    assert.deepEqual(setting, {});
    await set('thinking.type', 'null');
    assert.deepEqual(setting, { 'deepseek/deepseek-v4-pro': { thinking: { type: null } } });
    assert.deepEqual([row('thinking.type')?.value, row('thinking.type')?.origin], [undefined, 'person']);
    choice = { provider: jiekou, model: 'x' };
    settings.refresh();
    await set('max_tokens', 'null');
    assert.match(words(row('max_tokens')?.problem) ?? '', /requires/);
  });

  it('give back one value, or all of the model, and leave those of the service alone', async () => {
    setting = { deepseek: { max_tokens: 7 }, 'deepseek/deepseek-v4-pro': { max_tokens: 8, stop: 'x', user_id: 'a' }, 'deepseek/deepseek-v4-flash': { stop: 'y' } };
    settings.open();
    await settings.reset(shown(), 'max_tokens');
    assert.deepEqual([row('max_tokens')?.value, row('max_tokens')?.origin], ['7', 'person-for-service']);
    await settings.resetAll(shown());
    assert.deepEqual(setting, { deepseek: { max_tokens: 7 }, 'deepseek/deepseek-v4-flash': { stop: 'y' } });
  });

  it('overrule for the model what is set for its whole service, with a value or with nothing', async () => {
    setting = { deepseek: { 'user_id': 'a b', stop: 'x' } };
    settings.open();
    assert.match(words(row('user_id')?.problem) ?? '', /must match/);
    await set('user_id', 'null');
    await set('stop', '["y"]');
    assert.deepEqual(setting, { deepseek: { user_id: 'a b', stop: 'x' }, 'deepseek/deepseek-v4-pro': { user_id: null, stop: 'y' } });
    assert.deepEqual([row('user_id')?.value, row('user_id')?.origin, row('user_id')?.problem], [undefined, 'person', undefined]);
  });

  it('follow changes from outside while open, and stay closed while closed', () => {
    settings.refresh();
    assert.equal(sheet(), undefined);
    settings.open();
    setting = { 'deepseek/deepseek-v4-pro': { stop: 'z' } };
    settings.refresh();
    assert.equal(row('stop')?.value, '"z"');
    settings.close();
    settings.refresh();
    assert.equal(sheet(), undefined);
  });

  it('go on after a setting could not be written', async () => {
    const failing = createModelSettings({
      store,
      choice: () => choice,
      read: () => setting,
      update: async (next) => (next(setting) === undefined ? undefined : Promise.reject(new Error('The disk is full.'))),
    });
    failing.open();
    await assert.rejects(failing.set(shown(), 'user_id', '"a"'), /disk is full/);
    await failing.set(shown(), 'user_id', '"b c"');
    assert.match(words(row('user_id')?.problem) ?? '', /must match/);
  });

  it('have nothing to set for a service that does not exist', async () => {
    choice = { ...pro, unknownService: 'gone' };
    settings.open();
    await set('max_tokens', '5');
    assert.deepEqual([sheet()?.service, sheet()?.rows, setting], ['gone', [], {}]);
  });
});
