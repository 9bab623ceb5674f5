import assert from 'node:assert/strict';
import { say } from '../../src/protocol/localText.ts';
import { closeUnharmed, openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { askingWith } from './reviewStates.ts';
import { stateWith } from './states.ts';
import { foreignQuestion, pickerWith, toolGroups, toolStates } from './toolStates.ts';

describe('The choice of tools', () => {
  let page: OpenedPage;
  after(stopBrowser);
  beforeEach(async () => {
    page = await openPage();
  });
  afterEach(async () => closeUnharmed(page));

  const open = stateWith({ toolPicker: pickerWith() });
  const sheet = (): ReturnType<OpenedPage['browserPage']['getByRole']> => page.browserPage.getByRole('dialog', { name: 'Tools of this chat' });
  const search = (): ReturnType<OpenedPage['browserPage']['getByRole']> => page.browserPage.getByRole('searchbox', { name: 'Search tools' });
  const box = (name: string): ReturnType<OpenedPage['browserPage']['getByRole']> => sheet().getByRole('checkbox', { name, exact: true });
  const names = (): Promise<readonly string[]> => page.browserPage.locator('.tool-name').allTextContents();
  const press = (key: string): Promise<void> => page.browserPage.keyboard.press(key);
  const asked = async (): Promise<readonly unknown[]> => (await page.intents()).filter(({ type }) => type !== 'ready');
  const focused = (): Promise<string | null | undefined> => page.browserPage.evaluate(() => document.activeElement?.closest('.tool-row, .tool-group h3')?.textContent);

  it('is opened by a button that says how many are on, covers the chat, and gives the focus back', async () => {
    await page.show(stateWith({ tools: { on: 20, foreign: 2 } }));
    const button = page.browserPage.getByRole('button', { name: 'Tools of this chat: 20 on, 2 of them from others' });
    await button.focus();
    await press('Enter');
    assert.deepEqual(await asked(), [{ type: 'open-tools' }]);
    await page.push({ type: 'tool-picker-changed', picker: pickerWith() });
    await sheet().waitFor();
    assert.equal(await search().evaluate((field) => document.activeElement === field), true);
    await press('Escape');
    assert.deepEqual((await asked()).at(-1), { type: 'close-tools' });
    await page.push({ type: 'tool-picker-changed', picker: undefined });
    await sheet().waitFor({ state: 'detached' });
    assert.equal(await page.browserPage.evaluate(() => document.activeElement?.classList.contains('tools-button')), true);
  });

  it('shows own tools by what they do and others\' by who offers them, with what is on', async () => {
    await page.show(open);
    assert.deepEqual(await sheet().getByRole('region').evaluateAll((all) => all.map((region) => region.getAttribute('aria-label'))), ['Reading', 'Changing files, each change reviewed', 'Extension: Tide Tables', 'MCP server: everything', 'Not there now']);
    assert.deepEqual(await page.browserPage.locator('.tool-group-count').allTextContents(), ['11 of 12', '5 of 6', '1 of 1', '1 of 3', '1 of 1']);
    await sheet().getByText('20 on, 128 at most').waitFor();
    assert.deepEqual([await box('read_file').isChecked(), await box('rename_symbol').isChecked(), await box('tides_forecast').isChecked(), await box('get_changes').isEnabled()], [true, false, true, false]);
    assert.equal(await box('All of MCP server: everything').evaluate((element) => (element as HTMLInputElement).indeterminate), true);
  });

  it('is a matter of the keyboard alone: arrows lead from box to box, Space switches, Tab leaves the list at once', async () => {
    await page.show(open);
    await press('ArrowDown');
    assert.match((await focused()) ?? '', /^Reading/);
    await press('ArrowDown');
    assert.match((await focused()) ?? '', /^read_file/);
    await press('Space');
    assert.deepEqual((await asked()).at(-1), { type: 'choose-tools', ids: ['own.read_file'], isOn: false });
    await press('End');
    assert.match((await focused()) ?? '', /^mcp_gone_search/);
    assert.equal(await sheet().locator('.tool-box[tabindex="0"]').count(), 1);
    await press('Home');
    await press('ArrowUp');
    assert.equal(await search().evaluate((field) => document.activeElement === field), true);
  });

  it('switches all tools of a group, and those that are not there cannot be switched on', async () => {
    await page.show(open);
    await box('All of MCP server: everything').click();
    const [group] = toolGroups.filter(({ id }) => id === 'server everything');
    assert.deepEqual((await asked()).at(-1), { type: 'choose-tools', ids: group?.tools.map(({ id }) => id), isOn: true });
    await box('All of Extension: Tide Tables').click();
    assert.deepEqual((await asked()).at(-1), { type: 'choose-tools', ids: ['other.tides_forecast'], isOn: false });
    await box('mcp_gone_search').click();
    assert.deepEqual((await asked()).at(-1), { type: 'choose-tools', ids: ['other.mcp_gone_search'], isOn: false });
  });

  it('is searched by names, descriptions and who offers them, and the words go before the choice does', async () => {
    await page.show(open);
    await search().fill('HARBOUR');
    assert.deepEqual(await names(), ['tides_forecast']);
    await sheet().getByText('1 tool', { exact: true }).waitFor();
    await search().fill('everything echo');
    assert.deepEqual(await names().then((all) => all.filter((name) => name === 'mcp_everything_echo')), ['mcp_everything_echo']);
    await search().fill('nowhere');
    await sheet().locator('.chats-search').getByText('No tool has these words.').waitFor();
    await press('Escape');
    assert.deepEqual([await search().inputValue(), (await names()).length > 20, await asked()], ['', true, []]);
  });

  it('says why there are no more, and the box that was pressed shows what is', async () => {
    await page.show(toolStates['tools-many'] ?? open);
    const unchosen = box('mcp_many_tool_200');
    await unchosen.click();
    await page.push({ type: 'tool-picker-changed', picker: pickerWith({ groups: [...(toolStates['tools-many']?.toolPicker?.groups ?? [])], on: 128, refusal: say('That would make {0} tools, and services take at most {1}. Switch others off first.', 129, 128) }) });
    await sheet().getByText('That would make 129 tools').waitFor();
    assert.equal(await unchosen.isChecked(), false);
  });

  it('writes hidden characters of others out, and says what is missing where nobody offers any', async () => {
    await page.show(open);
    assert.match(await page.browserPage.locator('.tool-description', { hasText: 'Long.' }).textContent() ?? '', /\\u\{202E\}hidden/);
    await page.show(toolStates['tools-none'] ?? open);
    await sheet().getByText('No other extension and no MCP server offers tools in this window.').waitFor();
    await page.show(toolStates['tools-untrusted'] ?? open);
    await sheet().getByText('Restricted Mode: no tool goes to the model until you trust this workspace.').waitFor();
  });

  it('keeps the focus where it was when what is offered changes, and moves it to the search when its tool goes', async () => {
    await page.show(open);
    await box('tides_forecast').focus();
    await page.push({ type: 'tool-picker-changed', picker: pickerWith({ on: 19 }) });
    assert.match((await focused()) ?? '', /^tides_forecast/);
    await page.push({ type: 'tool-picker-changed', picker: pickerWith({ groups: toolGroups.filter(({ id }) => !id.includes('Tide')) }) });
    await page.browserPage.waitForFunction(() => document.activeElement?.getAttribute('type') === 'search');
  });
});

describe('A call of somebody else\'s tool', () => {
  let page: OpenedPage;
  after(stopBrowser);
  beforeEach(async () => {
    page = await openPage();
  });
  afterEach(async () => closeUnharmed(page));

  it('is asked with its exact arguments, hidden characters written out, and the button that stands out is the no', async () => {
    await page.show(askingWith([foreignQuestion]));
    const card = page.browserPage.getByRole('group', { name: 'Let the model call mcp_everything_echo of MCP: everything?' });
    assert.equal(await card.getByRole('group', { name: 'Arguments' }).textContent(), '{\n  "message": "Hello,\\u{202E} world",\n  "times": 3\n}');
    assert.deepEqual(await card.getByRole('button').evaluateAll((all) => all.map((button) => [button.textContent, button.className])), [["Don't allow", 'push primary'], ['Allow once…', 'push secondary'], ['Allow in this chat…', 'push secondary']]);
    await card.getByRole('button', { name: 'Allow in this chat…' }).click();
    assert.deepEqual((await page.intents()).at(-1), { type: 'permit', token: 'token-p', allow: true, reach: 'chat' });
    await page.push({ type: 'item-changed', turnId: 't1', item: { ...foreignQuestion, token: 'token-q' } });
    await card.getByRole('button', { name: 'Allow once…' }).click();
    assert.deepEqual((await page.intents()).at(-1), { type: 'permit', token: 'token-q', allow: true, reach: 'once' });
  });

  it('is said to be made without asking for as long as it is, over the choice of tools too, and that can be ended there', async () => {
    await page.show(toolStates['tools-unasked'] ?? stateWith({}));
    await page.push({ type: 'tool-picker-changed', picker: pickerWith() });
    const strip = page.browserPage.getByRole('region', { name: 'Called without asking in this chat: mcp_everything_echo, tides_forecast' });
    await page.browserPage.getByText('Edits allowed in this chat').waitFor();
    await strip.getByRole('button', { name: 'Ask again' }).click();
    assert.deepEqual((await page.intents()).at(-1), { type: 'ask-again' });
    await page.push({ type: 'unasked-changed', unasked: [] });
    await strip.waitFor({ state: 'detached' });
  });
});
