import { thousands } from "../../model/counted.js";
import { logRule } from "../shared/define.js";
import { projectsNamed } from "../sources/events.js";

/** PS-4.1-9: how many events about a project's graph, stages and executions do not say of which project. */
export const projectIdLeftOut = logRule({
  id: "project-id-left-out",
  clauses: ["PS-4.1-9"],
  title: "Events name their project",
  why: "If several projects write to one log, nobody knows to which of them an event without project_id belongs.",
  fix: "Put project_id into every event that is about a project; leave it out of events of the system itself only.",
  source: projectsNamed,
  checks: (_key, [events]) => events?.count ?? 0,
  conclude: (kept, { emit }) => {
    const [without] = kept.of("without");
    if (without === undefined) return;
    const [named] = kept.of("with");
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
});
