import { FAIL_ON } from "../../../index.js";
import { OFF, oneOf, path, SWITCH, written } from "../kinds.js";
import { JUDGING, type OptionRows, SETTING, TELLING, VARIABLE } from "../row.js";

/** Decisions of a project about findings. */
export const DECISIONS = {
  "fail-on": {
    kind: oneOf("level", FAIL_ON),
    default: "must",
    elsewhere: SETTING,
    commands: TELLING,
    says: "lowest level that fails the run",
  },
  baseline: {
    kind: written("file"),
    elsewhere: SETTING,
    says: "do not count the findings that this file lists",
    saysAlone: "do not count the findings that this file lists; --write-baseline writes it",
  },
  "write-baseline": {
    kind: written("file"),
    says: "write the findings of this run as a baseline, and end with 0",
  },
  "prune-baseline": {
    kind: SWITCH,
    default: false,
    says: "remove fixed findings from the baseline",
  },
  "allow-stale": {
    kind: SWITCH,
    default: false,
    elsewhere: SETTING,
    says: "report a waiver or baseline entry that matches nothing as a note, not as an error",
  },
  config: {
    kind: path("file"),
    elsewhere: VARIABLE,
    commands: JUDGING,
    says: "use this configuration (default: the nearest mplp-check.yaml, here or above)",
    saysAlone:
      "use this configuration; default: the nearest mplp-check.yaml, in the working folder or above it",
  },
  "no-config": { kind: OFF, commands: JUDGING, says: "use no configuration" },
} satisfies OptionRows;
