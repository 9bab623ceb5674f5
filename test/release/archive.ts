import JSZip from 'jszip';

/** The files of a package, by name. */
export type Contents = ReadonlyMap<string, Buffer>;

/** The files of a VSIX. */
export async function unpack(archive: Uint8Array): Promise<Contents> {
  const { files } = await JSZip.loadAsync(archive);
  const contents = new Map<string, Buffer>();
  for (const entry of Object.values(files)) if (!entry.dir) contents.set(entry.name, await entry.async('nodebuffer'));
  return contents;
}

/** A VSIX of these files whose bytes depend on nothing else: not on the time, its zone, the order on disk, the modes of files, or the processor. */
export async function pack(contents: Contents): Promise<Buffer> {
  const zip = new JSZip();
  const names = [...contents.keys()].sort((a, b) => (a < b ? -1 : 1));
  for (const name of names) zip.file(name, contents.get(name) ?? Buffer.alloc(0), { date: new Date(Date.UTC(2000, 0, 1)), createFolders: false });
  // Compressed by JavaScript: Node's own compression differs between versions and processors.
  return zip.generateAsync({ type: 'nodebuffer', platform: 'DOS', compression: 'DEFLATE', compressionOptions: { level: 9 } });
}
