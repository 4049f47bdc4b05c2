/**
 * Delta debugging (Zeller and Hildebrandt 2002): a part of a list, in its order, that still holds, and no longer does
 * without any one of its items. Takes away halves first, then smaller and smaller stretches.
 *
 * @param items a list that holds
 * @param holds asked about ever smaller lists; the same answer for the same list
 */
export async function smallest<Item>(
  items: readonly Item[],
  holds: (items: readonly Item[]) => Promise<boolean>,
): Promise<readonly Item[]> {
  if (items.length === 0 || (await holds([]))) return [];
  let left = items;
  for (let size = left.length >> 1; size > 0; ) {
    const before = left.length;
    left = await withoutStretches(left, size, holds);
    // Without the one that has gone, another may be of no use either.
    if (size > 1 || left.length === before) size >>= 1;
  }
  return left;
}

async function withoutStretches<Item>(
  items: readonly Item[],
  size: number,
  holds: (items: readonly Item[]) => Promise<boolean>,
): Promise<readonly Item[]> {
  let left = items;
  for (let start = 0; start < left.length && left.length > 1; ) {
    const rest = [...left.slice(0, start), ...left.slice(start + size)];
    if (rest.length > 0 && (await holds(rest))) left = rest;
    else start += size;
  }
  return left;
}
