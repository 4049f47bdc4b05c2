import {
  DATE,
  DIFF_FORMAT,
  FORMAT,
  NEIGHBOURS,
  OUTPUT,
  oneOf,
  SELFTEST_FORMAT,
  STATS_FORMAT,
  SWITCH,
  TITLE,
  TREND_FORMAT,
  WHOLE_NUMBER,
  written,
} from "../kinds.js";
import { CHECKING, type OptionRows, READING, REPORTING, SETTING, TELLING, VARIABLE } from "../row.js";

const SHOWN = ["must", "should", "may", "note"] as const;

/** The reports and other outputs. */
export const REPORTS = {
  format: {
    short: "-f",
    kind: FORMAT,
    kindFor: { diff: DIFF_FORMAT, stats: STATS_FORMAT, selftest: SELFTEST_FORMAT, trend: TREND_FORMAT },
    into: "placing",
    commands: [...TELLING, "stats", "trend", "selftest"],
    says: "report format, repeatable",
  },
  output: {
    short: "-o",
    kind: OUTPUT,
    into: "placing",
    commands: [...TELLING, "slice", "stats", "trend", "selftest"],
    saysFor: { slice: "write the smaller log to this file (default: stdout)" },
    says: "write the report of the preceding --format to this file (default: stdout); without --format, the file's ending chooses the format",
  },
  title: {
    kind: TITLE,
    elsewhere: SETTING,
    commands: [...REPORTING, "trend"],
    says: "title of html, markdown and json reports",
  },
  date: {
    kind: DATE,
    elsewhere: VARIABLE,
    commands: [...REPORTING, "trend"],
    says: "date of html, markdown and json reports, e.g. 2026-11-29; default: none, because no clock is read",
  },
  context: {
    kind: NEIGHBOURS,
    elsewhere: SETTING,
    commands: [...CHECKING, "excerpts"],
    says: "show whole events in html and json: those of each finding's first places, and this number of events before and after",
  },
  show: {
    kind: oneOf("level", SHOWN),
    default: "note",
    elsewhere: SETTING,
    commands: REPORTING,
    says: "lowest level of findings that text, compact and summary show; they count the milder ones",
  },
  "max-reported": {
    kind: WHOLE_NUMBER,
    elsewhere: SETTING,
    commands: REPORTING,
    says: "number of findings that text, compact and summary show; they count the others by rule",
  },
  quiet: {
    kind: SWITCH,
    default: false,
    elsewhere: SETTING,
    commands: REPORTING,
    says: "text, compact and summary show only the verdict, and the configuration if mplp-check found one",
  },
  "no-color": {
    kind: SWITCH,
    default: true,
    commands: [...TELLING, "stats", "trend", "selftest", "explain"],
    says: "write no colours, whatever the terminal and the environment ask for",
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
    says: "write every invalid integration event with the reasons, as NDJSON",
  },
  redact: {
    kind: SWITCH,
    default: false,
    elsewhere: SETTING,
    commands: [...CHECKING, "stats"],
    says: "mask values, ids and names that MPLP does not know; secrets are always masked",
  },
} satisfies OptionRows;
