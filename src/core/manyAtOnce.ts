/** Does the action for every item, several at the same time; rejects with the first failure, and then begins no more. */
export async function manyAtOnce<Item>(items: readonly Item[], action: (item: Item, index: number) => Promise<void>): Promise<void> {
  const rest = [...items.entries()].toReversed();
  let failed = false;
  const worker = async (): Promise<void> => {
    for (let next = rest.pop(); next !== undefined && !failed; next = rest.pop()) {
      try {
        await action(next[1], next[0]);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(16, items.length) }, worker));
}
