/** What a snapshot counts. */
export const COUNTED = ["nodes", "edges"] as const;
export type Counted = (typeof COUNTED)[number];

/** A change of node and edge counts. */
export type Change = Readonly<Record<Counted, number>>;

export const SINGULAR = { nodes: "node", edges: "edge" } as const;

/** A number as a change is written. */
export function signed(count: number): string {
  return count < 0 ? String(count) : `+${count}`;
}
