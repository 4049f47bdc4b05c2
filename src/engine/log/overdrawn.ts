import type { Clause } from "../../model/clause.js";
import type { Quota } from "../../model/policy.js";
import { hasOthers, mergedDigests, type ValueDigests } from "../../model/value-digests.js";
import { clauseTallyOf, type FindingGroup, groupFor, type Ledger } from "../ledger.js";
import { mergeLocations } from "../merge-ledger.js";

/** The waived occurrences that draw on one quota. */
interface Drawn {
  count: number;
  values: ValueDigests;
}

/**
 * Takes back each waiver whose quota was exceeded: all of its findings count again.
 *
 * @param cap the number of locations to keep for each finding
 * @returns the number of occurrences by the name of each exceeded quota
 */
export function takeBackWaivers(
  ledger: Ledger,
  quotaOf: (name: string) => Quota | undefined,
  clauses: ReadonlyMap<string, Clause>,
  cap: number,
): ReadonlyMap<string, number> {
  const overdrawn = new Map<string, number>();
  const hints = new Map<string, string>();
  for (const [name, { count, values }] of drawnIn(ledger)) {
    const quota = quotaOf(name);
    if (quota === undefined) continue;
    const isOther = quota.values !== undefined && hasOthers(values, quota.values);
    if (count <= quota.atMost && !isOther) continue;
    overdrawn.set(name, count);
    hints.set(name, quota.hint);
  }
  for (const [key, group] of [...ledger.groups]) {
    const hint = hints.get(group.quota ?? "");
    if (hint === undefined) continue;
    ledger.groups.delete(key);
    takeBack(ledger, group, hint, clauses, cap);
  }
  return overdrawn;
}

function drawnIn(ledger: Ledger): ReadonlyMap<string, Drawn> {
  const drawn = new Map<string, Drawn>();
  for (const { quota, count, values = [] } of ledger.groups.values()) {
    if (quota === undefined) continue;
    const known = drawn.get(quota) ?? { count: 0, values: [] };
    drawn.set(quota, { count: known.count + count, values: mergedDigests(known.values, values) });
  }
  return drawn;
}

function takeBack(
  ledger: Ledger,
  { waiver: _waiver, quota: _quota, ...group }: FindingGroup,
  reason: string,
  clauses: ReadonlyMap<string, Clause>,
  cap: number,
): void {
  const hint = group.hint === undefined ? reason : `${group.hint}; ${reason}`;
  const own = groupFor(ledger, { ...group, hint });
  own.count += group.count;
  mergeLocations(own, group, cap);
  const { level, ownLevel = level } = group;
  if (ownLevel !== level) return;
  for (const id of group.clauses) {
    if (clauses.get(id)?.level !== level) continue;
    const tally = clauseTallyOf(ledger, id);
    tally.waived -= group.count;
    tally.violations += group.count;
  }
}
