import { thousands } from "../../model/counted.js";
import type { MplpLogRule } from "../shared/define.js";

const WITHOUT = { key: "without", value: true } as const;
const WITH = { key: "with", value: true } as const;

/** PS-4.1-9: how many events about a project's graph, stages and executions do not say of which project. */
export const projectIdLeftOut: MplpLogRule<true> = {
  evidence: "log",
  id: "project-id-left-out",
  clauses: ["PS-4.1-9"],
  title: "Events name their project",
  why: "Where several projects report into one log, an event without project_id is of none of them.",
  fix: "Put project_id into every event that is about a project; only events of the system itself have none.",
  scopes: ["graph_update", "pipeline_stage", "runtime_execution"],
  store: "map",
  order: "log",
  atLeast: 1,
  observe: ({ event }) => (event.project_id === undefined ? WITHOUT : WITH),
  keeps: "first",
  checks: (_key, [events]) => events?.count ?? 0,
  conclude: (kept, { emit }) => {
    const [without] = kept.of(WITHOUT.key);
    if (without === undefined) return;
    const [named] = kept.of(WITH.key);
    const count = without.count ?? 1;
    const all = count + (named?.count ?? 0);
    emit({
      at: without.at,
      message: "graph_update, pipeline_stage or runtime_execution events have no project_id",
      hint: `${thousands(count)} of ${thousands(all)} such events have none`,
      pointer: "",
      level: "NOTE",
    });
  },
};
