import type { Judging, Kept, Observation } from "../../model/rule.js";
import type { ClauseId } from "../../protocol/clauses/clauses.js";
import { logRule } from "../shared/define.js";
import { isAhead } from "../shared/log/order.js";
import { NO_PROJECT, projectGraphs } from "../sources/graphs.js";

const CLAUSE = "RG-7.1-4";

/** RG-7.1-4, as far as a log weakens it: a project has one graph, and a graph has one project. */
export const singleGraphPerProject = logRule({
  id: "single-graph-per-project",
  clauses: [CLAUSE],
  title: "A project has one graph",
  why: "If the state of a project is spread over several graphs, none of them is the single source of truth.",
  fix: "Keep one PSG for each project, or give each graph's project an id of its own.",
  source: projectGraphs,
  atLeast: 2,
  // A log without findings does not demonstrate the clause either: that needs an attestation.
  checks: () => 0,
  judge: (project, [first, second], judging) => {
    if (project === NO_PROJECT || first === undefined || second === undefined) return;
    weaken(judging, "one project_id has several graph_ids", "/graph_id", first, second);
  },
  conclude: (kept, judging) => {
    const [first, second] = kept.size === 1 ? kept.of(NO_PROJECT) : [];
    if (first !== undefined && second !== undefined)
      weaken(
        judging,
        "no graph_update names a project, and there are several graph_ids",
        "/graph_id",
        first,
        second,
      );
    for (const [one, other] of sharedGraphs(kept))
      weaken(judging, "one graph_id has several project_ids", "/project_id", one, other);
  },
});

function weaken(
  { emit, leaveOpen }: Pick<Judging<ClauseId>, "emit" | "leaveOpen">,
  message: string,
  pointer: string,
  first: Observation<string>,
  second: Observation<string>,
): void {
  leaveOpen(CLAUSE, message);
  emit({ at: second.at, related: [first.at], message, pointer, level: "NOTE" });
}

type Pair = [first: Observation<string>, second: Observation<string>];

/** For each graph of several projects, where its first two come up. */
function sharedGraphs(kept: Kept<string>): readonly Pair[] {
  const first = new Map<string, Observation<string>>();
  const pairs = new Map<string, Pair>();
  for (const [project, observations] of kept.groups()) {
    if (project === NO_PROJECT) continue;
    for (const observation of observations) {
      const { value: graph } = observation;
      const known = pairs.get(graph) ?? [first.get(graph)].filter((one) => one !== undefined);
      if (known.length === 0) first.set(graph, observation);
      else pairs.set(graph, [...known, observation].sort(inLogOrder).slice(0, 2) as Pair);
    }
  }
  return [...pairs.values()];
}

function inLogOrder(a: Observation<string>, b: Observation<string>): number {
  return isAhead(a, b) ? -1 : Number(isAhead(b, a));
}
