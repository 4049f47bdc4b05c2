import type { Observer } from "../../model/chart.js";
import type { Group } from "../../model/group.js";
import type { Kept, Observation } from "../../model/rule.js";
import type { Source } from "../../model/source.js";
import { comparePositions } from "../ledger.js";
import type { KeysJudged } from "./keys-judged.js";

/**
 * True if the keys of a source can be dealt into partitions: unless observations are combined or only counted, or a rule
 * concludes from all keys at once.
 */
export function isDealt({ source: { store }, rules }: Pick<Observer, "source" | "rules">): boolean {
  if (store === "bins") return false;
  return rules.every(({ source, conclude, concludesFrom = "keys" }) => {
    if (concludesFrom === "partition") return true;
    return source.combine === undefined && (conclude === undefined || concludesFrom !== "keys");
  });
}

/** What partitions of the keys have shown of one rule. */
export interface Dealt {
  readonly keys: KeysJudged;
  /** For a rule that concludes from the first observations of each key: these. */
  readonly kept: Map<string, Observation<unknown>[]>;
}

/** What partitions have left of a rule's keys, as the rule sees it when it concludes. */
export function keptOf({ keys, kept }: Dealt, { read }: Source): Kept<unknown> {
  const groups = [...kept].sort(([, [a]], [, [b]]) =>
    a === undefined || b === undefined ? 0 : comparePositions(a.at, b.at),
  );
  return {
    size: keys.size,
    sums: keys.sums,
    of: (key) => kept.get(key) ?? [],
    *groups() {
      for (const [key, observations] of groups) yield [key, countedGroup(observations, read)];
    },
  };
}

/** A group whose length is the number of observations that its combined ones stand for. */
function countedGroup(kept: readonly Observation<unknown>[], read: Source["read"]): Group<unknown> {
  const observations =
    read === undefined ? kept : kept.map((one) => ({ ...one, value: read(one.value, one.attachment) }));
  return {
    length: observations.reduce((sum, { count = 1 }) => sum + count, 0),
    at: (index) => observations.at(index),
    [Symbol.iterator]: () => observations[Symbol.iterator](),
  };
}

/**
 * The first observations of a group: this number of each input, and all with an attachment. The last one of an input
 * counts for those that are left out.
 */
export function firstsOf(group: Group<unknown>, most: number): readonly Observation<unknown>[] {
  const firsts: Observation<unknown>[] = [];
  let inInput = 0;
  for (const observation of group) {
    const last = firsts.at(-1);
    if (last?.at.input !== observation.at.input) inInput = 0;
    if (last !== undefined && inInput >= most && observation.attachment === undefined)
      firsts[firsts.length - 1] = { ...last, count: (last.count ?? 1) + 1 };
    else firsts.push(observation);
    inInput++;
  }
  return firsts;
}
