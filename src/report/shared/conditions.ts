import { counted } from "../../model/counted.js";
import { partWords } from "../../model/part.js";
import type { Decision, NotReadReason, Report } from "../../model/report.js";
import { placeText } from "./wording.js";

/** An unusual setting of the run, or files that it left out. A reader of the verdict must know it. */
export interface Condition {
  readonly label: "rules" | "configuration" | "parts" | "not read" | Decision;
  readonly text: string;
  /** The file that it is about, if it is about one. */
  readonly path?: string;
}

/**
 * The unusual settings of the run, the files of named folders that it did not read, and the decisions that need
 * attention.
 */
export function conditionsOf(report: Report): readonly Condition[] {
  return [
    ...rulesOf(report),
    ...configurationOf(report),
    ...partsOf(report),
    ...notReadOf(report),
    ...noticesOf(report),
  ];
}

/**
 * What even a quiet report says: which configuration was found, because the user did not name it, and it may have set
 * `quiet`.
 */
export function unaskedConditions(report: Report): readonly Condition[] {
  return report.configuration?.origin === "found" ? configurationOf(report) : [];
}

function rulesOf({ protocol: { source, paths = [] } }: Report): readonly Condition[] {
  if (source === "bundled") return [];
  const from = paths.length === 0 ? "" : `, from ${paths.join(", ")}`;
  if (source === "official") return [{ label: "rules", text: `the official schemas and invariants${from}` }];
  return [{ label: "rules", text: `schemas or invariants that are not those of MPLP v1.0.0${from}` }];
}

function partsOf({ unaccountedStates, onlyParts }: Report): readonly Condition[] {
  if (onlyParts !== undefined) return [{ label: "parts", text: `only ${partWords(onlyParts)} of the log` }];
  if (unaccountedStates === undefined) return [];
  const text = `${unaccountedStates} states without a part were merged: nothing shows whether one is missing; --part or --expect accounts for them`;
  return [{ label: "parts", text }];
}

function configurationOf({ configuration }: Report): readonly Condition[] {
  if (configuration === undefined) return [];
  const { path, origin, isInAudit } = configuration;
  const audited =
    isInAudit === true ? "; it lies in a folder under audit, and --no-config leaves it out" : "";
  const how = origin === "found" ? "found in this folder or above it" : "named";
  return [{ label: "configuration", text: `${path} (${how})${audited}`, path }];
}

function noticesOf({ notices = [] }: Report): readonly Condition[] {
  return notices.map((notice) => ({
    label: notice.about,
    text: `${placeText(notice)}: ${notice.message}`,
    path: notice.path,
  }));
}

/** The most files with one reason that are named together. */
const NAMED = 5;

function notReadOf({ notRead, summary }: Report): readonly Condition[] {
  const byReason = new Map<NotReadReason, string[]>();
  for (const { path, reason } of notRead) byReason.set(reason, [...(byReason.get(reason) ?? []), path]);
  const listed: readonly Condition[] = [...byReason].map(([reason, paths]) => ({
    label: "not read",
    text: `${reason}: ${namesOf(paths)}`,
  }));
  const others = summary.notRead - notRead.length;
  if (others === 0) return listed;
  return [...listed, { label: "not read", text: `${counted(others, "more file")}` }];
}

function namesOf(paths: readonly string[]): string {
  const others = paths.length - NAMED;
  const named = paths.slice(0, NAMED).join(", ");
  return others > 0 ? `${named} and ${counted(others, "other")}` : named;
}
