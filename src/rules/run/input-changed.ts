import { changeWords } from "../../model/input-change.js";
import type { MplpRunRule } from "../shared/define.js";

/** IN-1: without a claim, a file that was written to while it was read gets a note. With a claim it is an error. */
export const inputChanged: MplpRunRule = {
  evidence: "run",
  id: "input-changed",
  clauses: ["IN-1"],
  title: "An input stays the same while it is read",
  why: "If a file changes while it is read, the run judges a mix of old and new content as if it were one log.",
  fix: "Check a copy of the log, or check it again when nobody writes to it.",
  judge: ({ claims, changes }) =>
    claims.length > 0
      ? []
      : changes.map(({ path, change }) => ({
          path,
          pointer: "",
          message: changeWords(change),
          level: "NOTE",
        })),
};
