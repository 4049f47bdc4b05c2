import type { MplpFileRule } from "../shared/define.js";
import { renaming } from "../shared/wording.js";

/** PS-4.1-1 for a whole file: if no event has a family, one finding replaces one for each line. */
export const fileHasFamilies: MplpFileRule = {
  evidence: "file",
  id: "file-has-families",
  clauses: ["PS-4.1-1"],
  alsoCites: ["PS-4.1-8"],
  title: "A log's events have an event_family",
  why: "event_family says which schema an event follows; without it nothing else of the event can be judged.",
  fix: "Give every event its event_family at top level, or check the runtime's observability log instead of this file.",
  judge: ({ withFamily, withoutFamily, familyUnderPayload, renames }) => {
    if (withFamily > 0 || withoutFamily === 0) return undefined;
    const message = "no record of this file has an event_family";
    if (familyUnderPayload < withoutFamily)
      return renames === undefined
        ? { message, hint: FAMILIES_BY_FIELD, pointer: "" }
        : { message: RENAMED, pointer: "", hint: renaming(renames) };
    return {
      message,
      hint: "event_family stands under payload here: move it, and the other core fields, to top level; if another program wrapped the events, check the log again with --unwrap /payload",
      pointer: "",
      clauses: ["PS-4.1-1", "PS-4.1-8"],
    };
  },
};

const FAMILIES_BY_FIELD =
  "the fields of an event show its family: graph_id belongs to graph_update, stage_id to pipeline_stage, execution_id to runtime_execution; events of the profiles need none, but an event_type such as SAStepStarted or MAPTurnDispatched";
const RENAMED = "no record of this file has an event_family: its events have their fields under other names";
