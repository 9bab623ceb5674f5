/** A PNG of one red pixel, in base64 and as a `data:` URL. */
export const onePixelBase64 = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
export const onePixel = `data:image/png;base64,${onePixelBase64}`;

/** The first bytes of a file of the kind, with zeros behind them up to `size` bytes. */
export function fileOf(kind: 'png' | 'jpeg' | 'gif' | 'webp' | 'mp4' | 'quicktime' | 'webm' | 'heic' | 'matroska', size = 96): Uint8Array {
  const bytes = new Uint8Array(size);
  bytes.set(Uint8Array.from(beginnings[kind], (character) => character.charCodeAt(0)));
  return bytes;
}

const beginnings = {
  png: '\u0089PNG\r\n\u001A\n\0\0\0\rIHDR\0\0\0\u0010\0\0\0\u0010\u0008\u0006\0\0\0',
  jpeg: '\u00FF\u00D8\u00FF\u00E0\0\u0010JFIF\0',
  gif: 'GIF89a\u0010\0\u0010\0',
  webp: 'RIFF\u0024\0\0\0WEBPVP8 ',
  mp4: '\0\0\0\u0020ftypisom\0\0\u0002\0isomiso2avc1mp41',
  quicktime: '\0\0\0\u0014ftypqt  \0\0\u0002\0qt  ',
  webm: '\u001AE\u00DF\u00A3\u009FB\u0086\u0081\u0001B\u00F7\u0081\u0001B\u00F2\u0081\u0004B\u00F3\u0081\u0008B\u0082\u0084webm',
  heic: '\0\0\0\u0018ftypheic\0\0\0\0mif1heic',
  matroska: '\u001AE\u00DF\u00A3\u00A3B\u0086\u0081\u0001B\u00F7\u0081\u0001B\u00F2\u0081\u0004B\u00F3\u0081\u0008B\u0082\u0088matroska',
} as const;
