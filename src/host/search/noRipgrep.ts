/** A ripgrep that could not be started at all. */
export class NoRipgrep extends Error {
  override readonly name = 'NoRipgrep';
  /** It never can be; otherwise it was this search, its folder, or the machine at this moment. */
  readonly isLasting: boolean;

  constructor(message: string, { isLasting }: { readonly isLasting: boolean }) {
    super(message);
    this.isLasting = isLasting;
  }
}
