// `npm run pictures`: takes the README's pictures anew from the real workbench. Look at them before you commit them.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../workbench/places.ts';
import { openSession } from './session.ts';
import { writeWebp } from './webp.ts';

const session = await openSession({
  settings: () => ({ 'rivulet.model': 'deepseek/deepseek-flash', 'editor.minimap.enabled': false }),
  window: { theme: 'dark', viewport: { width: 1120, height: 720 } },
});
try {
  const { panel, window, write, simulator } = session;
  await write('src/retry.ts', await readFile(join(root, 'test', 'e2e', 'support', 'retrySample.txt'), 'utf8'));
  await panel.open();
  await window.resizeSidebar(380);
  await panel.setKey('DeepSeek', simulator.keys.deepseek);
  await panel.ask('What does src/retry.ts say in lines 3-9?');
  await window.openFile('src/retry.ts');
  await window.selectLines(3, 9);
  // The message that the key is kept goes away after five seconds.
  await window.page.waitForTimeout(5500);
  await mkdir(join(root, 'docs', 'screenshots'), { recursive: true });
  await writeWebp(window.page, await window.screenshot('readme-chat-dark'), join(root, 'docs', 'screenshots', 'chat-dark.webp'));
} finally {
  await session.close();
}
