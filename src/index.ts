/**
 * mplp-check as a library: everything the command line does, with typed results.
 *
 * @packageDocumentation
 */
export { check, inputsOf } from "./check.js";
export {
  type CheckOptions,
  DEFAULT_MAX_FINDINGS,
  DEFAULT_MAX_STATE,
  type Progress,
} from "./check-options.js";
export { baselineText } from "./config/baseline.js";
export { CONFIG_NAMES, ConfigError, type LoadedConfig } from "./config/config.js";
export type { ConfigFile } from "./config/config-file.js";
export { type BaselineUse, loadConfig, loadPolicy, prunedBaseline } from "./config/load-config.js";
export type { LineSpool } from "./engine/occurrences.js";
export { initMapping, NoEvents } from "./init-mapping.js";
export { DEFAULT_RECORD_LIMIT } from "./input/blocks.js";
export type { Discovered, InputProblem } from "./input/discover.js";
export { isInside } from "./input/inside.js";
export { splitPattern } from "./input/matching.js";
export { STDIN } from "./input/open.js";
export { UnreadableFile } from "./input/protocol-files.js";
export { isReadError, reasonOf } from "./input/reasons.js";
export { fileIdentity } from "./input/same-file.js";
export { whyNotRead } from "./input/why-not-read.js";
export { FORCED_KINDS, type ForcedKind } from "./mapper.js";
export type { ClaimName } from "./model/claim.js";
export { type ClauseStatus, type FailOn, type FindingLevel, LEVELS, type Level } from "./model/clause.js";
export type { CountedKind, Excerpt, Finding, Location, Occurrence } from "./model/finding.js";
export { fingerprintOf } from "./model/fingerprint.js";
export type { FindingKind, Policy, Quota, Treatment } from "./model/policy.js";
export type { Rejected } from "./model/rejected.js";
export type {
  ClauseResult,
  InputSummary,
  ProtocolSummary,
  Report,
  RuleSummary,
  RunError,
  Summary,
  Verdict,
} from "./model/report.js";
export type { GraphTotals } from "./model/rule.js";
export { type ExitCode, exitCodeOf, FAIL_ON } from "./model/verdict.js";
export { verdictSentence } from "./model/verdict-sentence.js";
export type { Waiver } from "./model/waiver.js";
export { parseReport, ReportError } from "./parse-report.js";
export { withoutSecrets } from "./privacy/mask.js";
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
export { FORMAT_NAMES, FORMATS, type FormatName, type Renderer } from "./report/index.js";
export type { Selection } from "./report/selection.js";
export type { Surface } from "./report/surface.js";
export { nearest } from "./spec/near-misses/nearest.js";
export { ProtocolError } from "./spec/schemas.js";
export { StateError } from "./state/state-error.js";
export { defaultJobs } from "./threads/block-mapping.js";
export { VERSION } from "./version.js";
