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

/** What is written, and how. */
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
    saysFor: { slice: "where the smaller log goes (default: stdout)" },
    says: "where the report of the preceding --format goes (default: stdout); without one, its ending says the format",
  },
  title: {
    kind: TITLE,
    elsewhere: SETTING,
    commands: [...REPORTING, "trend"],
    says: "what html, markdown and json reports are called",
  },
  date: {
    kind: DATE,
    elsewhere: VARIABLE,
    commands: [...REPORTING, "trend"],
    says: "day or time that they bear, e.g. 2026-11-29; without it none: the clock is never asked",
  },
  context: {
    kind: NEIGHBOURS,
    elsewhere: SETTING,
    commands: [...CHECKING, "excerpts"],
    says: "whole events in html and json: those of the first places of each finding, with so many before and after",
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
    says: "text, compact and summary say the verdict alone, and a configuration that was found",
  },
  "no-color": {
    kind: SWITCH,
    default: true,
    commands: [...TELLING, "stats", "trend", "selftest", "explain"],
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
    commands: [...CHECKING, "stats"],
    says: "mask values, ids and names that MPLP does not know; secrets are masked always",
  },
} satisfies OptionRows;
