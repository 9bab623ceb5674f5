/** A ripgrep that could not be started at all. */
export class NoRipgrep extends Error {
  /** On Node two bundles hold a copy each of this class, and each must know the other's. */
  static override [Symbol.hasInstance](value: unknown): value is NoRipgrep {
    return value instanceof Error && value.name === 'NoRipgrep';
  }

  override readonly name = 'NoRipgrep';
  /** It never can be; otherwise it was this search, its folder, or the machine at this moment. */
  readonly isLasting: boolean;

  constructor(message: string, { isLasting }: { readonly isLasting: boolean }) {
    super(message);
    this.isLasting = isLasting;
  }
}
