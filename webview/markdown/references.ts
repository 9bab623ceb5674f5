/** The targets that `[label]: target` lines define, wherever they stand; the first of a label counts. */
export interface References {
  /**
   * Takes a definition and says whether it changes anything. One that is not whole yet, for the text still grows there,
   * gives way to a later form of itself.
   */
  define(label: string, target: string, definition: { readonly isWhole: boolean }): boolean;
  targetOf(label: string): string | undefined;
}

/** Makes an empty table. */
export function createReferences(): References {
  const known = new Map<string, { readonly target: string; readonly isWhole: boolean }>();
  return {
    define(label, target, { isWhole }) {
      const key = normalised(label);
      const before = known.get(key);
      if (key === '' || before?.isWhole === true) return false;
      known.set(key, { target, isWhole });
      return before?.target !== target;
    },
    targetOf: (label) => known.get(normalised(label))?.target,
  };
}

function normalised(label: string): string {
  // Both ways, as CommonMark asks: some letters meet only in lower case, others only in upper case.
  return label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase();
}
