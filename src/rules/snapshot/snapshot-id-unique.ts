import { logRule } from "../shared/define.js";
import { snapshotIds } from "../sources/ids.js";

const CLAUSE = "RG-7.1-2";
const MESSAGE = "snapshot_id is that of another snapshot with other content";

/** RG-7.1-2: if two snapshots of any graphs have one id and different contents, nobody knows which one is meant. */
export const snapshotIdUnique = logRule({
  id: "snapshot-id-unique",
  clauses: [CLAUSE],
  title: "snapshot_id is unique",
  why: "Two snapshots with one id cannot both be the one that was taken: what they show together is no evidence.",
  fix: "Make a new id for every snapshot; hand a snapshot over again only as it was.",
  source: snapshotIds,
  atLeast: 2,
  checks: () => 0,
  judge: (_id, [first, ...others], { emit, leaveOpen }) => {
    if (first === undefined || others.length === 0) return;
    leaveOpen(CLAUSE, "one snapshot_id has several contents");
    for (const { at } of others)
      emit({ at, related: [first.at], message: MESSAGE, pointer: "/snapshot_id", level: "NOTE" });
  },
});
