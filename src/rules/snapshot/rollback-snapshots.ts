import type { Group } from "../../model/group.js";
import { logRule } from "../shared/define.js";
import { countSnapshots, type GraphValue } from "../shared/snapshot/graph-observation.js";
import { windowsOf } from "../shared/snapshot/snapshot-window.js";
import { graphs } from "../sources/graphs.js";

/** Of more snapshots of one graph, no equal ones are looked for: one rollback is enough to show the clause. */
const MAX_SNAPSHOTS = 1_000_000;

/** RG-7.2-2: a bulk update after which a snapshot equals an earlier one shows a rollback. */
export const rollbackSnapshots = logRule({
  id: "rollback-snapshots",
  clauses: ["RG-7.2-2"],
  claim: "runtime",
  title: "A rollback restores a snapshot",
  why: "A runtime that cannot go back has to live with every wrong step of an agent.",
  fix: "Take a snapshot before and after a rollback, with nodes and edges, and name the files beside the log.",
  source: graphs,
  atLeast: 2,
  checks: (_graph, observations) => rollbacksIn(observations),
});

function rollbacksIn(observations: Group<GraphValue>): number {
  if (countSnapshots(observations) < 2) return 0;
  const earlier = new Set<number>();
  let rollbacks = 0;
  let previous: number | undefined;
  for (const { before, after, inside, atBefore, atAfter } of windowsOf(observations)) {
    previous ??= before.listed.content;
    if (previous !== undefined && earlier.size < MAX_SNAPSHOTS) earlier.add(previous);
    const { content } = after.listed;
    const hasBulk = [inside, atBefore, atAfter].some(({ kinds }) => kinds.has("bulk"));
    if (hasBulk && content !== undefined && content !== previous && earlier.has(content)) rollbacks++;
    previous = content;
  }
  return rollbacks;
}
