import type { Change } from "./counted.js";

/** More sums than this are not tried. So many changes, none of them 0, have more sums. */
export const MAX_SUMS = 1_000;

export const NOTHING: Change = { nodes: 0, edges: 0 };

/** The sums that choices of some changes can have. */
export interface Sums {
  /** By a key that is equal for equal ones. */
  readonly byKey: ReadonlyMap<string, Change>;
  /** False where they are too many to be tried: then none and all of the changes are. */
  readonly isWhole: boolean;
}

export function sumsOf(sums: readonly Change[], isWhole = true): Sums {
  return { byKey: new Map(sums.map((sum) => [keyOf(sum), sum])), isWhole };
}

/**
 * The sums of all choices of some changes.
 *
 * @param total of all changes, of which `changes` holds the first ones: more than can be tried, or all
 */
export function sumsOfChoices(changes: readonly Change[], total: Change): Sums {
  let sums = new Map([[keyOf(NOTHING), NOTHING]]);
  for (const { nodes, edges } of changes) {
    const more = new Map(sums);
    for (const sum of sums.values()) {
      const next = { nodes: sum.nodes + nodes, edges: sum.edges + edges };
      more.set(keyOf(next), next);
    }
    if (more.size > MAX_SUMS) return sumsOf([NOTHING, total], false);
    sums = more;
  }
  return { byKey: sums, isWhole: true };
}

export function keyOf({ nodes, edges }: Change): string {
  return `${nodes} ${edges}`;
}

export function difference(a: Change, b: Change): Change {
  return { nodes: a.nodes - b.nodes, edges: a.edges - b.edges };
}
