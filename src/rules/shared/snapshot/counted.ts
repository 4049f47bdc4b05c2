/** What a snapshot counts. */
export const COUNTED = ["nodes", "edges"] as const;
export type Counted = (typeof COUNTED)[number];

/** A change of node and edge counts. */
export type Change = Readonly<Record<Counted, number>>;

export const SINGULAR = { nodes: "node", edges: "edge" } as const;
