import { readFile, writeFile } from 'node:fs/promises';
import type { BrowserContext } from 'playwright-core';

/** Writes a picture anew as WebP, a third of the size. */
export async function writeWebp(context: BrowserContext, from: string, to: string): Promise<void> {
  const source = `data:image/png;base64,${(await readFile(from)).toString('base64')}`;
  const page = await context.newPage();
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
