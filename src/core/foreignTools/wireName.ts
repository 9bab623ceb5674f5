/** What services take for a tool's name. */
export const wireNames = /^[a-zA-Z0-9_-]{1,64}$/;

/** A name that services take for a tool that its owner calls `name`, and that is not `taken`. */
export function wireName(name: string, taken: ReadonlySet<string>): string {
  const plain = name.replaceAll(/[^a-zA-Z0-9_-]+/g, '_').slice(0, 64);
  const wanted = /[a-zA-Z0-9]/.test(plain) ? plain : 'tool';
  if (!taken.has(wanted)) return wanted;
  for (let count = 2; ; count += 1) {
    const next = `${wanted.slice(0, 64 - `_${count}`.length)}_${count}`;
    if (!taken.has(next)) return next;
  }
}
