import {
  DEFAULT_MAX_FINDINGS,
  DEFAULT_MAX_STATE,
  DEFAULT_RECORD_LIMIT,
  DEFAULT_SELFTEST_PLACES,
  DEFAULT_SELFTEST_RECORDS,
} from "../../../index.js";
import { PART, PARTITIONS, paths, SIZE, SWITCH, text, WHOLE_NUMBER, written } from "../kinds.js";
import { CHECKING, NAMING, OPENING, type OptionRows, RUNNING, SETTING } from "../row.js";

/** Options that connect a run with other runs over the same log. */
export const PARTS = {
  "stdin-name": {
    kind: text("name"),
    commands: NAMING,
    says: 'name of standard input in the report, instead of "-"',
  },
  "state-in": {
    kind: paths("file"),
    commands: OPENING,
    says: "continue from the state of an earlier run, as if its inputs came first",
  },
  part: {
    kind: PART,
    commands: OPENING,
    says: "the part of the log that this run reads, e.g. 3/8; merge reports missing parts",
  },
  expect: {
    kind: WHOLE_NUMBER,
    commands: ["merge"],
    says: "number of parts, if their states do not say it",
  },
  "state-out": {
    kind: written("file"),
    says: "write the state of this run; a name in .gz compresses it, - is standard output",
  },
  partitions: {
    kind: PARTITIONS,
    says: "deal the keys of the state into this number of partitions; --state-out is then a folder",
  },
  partition: {
    kind: PARTITIONS,
    commands: ["merge"],
    says: "judge only this partition of dealt states; merge all judged partitions for the report",
  },
  "observations-out": {
    kind: written("file"),
    says: "another name for --state-out",
  },
} satisfies OptionRows;

/** Limits of a run. */
export const LIMITS = {
  "max-findings": {
    kind: WHOLE_NUMBER,
    default: DEFAULT_MAX_FINDINGS,
    elsewhere: SETTING,
    says: "locations that each finding lists; all are counted",
  },
  "max-record-bytes": {
    kind: WHOLE_NUMBER,
    default: DEFAULT_RECORD_LIMIT,
    elsewhere: SETTING,
    commands: RUNNING,
    says: "largest record that is read, in bytes",
  },
  "max-state": {
    kind: SIZE,
    default: DEFAULT_MAX_STATE,
    defaultInWords: "4GB",
    elsewhere: SETTING,
    commands: RUNNING,
    says: "memory for rules that compare events, e.g. 500MB; above it they are inconclusive",
  },
  jobs: {
    kind: WHOLE_NUMBER,
    defaultInWords: "one a core",
    elsewhere: SETTING,
    commands: [...CHECKING, "slice", "stats"],
    says: "threads that check a large log; the report is the same for any number",
  },
} satisfies OptionRows;

/** The size of a selftest. */
export const SELFTEST = {
  records: {
    kind: WHOLE_NUMBER,
    default: DEFAULT_SELFTEST_RECORDS,
    commands: ["selftest"],
    says: "records that are mutated and checked, from the beginning of the log",
  },
  places: {
    kind: WHOLE_NUMBER,
    default: DEFAULT_SELFTEST_PLACES,
    commands: ["selftest"],
    says: "places at which each mutation is tried",
  },
} satisfies OptionRows;

/** Options that replace the check. */
export const OTHER = {
  "list-clauses": {
    kind: SWITCH,
    default: false,
    commands: OPENING,
    says: "list all clauses, with their levels",
  },
} satisfies OptionRows;
