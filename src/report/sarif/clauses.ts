import type {
  PropertyBag,
  ReportingDescriptor,
  ReportingDescriptorReference,
  Result,
  ToolComponent,
} from "sarif";
import type { ClauseStatus, FindingLevel } from "../../model/clause.js";
import type { ClauseResult, Report } from "../../model/report.js";
import { sentences } from "../shared/wording.js";
import { locationOf } from "./locations.js";
import { message } from "./messages.js";

export const SARIF_LEVELS = {
  MUST: "error",
  SHOULD: "warning",
  MAY: "note",
  NOTE: "note",
} as const satisfies Record<FindingLevel, string>;

const TAXONOMY = "MPLP clauses";

/** The clause catalogue with the status of each clause: coverage, in a part of the file that opens no alerts. */
export function taxonomyOf({ protocol, clauses }: Report): ToolComponent {
  return {
    name: TAXONOMY,
    version: protocol.version,
    shortDescription: message("Normative statements of MPLP, with the status that this run gives them."),
    isComprehensive: true,
    taxa: clauses.map((clause) => ({ ...describing(clause), properties: propertiesOf(clause) })),
  };
}

export const TAXONOMY_REFERENCE = { name: TAXONOMY, index: 0 };

/** References to those of the clauses that the report lists. */
export function taxaOf(ids: readonly string[], { clauses }: Report): ReportingDescriptorReference[] {
  return ids.flatMap((id) => {
    const index = clauses.findIndex((clause) => clause.id === id);
    return index < 0 ? [] : [{ id, index, toolComponent: TAXONOMY_REFERENCE }];
  });
}

function describing({ id, title, source, level }: ClauseResult): ReportingDescriptor {
  return {
    id,
    shortDescription: message(title),
    fullDescription: message(source),
    defaultConfiguration: { level: SARIF_LEVELS[level] },
  };
}

function propertiesOf({ level, status, checked, violations, waived, reason }: ClauseResult): PropertyBag {
  return {
    level,
    status,
    checked,
    violations,
    ...(waived !== undefined && { waived }),
    ...(reason !== undefined && { reason: message(reason).text }),
  };
}

/** Clauses as rules, for results about a clause. */
export function clauseRules(clauses: readonly ClauseResult[]): ReportingDescriptor[] {
  return clauses.map((clause) => ({ ...describing(clause), help: message(clause.source) }));
}

/** The SARIF kind of each status. Clauses with findings, waived or not, have results of their own. */
const KINDS = {
  satisfied: "pass",
  attested: "review",
  inconclusive: "open",
  "not-checkable": "open",
  "not-exercised": "notApplicable",
  "not-applicable": "notApplicable",
  violated: undefined,
  waived: undefined,
} as const satisfies Record<ClauseStatus, string | undefined>;

/** Clauses without findings, which need a result of their own. */
export function unbrokenClauses({ clauses }: Report): ClauseResult[] {
  return clauses.filter(({ status }) => KINDS[status] !== undefined);
}

/** @param ruleIndex position of the clause among the rules */
export function clauseResult(clause: ClauseResult, ruleIndex: number, report: Report): Result {
  const { id, status, checked, witness, attestation } = clause;
  const place = witness ?? attestation;
  return {
    ruleId: id,
    ruleIndex,
    kind: KINDS[status],
    level: "none",
    message: message(statement(clause)),
    ...(place !== undefined && { locations: [locationOf({ path: place.path, line: place.line })] }),
    partialFingerprints: { "mplp-check/clause/v1": id },
    taxa: taxaOf([id], report),
    properties: { status, checked },
  };
}

function statement({ id, title, status, checked, reason, attestation }: ClauseResult): string {
  const head = `${id}, ${title}: ${status}`;
  if (attestation !== undefined)
    return sentences(head, `"${attestation.statement}" (${attestation.evidence})`);
  const times = checked === 1 ? "once" : `${checked} times`;
  return sentences(head, reason ?? (checked > 0 ? `Put to the test ${times}` : undefined));
}
