/*
 * Names compared as the most forgiving file system would: what is equal on any of them is equal here. Too much may count
 * as equal, which costs a question; too little would cost a secret (docs/safety.md B5).
 */

/**
 * A name without its case and its compatible spellings. Upper case first, for APFS takes `ß` for `ss`; the dot above is
 * what is left of a Turkish capital I.
 */
export function foldName(name: string): string {
  if (/^[ -~]*$/.test(name)) return name.toLowerCase();
  return name.normalize('NFKC').toUpperCase().normalize('NFKC').toLowerCase().replaceAll('\u0307', '');
}

/**
 * The names that a segment of a path may stand for, folded: as it is, without the dots and blanks that Windows drops at
 * the end, and without a stream, for `.env::$DATA` opens `.env`.
 */
export function namesOf(segment: string): readonly string[] {
  const whole = trim(foldName(segment));
  const plain = trim(whole.replace(/:.*$/s, ''));
  return plain === whole ? [whole] : [whole, plain];
}

function trim(name: string): string {
  return name.replace(/^ +/, '').replace(/[. ]+$/, '');
}

/** The segments of a path, as names. A full-width slash is one of the spellings of a slash. */
export function segmentsOf(path: string): readonly string[] {
  return path.split(/[/\\\uFF0F\uFF3C]/).filter((segment) => segment !== '' && segment !== '.');
}

/**
 * Whether it has the form of the short names that FAT and NTFS give to long ones: `PROGRA~1`, and `VSCODE~1` for
 * `.vscode`. Such a name leads to another file wherever one of those disks is mounted, on any system.
 */
export function isShortName(segment: string): boolean {
  return /^[^.~]{1,7}~\d{1,6}(\.[^.]{0,3})?$/.test(foldName(segment)) && foldName(segment).replace(/\..*$/s, '').length <= 8;
}
