/** The first item of every kind, then the second of every kind, and so on; within a kind the order stays. */
export function spread<Item>(items: readonly Item[], kindOf: (item: Item) => string): readonly Item[] {
  const seen = new Map<string, number>();
  const ranked = items.map((item) => {
    const kind = kindOf(item);
    const rank = seen.get(kind) ?? 0;
    seen.set(kind, rank + 1);
    return { item, rank };
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
}
