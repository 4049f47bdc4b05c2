export type { LineSpool } from "./engine/passage.js";
/**
 * mplp-check as a library: everything the command line does, with typed results.
 *
 * @packageDocumentation
 */

export { baselineText } from "./config/baseline.js";
export { CONFIG_NAMES, ConfigError, type LoadedConfig } from "./config/config.js";
export type { ConfigFile } from "./config/config-file.js";
export { type BaselineUse, loadConfig, loadPolicy, prunedBaseline } from "./config/load-config.js";
export type { Discovered, InputProblem } from "./input/find/discover.js";
export { isInside } from "./input/find/inside.js";
export { isPattern } from "./input/find/is-pattern.js";
export { splitPattern } from "./input/find/matching.js";
export { DEFAULT_RECORD_LIMIT } from "./input/frame/blocks.js";
export { collected, readBounded } from "./input/open/bounded.js";
export type { FollowOptions } from "./input/open/followed.js";
export { STDIN } from "./input/open/open.js";
export { isReadError, reasonOf } from "./input/open/reasons.js";
export { fileIdentity } from "./input/open/same-file.js";
export { targetOf } from "./input/open/target.js";
export { whyNotRead } from "./input/open/why-not-read.js";
export { checkEvents, type EventOptions, type Events } from "./memory/check-events.js";
export { createSink, type Sink } from "./memory/sink.js";
export type { Activity } from "./model/activity.js";
export { ArgumentError } from "./model/arguments.js";
export type { ClaimName } from "./model/claim.js";
export { type ClauseStatus, type FailOn, type FindingLevel, LEVELS, type Level } from "./model/clause.js";
export type { CountedKind, Excerpt, Finding, Location, Occurrence } from "./model/finding.js";
export { fingerprintOf } from "./model/fingerprint.js";
export { nearest } from "./model/nearest.js";
export type { FindingKind, Policy, Quota, Treatment } from "./model/policy.js";
export type { Rejected } from "./model/rejected.js";
export type {
  ClauseResult,
  InputSummary,
  ProtocolSummary,
  RuleSummary,
  RunError,
  Summary,
  Verdict,
} from "./model/report.js";
export type { GraphTotals } from "./model/rule.js";
export {
  type Selftest,
  selftestExitCode,
  type TestedClause,
  type TriedMutation,
  type TriedPlace,
} from "./model/selftest.js";
export type { Shown, ShownReport as Report } from "./model/shown.js";
export { type ExitCode, exitCodeOf, FAIL_ON } from "./model/verdict.js";
export { verdictSentence } from "./model/verdict-sentence.js";
export type { Waiver } from "./model/waiver.js";
export { publishedAt } from "./package/published.js";
export { VERSION } from "./package/version.js";
export { withoutSecrets } from "./privacy/mask.js";
export { ProtocolError } from "./protocol/schemas/schemas.js";
export {
  CLAUSE_ENTRIES,
  type ClauseEntry,
  EVIDENCE,
  type Example,
  type Examples,
  entryFor,
  examplesFor,
  RULE_ENTRIES,
  type RuleEntry,
} from "./reference.js";
export { compareReports, isUndecidedNow, worsened } from "./report/diff/compare.js";
export type {
  BeforeAndAfter,
  Change,
  ClauseChange,
  Comparison,
  FindingChange,
} from "./report/diff/comparison.js";
export { DIFF_FORMAT_NAMES, DIFF_FORMATS, type DiffFormatName } from "./report/diff/index.js";
export { FORMAT_NAMES, FORMATS, type FormatName, type Renderer } from "./report/index.js";
export { parseReport, ReportError } from "./report/parse-report.js";
export { SELFTEST_FORMAT_NAMES, SELFTEST_FORMATS, type SelftestFormatName } from "./report/selftest/index.js";
export type { Selection } from "./report/shared/selection.js";
export type { Surface } from "./report/shared/surface.js";
export { type Refusal, refusalsOf } from "./report/statement/refusals.js";
export { renderStatement } from "./report/statement/render-statement.js";
export { type StatedProduct, type Statement, statementOf } from "./report/statement/statement.js";
export {
  STATS_FORMAT_NAMES,
  STATS_FORMATS,
  type Stats,
  type StatsFormatName,
  statsOf,
} from "./report/stats/index.js";
export { occurrenceLine } from "./report/text/compact.js";
export { TREND_FORMATS } from "./report/trend/index.js";
export { TREND_FORMAT_NAMES, type TrendFormatName } from "./report/trend/names.js";
export { type TrendPoint, trendPoint } from "./report/trend/point.js";
export type { Trend } from "./report/trend/words.js";
export { defaultJobs } from "./run/blocks/block-queue.js";
export { FORCED_KINDS, type ForcedKind } from "./run/blocks/block-reader.js";
export { check } from "./run/check.js";
export {
  type CheckOptions,
  DEFAULT_MAX_FINDINGS,
  DEFAULT_MAX_STATE,
  type Dealing,
  type Progress,
} from "./run/check-options.js";
export { MOST_NEIGHBOURS } from "./run/context.js";
export { type FilledReport, fillExcerpts } from "./run/fill-excerpts.js";
export { initMapping, NoEvents } from "./run/init-mapping.js";
export { type FoundInputs, holdsEvidence } from "./run/inputs.js";
export { inputsOf } from "./run/inputs-of.js";
export { judgePartition, type PartitionOptions } from "./run/judge-partition.js";
export { UnreadableFile } from "./run/protocol/protocol-files.js";
export { selftest } from "./selftest/selftest.js";
export {
  DEFAULT_PLACES as DEFAULT_SELFTEST_PLACES,
  DEFAULT_RECORDS as DEFAULT_SELFTEST_RECORDS,
  type SelftestOptions,
  type SelftestProgress,
} from "./selftest/selftest-options.js";
export { type Slice, sliceLog } from "./slice/slice.js";
export { SliceError } from "./slice/slice-error.js";
export { MOST_CHECKS, MOST_TIME, type SliceOptions } from "./slice/slice-options.js";
export { dealtFile } from "./state/partition-files.js";
export { MOST_PARTITIONS } from "./state/run-state.js";
export { printableState } from "./state/seal.js";
export { StateError } from "./state/state-error.js";
