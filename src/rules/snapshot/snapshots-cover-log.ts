import type { Group } from "../../model/group.js";
import type { Judging, Observation } from "../../model/rule.js";
import type { ClauseId } from "../../protocol/clauses/clauses.js";
import { logRule } from "../shared/define.js";
import { isAfter, isBefore } from "../shared/log/order.js";
import {
  countSnapshots,
  type GraphValue,
  isSnapshot,
  snapshotIn,
  updateIn,
} from "../shared/snapshot/graph-observation.js";
import { graphs } from "../sources/graphs.js";

const CLAUSE = "RG-7.1-2";

const REASON =
  "not every graph_update lies between two snapshots of its graph: name two of each graph, one before the log and one after it";

const ALONE = "a graph has one snapshot and no graph_update: nothing shows whether it has changed";

/**
 * RG-7.1-2: snapshots show changes between them, and a claim needs the whole log. Updates before the first snapshot of
 * their graph or after the last one leave the clause open. So does a snapshot that is compared with nothing.
 */
export const snapshotsCoverLog = logRule({
  id: "snapshots-cover-log",
  clauses: [CLAUSE],
  claim: "runtime",
  title: "The snapshots cover the whole log",
  why: "Snapshots of another time or of another graph cannot confirm this log.",
  fix: "Take a snapshot of each graph before the first event of the log and one after the last.",
  source: graphs,
  checks: () => 0,
  judge: (_graph, observations, judging) => {
    const { emit, leaveOpen } = judging;
    const outside = firstOutside(observations);
    if (outside === undefined) {
      if (countSnapshots(observations) === 1) sayAlone(observations, judging);
      return;
    }
    leaveOpen(CLAUSE, REASON);
    if (countSnapshots(observations) === 0) return;
    emit({
      at: outside.at,
      message:
        "a graph has graph_updates that do not lie between two of its snapshots; here is the first of them",
      pointer: "/graph_id",
      level: "NOTE",
    });
  },
});

function sayAlone(observations: Group<GraphValue>, { emit, leaveOpen }: Judging<ClauseId>): void {
  leaveOpen(CLAUSE, ALONE);
  for (const observation of observations)
    if (isSnapshot(observation))
      emit({
        at: observation.at,
        message: ALONE,
        hint: "name a second snapshot of the graph, from before or after",
        pointer: "/graph_id",
        level: "NOTE",
      });
}

/** The first update that lies before all snapshots, or after all of them. */
function firstOutside(observations: Group<GraphValue>): Observation<GraphValue> | undefined {
  if (countSnapshots(observations) === 0) return firstUpdate(observations);
  let first: Observation<GraphValue> | undefined;
  let last: Observation<GraphValue> | undefined;
  for (const observation of observations) {
    if (snapshotIn(observation) === undefined) continue;
    first ??= observation;
    last = observation;
  }
  for (const observation of observations) {
    if (updateIn(observation) === undefined) continue;
    if (first === undefined || last === undefined || first === last) return observation;
    if (isBefore(observation, first) || isAfter(observation, last)) return observation;
  }
  return undefined;
}

function firstUpdate(observations: Group<GraphValue>): Observation<GraphValue> | undefined {
  for (const observation of observations) if (updateIn(observation) !== undefined) return observation;
  return undefined;
}
