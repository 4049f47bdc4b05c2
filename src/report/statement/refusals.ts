import type { Clause } from "../../model/clause.js";
import { counted } from "../../model/counted.js";
import type { Report, Verdict } from "../../model/report.js";
import { passedOverIn, reservationsOf } from "../../model/reservations.js";
import { nothingChecked, verdictOf } from "../../model/verdict.js";
import { groundsOf } from "../../model/verdict-sentence.js";
import { placeText } from "../shared/wording.js";
import { isContradictory } from "./contradictions.js";

/** Why a report allows no statement, and what to do about it. */
export interface Refusal {
  readonly why: string;
  readonly advice: string;
}

/**
 * Why a report allows no statement of conformance; empty if it allows one. The report may be forged, so its verdict is
 * derived again from its clauses.
 *
 * @param validUntil the last day of the statement: YYYY-MM-DD
 * @param catalogue all clauses that this version knows
 */
export function refusalsOf(
  report: Report,
  validUntil: string,
  catalogue: readonly Clause[],
): readonly Refusal[] {
  return [
    ...verdictRefusals(report, catalogue),
    ...unreadRefusals(report),
    ...waiverRefusals(report, validUntil),
    ...baselineRefusals(report),
  ];
}

function verdictRefusals(report: Report, catalogue: readonly Clause[]): readonly Refusal[] {
  const { verdict } = report;
  if (verdict !== "conformant" && verdict !== "conformant-with-waivers")
    return [{ why: `the verdict is ${verdict}: ${groundsOf(report)}`, advice: ADVICE[verdict] }];
  if (verdict !== derivedVerdict(report))
    return [{ why: `the report contradicts its verdict, ${verdict}`, advice: AGAIN }];
  if (!isContradictory(report, catalogue)) return [];
  return [{ why: "the report contradicts itself, or another version wrote it", advice: AGAIN }];
}

const CLAIM = "check again with the claim that you state: --claim runtime, --claim integration or both";
const AGAIN = "check the evidence again, and use the report as mplp-check writes it";

const ADVICE: Readonly<Record<Exclude<Verdict, "conformant" | "conformant-with-waivers">, string>> = {
  nonconformant: "mend what the findings show (mplp-check report RUN.json lists them), and check again",
  inconclusive:
    "supply what the open clauses ask for (mplp-check report RUN.json lists them), and check again",
  "no-violations-found": CLAIM,
  "no-violations-found-with-waivers": CLAIM,
};

function derivedVerdict(report: Report): Verdict {
  return verdictOf(report.clauses, report.claims, {
    wasChecked: nothingChecked(report) === undefined,
    hasPassedOver: passedOverIn(report.inputs).length > 0,
    // Files that were not read are a separate reason to refuse.
    hasReservations: false,
  });
}

function unreadRefusals(report: Report): readonly Refusal[] {
  const { errors, interrupted, inputs, reservations } = report;
  const wrong = errors.filter(({ about }) => about !== undefined);
  const unread = errors.filter(({ about }) => about === undefined);
  const open = new Set([...reservations, ...reservationsOf({ ...report, errors: [] })]);
  const changed = inputs.filter(({ change }) => change !== undefined);
  return [
    ...(interrupted === true
      ? [{ why: "the run was interrupted", advice: "let it end: not all of the input was read" }]
      : []),
    ...someOf(unread, (error) => `not checked: ${placeText(error)}: ${error.message}`, UNREAD),
    ...someOf(changed, ({ path }) => `${path} changed while it was read`, UNREAD),
    ...someOf(wrong, (error) => `${error.about}: ${placeText(error)}: ${error.message}`, DECISION),
    ...someOf([...open], (reason) => reason, OPEN),
  ];
}

const UNREAD = "make it readable, or leave it out of the paths, and check again";
const DECISION = "renew or remove it, and check again";
const OPEN = "the claim stays open: settle this, and check again";

/** The most reasons of one kind that are named. */
const NAMED = 5;

function someOf<Reason>(
  reasons: readonly Reason[],
  why: (reason: Reason) => string,
  advice: string,
): readonly Refusal[] {
  const named = reasons.slice(0, NAMED).map((reason) => ({ why: why(reason), advice }));
  const others = reasons.length - named.length;
  return others === 0 ? named : [...named, { why: `${counted(others, "more reason")} of this kind`, advice }];
}

/** A baseline lists known findings, but not who accepts them and until when. */
function baselineRefusals({ findings }: Report): readonly Refusal[] {
  const covered = findings.filter(({ level, waiver }) => level === "MUST" && waiver?.source === "baseline");
  const [first] = covered;
  if (first === undefined) return [];
  const why = `a baseline covers ${counted(covered.length, "finding")} at MUST level, such as ${first.rule}`;
  const advice =
    "mend them, or write waivers with an owner and a last day, and check again without the baseline";
  return [{ why, advice }];
}

/** A statement must not outlive the decisions that it rests on. */
function waiverRefusals({ findings }: Report, validUntil: string): readonly Refusal[] {
  const ends = findings.flatMap(({ waiver }) => waiver?.expires ?? []).sort();
  const [first] = ends;
  if (first === undefined || first >= validUntil) return [];
  const why = `a waiver ends on ${first}, before the statement does (${validUntil})`;
  return [
    { why, advice: `use --valid-until ${first} or an earlier day, or renew the waiver and check again` },
  ];
}
