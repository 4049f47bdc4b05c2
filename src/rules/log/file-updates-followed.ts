import { logRule } from "../shared/define.js";
import { integrationFollowed } from "../shared/log/integration-followed.js";

/** IS-4.2-1: the PSG is updated after file updates. */
export const fileUpdatesFollowed = logRule({
  ...integrationFollowed("file_update_event", "IS-4.2-1"),
  id: "file-updates-followed",
  title: "File updates reach the PSG",
  why: "A file that changed without a graph_update after it is a file the runtime reasons about as it was.",
  fix: "Emit a graph_update of the project once a file_update_event is taken in.",
});
