import type { MplpLogRule } from "../define.js";
import { type Base, integrationFollowed } from "./integration-followed.js";

/** IS-4.2-3: commits, pushes and merges are reported, and the PSG is updated after them. */
export const gitEventsFollowed: MplpLogRule<Base> = {
  ...integrationFollowed("git_event", "event_kind", ["commit", "push", "merge"], "IS-4.2-3"),
  id: "git-events-followed",
  title: "Git events are covered and reach the PSG",
  why: "Without the commit in the PSG nobody can say which change of the code a plan step belongs to.",
  fix: "Emit git_events on commit, push and merge, and a graph_update that stores the commit's metadata.",
};
