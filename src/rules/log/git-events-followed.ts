import { logRule } from "../shared/define.js";
import { integrationFollowed } from "../shared/log/integration-followed.js";

/** IS-4.2-3: the metadata of commits is stored in the PSG. */
export const gitEventsFollowed = logRule({
  ...integrationFollowed("git_event", "IS-4.2-3"),
  id: "git-events-followed",
  title: "Git events reach the PSG",
  why: "Without the commit in the PSG nobody can say which change of the code a plan step belongs to.",
  fix: "Emit a graph_update that stores the commit's metadata after every git_event.",
});
