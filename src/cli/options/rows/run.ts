import {
  DEFAULT_MAX_FINDINGS,
  DEFAULT_MAX_STATE,
  DEFAULT_RECORD_LIMIT,
  DEFAULT_SELFTEST_PLACES,
  DEFAULT_SELFTEST_RECORDS,
} from "../../../index.js";
import { PART, PARTITIONS, paths, SIZE, SWITCH, text, WHOLE_NUMBER, written } from "../kinds.js";
import { CHECKING, NAMING, OPENING, type OptionRows, RUNNING, SETTING } from "../row.js";

/** What a run shares with others over the same log. */
export const PARTS = {
  "stdin-name": {
    kind: text("name"),
    commands: NAMING,
    says: 'what standard input is called in the report, instead of "-"',
  },
  "state-in": {
    kind: paths("file"),
    commands: OPENING,
    says: "go on from the state of an earlier run, as if its inputs came first",
  },
  part: {
    kind: PART,
    commands: OPENING,
    says: "which part of the log this run reads, e.g. 3/8; merge misses none of them",
  },
  expect: {
    kind: WHOLE_NUMBER,
    commands: ["merge"],
    says: "how many parts there must be, where their states do not say",
  },
  "state-out": {
    kind: written("file"),
    says: "write the state of this run; .gz is compressed, - is standard output",
  },
  partitions: {
    kind: PARTITIONS,
    says: "deal the keys of the state into so many partitions; --state-out is then a folder",
  },
  partition: {
    kind: PARTITIONS,
    commands: ["merge"],
    says: "judge this partition of dealt states alone, for a merge of all judged partitions",
  },
  "observations-out": {
    kind: written("file"),
    says: "another name of --state-out",
  },
} satisfies OptionRows;

/** What a run may take. */
export const LIMITS = {
  "max-findings": {
    kind: WHOLE_NUMBER,
    default: DEFAULT_MAX_FINDINGS,
    elsewhere: SETTING,
    says: "locations listed per finding; counting never stops",
  },
  "max-record-bytes": {
    kind: WHOLE_NUMBER,
    default: DEFAULT_RECORD_LIMIT,
    elsewhere: SETTING,
    commands: RUNNING,
    says: "largest record that is read",
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
    says: "threads that check a large log; the report does not depend on it",
  },
} satisfies OptionRows;

/** How much a selftest tries. */
export const SELFTEST = {
  records: {
    kind: WHOLE_NUMBER,
    default: DEFAULT_SELFTEST_RECORDS,
    commands: ["selftest"],
    says: "records, from the beginning of the log, that are mutated and checked",
  },
  places: {
    kind: WHOLE_NUMBER,
    default: DEFAULT_SELFTEST_PLACES,
    commands: ["selftest"],
    says: "places at which each mutation is tried",
  },
} satisfies OptionRows;

/** What is no check. */
export const OTHER = {
  "list-clauses": {
    kind: SWITCH,
    default: false,
    commands: OPENING,
    says: "list all clauses, with their levels",
  },
} satisfies OptionRows;
