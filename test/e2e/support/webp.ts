import { readFile, writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';

/** Writes a picture anew as WebP, a third of the size, with another page of the browser that `beside` is in. */
export async function writeWebp(beside: Page, from: string, to: string): Promise<void> {
  const source = `data:image/png;base64,${(await readFile(from)).toString('base64')}`;
  const browser = beside.context().browser();
  if (browser === null) throw new Error('The page is in no browser that could open another one.');
  // A context that came with its only page gives no other one.
  const page = await browser.newPage();
  try {
    const encoded = await page.evaluate(async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.naturalWidth;
      canvas.height = image.naturalHeight;
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      return canvas.toDataURL('image/webp', 0.8);
    }, source);
    await writeFile(to, Buffer.from(encoded.replace('data:image/webp;base64,', ''), 'base64'));
  } finally {
    await page.close();
  }
}
