import { FORCED_KINDS } from "../../../index.js";
import { CLAIM_NAMES } from "../../../model/claim.js";
import { KIND_AND_PATH, listOf, path, paths, SWITCH, UNWRAP } from "../kinds.js";
import { JUDGING, OPENING, type OptionRows, RUNNING, SETTING, TAKING } from "../row.js";

/** The inputs, how they are read, and the requirements that apply. */
export const EVIDENCE = {
  claim: {
    kind: listOf("name", CLAIM_NAMES),
    default: [],
    defaultInWords: "no claim",
    elsewhere: SETTING,
    commands: JUDGING,
    says: "what the evidence must demonstrate",
  },
  complete: {
    kind: SWITCH,
    default: false,
    elsewhere: SETTING,
    commands: JUDGING,
    says: "the log covers the whole run: report what is still open at its end as violations",
  },
  "allow-empty": {
    kind: SWITCH,
    default: false,
    elsewhere: SETTING,
    says: "accept a named log that holds no record",
  },
  follow: {
    kind: SWITCH,
    default: false,
    commands: OPENING,
    says: "keep reading a log while it grows, like tail -F, until Ctrl-C; report findings at once",
  },
  mapping: {
    kind: paths("file"),
    elsewhere: SETTING,
    commands: TAKING,
    says: "read this file as the ModulePSG mapping",
  },
  as: { kind: KIND_AND_PATH, commands: TAKING, says: `read a path as one of ${FORCED_KINDS.join(", ")}` },
  unwrap: {
    kind: UNWRAP,
    default: "auto",
    elsewhere: SETTING,
    commands: RUNNING,
    says: "unwrap events from their carriers: auto, none, the name of a carrier, or a JSON pointer",
  },
  schemas: {
    kind: path("dir"),
    elsewhere: SETTING,
    commands: JUDGING,
    says: "use these schemas, laid out like the official schemas/v2",
    saysAlone:
      "use these schemas instead of the bundled ones; they are laid out like the official schemas/v2",
  },
  invariants: {
    kind: paths("path"),
    elsewhere: SETTING,
    commands: JUDGING,
    says: "use these invariants, a file or a folder",
    saysAlone: "use these invariants instead of the bundled ones, a file or a folder",
  },
  "extra-invariants": {
    kind: paths("path"),
    elsewhere: SETTING,
    commands: JUDGING,
    says: "check these invariants too; their findings are notes",
    saysAlone: "check these invariants too; their findings are notes and change no verdict",
  },
} satisfies OptionRows;
