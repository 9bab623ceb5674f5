import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession, type Session } from './support/session.ts';

describe('Coming from another tool', function () {
  this.timeout(180_000);
  let session: Session;
  let home: string;

  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'rivulet-home-'));
    session = await openSession({
      server: { environment: { HOME: home, DEEPSEEK_API_KEY: undefined, JIEKOU_API_KEY: undefined, IFLOW_API_KEY: undefined } },
      settings(simulator) {
        const config = [
          'name: Lin', 'version: 1.0.0', 'schema: v1', 'models:',
          '  - name: GLM', '    provider: openai', '    model: zai-org/glm-4.5', `    apiBase: ${simulator.bases.jiekou}`, `    apiKey: ${simulator.keys.jiekou}`,
          'prompts:', '  - name: shout', '    description: Says it loudly', '    prompt: Say {{{ input }}} loudly.', '',
        ];
        mkdirSync(join(home, '.continue'));
        writeFileSync(join(home, '.continue', 'config.yaml'), config.join('\n'));
        return { 'rivulet.baseUrls': {}, 'rivulet.model': 'deepseek/deepseek-flash', 'rivulet.promptsFolder': join(home, 'prompts') };
      },
    });
  });
  after(async () => {
    await session?.close();
    await rm(home, { recursive: true, force: true });
  });

  it('a person looks at what it has, ticks the key too, and asks their first question, all by keyboard', async () => {
    const { window, panel, simulator, server } = session;
    const { keyboard } = window.page;
    const frame = await panel.open();
    await frame.getByRole('button', { name: 'Look at what it has' }).press('Enter');
    await window.quickInput.titled('Coming from another tool').waitFor();
    await window.quickInput.rows.filter({ hasText: 'services: 1, models: 1, prompts: 1' }).waitFor();
    await keyboard.press('Enter');
    await window.quickInput.titled('What Continue has').waitFor();
    const row = (text: string | RegExp): ReturnType<typeof window.quickInput.rows.filter> => window.quickInput.rows.filter({ hasText: text });
    await row('A key for 127.0.0.1').waitFor();
    await window.screenshot('import-what-it-has');
    assert.ok(!(await window.quickInput.box.innerText()).includes(simulator.keys.jiekou), 'the key is not shown');
    // Service, key, model, prompt: the two in the middle are not ticked.
    for (const wanted of ['127.0.0.1', 'A key for 127.0.0.1', 'Use zai-org/glm-4.5 from now on']) {
      await keyboard.press('ArrowDown');
      await window.page.locator('.quick-input-list .monaco-list-row.focused').filter({ hasText: wanted }).waitFor();
      if (wanted !== '127.0.0.1') await keyboard.press('Space');
    }
    await keyboard.press('Enter');
    await window.page.locator('.notification-toast').getByText(/Taken over from Continue: services: 127\.0\.0\.1/).waitFor();
    await window.screenshot('import-taken-over');
    assert.equal(await readFile(join(home, 'prompts', 'shout.md'), 'utf8'), '# Says it loudly\n\nSay $ARGUMENTS loudly.\n');
    assert.ok(!(await readFile(server.settingsFile, 'utf8')).includes(simulator.keys.jiekou), 'the key is in no settings');
    await panel.ask('/shout good morning');
    const [request] = simulator.requests.filter(({ method }) => method === 'POST');
    assert.equal(request?.headers.authorization, `Bearer ${simulator.keys.jiekou}`);
    assert.match(JSON.stringify(request?.body), /Say good morning loudly\./);
  });
});
