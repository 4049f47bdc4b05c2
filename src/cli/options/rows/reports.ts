import {
  DIFF_FORMAT,
  FORMAT,
  OUTPUT,
  oneOf,
  SELFTEST_FORMAT,
  SWITCH,
  WHOLE_NUMBER,
  written,
} from "../kinds.js";
import { type OptionRows, READING, REPORTING, SETTING, TELLING } from "../row.js";

const SHOWN = ["must", "should", "may", "note"] as const;

/** What is written, and how. */
export const REPORTS = {
  format: {
    short: "-f",
    kind: FORMAT,
    kindFor: { diff: DIFF_FORMAT, selftest: SELFTEST_FORMAT },
    into: "placing",
    commands: [...TELLING, "selftest"],
    says: "report format, repeatable",
  },
  output: {
    short: "-o",
    kind: OUTPUT,
    into: "placing",
    commands: [...TELLING, "slice", "selftest"],
    saysFor: { slice: "where the smaller log goes (default: stdout)" },
    says: "where the report of the preceding --format goes (default: stdout); without one, its ending says the format",
  },
  show: {
    kind: oneOf("level", SHOWN),
    default: "note",
    elsewhere: SETTING,
    commands: REPORTING,
    says: "findings that text, compact and summary show; milder ones are counted",
  },
  "max-reported": {
    kind: WHOLE_NUMBER,
    elsewhere: SETTING,
    commands: REPORTING,
    says: "findings that they show; the others are counted by rule",
    saysAlone: "findings that text, compact and summary show; the others are counted by rule",
  },
  quiet: {
    kind: SWITCH,
    default: false,
    elsewhere: SETTING,
    commands: REPORTING,
    says: "text, compact and summary say the verdict alone",
  },
  "no-color": {
    kind: SWITCH,
    default: true,
    commands: [...TELLING, "explain", "selftest"],
    says: "no colours, whatever the terminal and the environment say",
  },
  findings: {
    kind: written("file"),
    elsewhere: SETTING,
    commands: READING,
    says: "write every place of every finding as NDJSON; - is standard output",
  },
  rejected: {
    kind: written("file"),
    elsewhere: SETTING,
    commands: READING,
    says: "write every invalid integration event, with what is wrong with it, as NDJSON",
  },
  redact: {
    kind: SWITCH,
    default: false,
    elsewhere: SETTING,
    says: "mask values, ids and names that MPLP does not know; secrets are masked always",
  },
} satisfies OptionRows;
