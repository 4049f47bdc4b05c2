import type { MplpLogRule } from "../define.js";
import { type Base, integrationFollowed } from "./integration-followed.js";

/** IS-4.2-1: file updates are reported whatever their kind, and the PSG is updated after them. */
export const fileUpdatesFollowed: MplpLogRule<Base> = {
  ...integrationFollowed("file_update_event", "change_type", ["created", "modified", "deleted"], "IS-4.2-1"),
  id: "file-updates-followed",
  title: "File updates are covered and reach the PSG",
  why: "A file that changed without a graph_update after it is a file the runtime reasons about as it was.",
  fix: "Emit file_update_events when files are created, saved and deleted, and a graph_update once each is taken in.",
};
