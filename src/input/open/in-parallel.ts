/** How many files are open at a time while a folder is looked through. */
const AT_ONCE = 16;

/** What an operation gives for each of some items, in their order; a bounded number of them is under way at a time. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  operation: (item: Item) => Promise<Result>,
  signal?: AbortSignal,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const work = async (): Promise<void> => {
    for (const [index, item] of queue) {
      signal?.throwIfAborted();
      results[index] = await operation(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, work));
  return results;
}
