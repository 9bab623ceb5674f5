import assert from 'node:assert/strict';
import { eventually } from '../workbench/eventually.ts';
import { openSession, type Session } from './support/session.ts';

const languages = [
  { locale: 'zh-cn', focus: 'Rivulet: 转到对话', setKey: 'Rivulet: 设置 API 密钥', walkthrough: 'Rivulet: 打开演练', steps: ['Rivulet 入门', '选择模型并设置密钥', '提出第一个问题', '让模型解释和修改代码', '指定随问题发送的内容', '了解内容存放位置和费用'], placeholder: /提问/, explain: '解释' },
  { locale: 'zh-tw', focus: 'Rivulet: 移至對話', setKey: 'Rivulet: 設定 API 金鑰', walkthrough: 'Rivulet: 開啟逐步解說', steps: ['Rivulet 入門', '選擇模型並設定金鑰', '提出第一個問題', '讓模型解釋與修改程式碼', '指定隨問題傳送的內容', '了解內容存放位置與費用'], placeholder: /提問/, explain: '解釋' },
] as const;

for (const { locale, focus, setKey, placeholder, walkthrough, steps } of languages) {
  describe(`The panel in ${locale}`, function () {
    this.timeout(120_000);
    let session: Session;

    before(async () => {
      session = await openSession({ settings: () => ({ 'rivulet.model': 'deepseek/deepseek-flash' }), server: { locale }, chunkDelayMs: 10 });
    });
    after(() => session.close());

    it('speaks the language in manifest, host and page, and answers in it', async () => {
      const { window, simulator } = session;
      await window.runCommand(focus);
      const frame = await window.chatFrame();
      await frame.locator('textarea').first().waitFor();
      await window.screenshot(`welcome-${locale}`);
      // The model's name stands in two parts, on lines of their own.
      const words = (await frame.locator('#app').innerText()).replaceAll(new RegExp(`DeepSeek|VS Code|API|Rivulet|${Array.from('deepseek-flash').join(String.raw`\s*`)}`, 'g'), '');
      assert.doesNotMatch(words, /[A-Za-z]{3,}/, 'no English is left over');

      await window.runCommand(setKey, 'DeepSeek');
      await window.answer(simulator.keys.deepseek, /DeepSeek 的 API/);
      await window.quickInput.box.waitFor({ state: 'hidden' });
      // With a key there is what one can ask; before, the panel takes no question.
      await frame.locator('.prompt:not(.choice)').first().waitFor();

      const composer = frame.locator('textarea');
      assert.match(await eventually(async () => (await composer.first().getAttribute('placeholder')) ?? '', (text) => placeholder.test(text)), placeholder);
      await composer.first().fill('README.md 的第1行是什么？');
      await composer.first().press('Enter');
      await frame.locator('article.turn .answer').getByText('# Sample').waitFor();
      await frame.locator('.usage').waitFor();
      await window.screenshot(`chat-${locale}`);
    });

    it('leads through the first steps in it', async () => {
      const { window } = session;
      await window.runCommand(walkthrough);
      for (const step of steps) await window.page.locator('.gettingStartedContainer').getByText(step, { exact: true }).filter({ visible: true }).first().waitFor();
      await window.screenshot(`walkthrough-${locale}`);
    });
  });
}
