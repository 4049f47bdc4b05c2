import { logRule } from "../shared/define.js";
import { integrationFollowed } from "../shared/log/integration-followed.js";

/** IS-4.2-1: the PSG is updated after file updates. */
export const fileUpdatesFollowed = logRule({
  ...integrationFollowed("file_update_event", "IS-4.2-1"),
  id: "file-updates-followed",
  title: "File updates reach the PSG",
  why: "If no graph_update follows the change of a file, the runtime reasons about the file's old content.",
  fix: "Emit a graph_update of the project after each file_update_event.",
});
