import type { Ledger } from "../engine/ledger.js";
import { gaveUp, type LogState } from "../engine/log/log-state.js";
import { buildReport } from "../engine/report/build-report.js";
import { summaryOf } from "../engine/report/input-summary.js";
import { byCodeUnit } from "../input/find/rotation.js";
import type { Discretion } from "../model/discretion.js";
import type { CountedKind } from "../model/finding.js";
import { fingerprintOf } from "../model/fingerprint.js";
import type { Policy } from "../model/policy.js";
import type { ConfigurationSummary, EvidencePack, ProtocolSummary, RunError } from "../model/report.js";
import type { StatedRuntime } from "../model/rule.js";
import type { ShownReport } from "../model/shown.js";
import { VERSION } from "../package/version.js";
import { Discreet } from "../privacy/discreet.js";
import { CLAUSES } from "../protocol/clauses/clauses.js";
import { DOCUMENTS, PROTOCOL_VERSION } from "../protocol/clauses/documents.js";
import { RULES } from "../rules/index.js";
import type { RunState } from "../state/run-state.js";
import { activityOf } from "./activity.js";
import type { CheckOptions } from "./check-options.js";
import type { LoadedProtocol } from "./protocol/load-protocol.js";
import type { SecondLook } from "./second-look.js";
import type { Setup } from "./setup.js";

/** The report of a run that has been judged. */
export function reportOf(
  setup: Setup,
  state: RunState,
  look: SecondLook,
  { claims = [], configuration, isInterrupted, isComplete }: ReportedRun,
): ShownReport {
  const { discretion, protocol } = setup;
  const { log } = state;
  const report = buildReport(log.ledger, {
    toolVersion: VERSION,
    protocol: protocolSummary(protocol),
    inputs: log.inputs.map((input, index) => summaryOf(input, state.digests[index])),
    claims,
    errors: [
      ...state.problems,
      ...state.packs.flatMap(({ errors }) => errors),
      ...state.errors,
      ...state.doubled,
      ...(claims.length > 0 ? look.changeErrors() : []),
      ...look.errors,
      ...givenUpErrors(log),
    ],
    isInterrupted,
    isComplete,
    isRedacted: setup.header.redact,
    parts: state.parts,
    policy: settledPolicy(setup),
    packs: state.packs.map(({ pack }) => withShownVersion(pack, discretion)),
    notRead: state.notRead.sort((a, b) => byCodeUnit(a.path, b.path)),
    configuration,
    crosscuts: log.crosscuts,
    runtimes: log.runtimes.map(({ at, ...stated }) => ({
      ...withShownNames(stated, discretion),
      at: look.placed(at, "/runtime"),
    })),
    activity: activityOf(log),
    graphs: log.graphs.map(({ totals }) => totals),
    clauses: CLAUSES,
    rules: RULES,
    whereIs: (at) => log.whereIs(at),
    documents: DOCUMENTS,
    incomplete: protocol.protocol.incomplete,
  });
  return new Discreet(discretion).report(report);
}

interface ReportedRun {
  readonly claims: CheckOptions["claims"];
  readonly configuration: ConfigurationSummary | undefined;
  readonly isInterrupted: boolean;
  readonly isComplete: boolean;
}

function protocolSummary({ protocol, digest, source, paths }: LoadedProtocol): ProtocolSummary {
  return {
    version: PROTOCOL_VERSION,
    digest,
    source,
    ...(paths.length > 0 && { paths }),
    notEvaluated: protocol.invariants.notEvaluated.map(({ id, reason }) => ({ id, reason })),
  };
}

/** The policy, once it is known which quotas were exceeded. */
function settledPolicy({ policy, log: { overdrawn } }: Setup): Policy {
  return {
    ...policy,
    complaintsAbout: (findings) => policy.complaintsAbout(findings, overdrawn),
    noticesAbout: (findings) => policy.noticesAbout?.(findings, overdrawn) ?? [],
  };
}

/** A manifest's version of MPLP appears in sentences of the report, so it must be masked. */
function withShownVersion(pack: EvidencePack, discretion: Discretion): EvidencePack {
  const { otherVersion } = pack;
  return otherVersion === undefined ? pack : { ...pack, otherVersion: discretion.text(otherVersion) };
}

/** The names of a runtime are its vendor's words. */
function withShownNames({ name, version, vendor }: StatedRuntime, discretion: Discretion): StatedRuntime {
  return {
    ...(name !== undefined && { name: discretion.text(name) }),
    ...(version !== undefined && { version: discretion.text(version) }),
    ...(vendor !== undefined && { vendor: discretion.text(vendor) }),
  };
}

/** A rule that ran out of memory has not checked the log: that must not look like a pass. */
function givenUpErrors({ givenUp, inputs }: LogState): RunError[] {
  return givenUp.map(({ rule, input, limit }) => ({
    path: inputs[input]?.path ?? "",
    message: gaveUp(rule, limit),
  }));
}

/** All kinds of findings, in any order. */
export function countedKinds({ groups }: Ledger): CountedKind[] {
  return [...groups.values()].map((group) => {
    const { rule, clauses, level, message, waiver, count, values } = group;
    const fingerprint = fingerprintOf(group);
    return {
      fingerprint,
      rule,
      clauses,
      level,
      message,
      count,
      ...(waiver && { waiver }),
      ...(values && { values }),
    };
  });
}
