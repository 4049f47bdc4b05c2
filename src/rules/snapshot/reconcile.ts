/** A change of node and edge counts. */
export interface Change {
  readonly nodes: number;
  readonly edges: number;
}

/** More sums than this are not tried: then nothing is said. So many changes, none of them 0, have more sums. */
export const MAX_SUMS = 1_000;

/**
 * All sums that a choice of some changes can have; undefined where they are too many to be tried.
 *
 * @returns sums by a key that is equal for equal ones
 */
export function sumsOfChoices(changes: readonly Change[]): ReadonlyMap<string, Change> | undefined {
  let sums = new Map([["0 0", { nodes: 0, edges: 0 }]]);
  for (const { nodes, edges } of changes) {
    const more = new Map(sums);
    for (const sum of sums.values()) {
      const next = { nodes: sum.nodes + nodes, edges: sum.edges + edges };
      more.set(keyOf(next), next);
    }
    if (more.size > MAX_SUMS) return undefined;
    sums = more;
  }
  return sums;
}

export function keyOf({ nodes, edges }: Change): string {
  return `${nodes} ${edges}`;
}

export function difference(a: Change, b: Change): Change {
  return { nodes: a.nodes - b.nodes, edges: a.edges - b.edges };
}
