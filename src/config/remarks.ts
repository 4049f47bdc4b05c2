import type { Finding } from "../model/finding.js";
import type { Quota } from "../model/policy.js";
import type { Notice } from "../model/report.js";
import type { Waiver } from "../model/waiver.js";
import type { Baseline } from "./baseline.js";

/** A decision that matches nothing fails the run, or is only mentioned. */
export type Stale = "error" | "note";

/** A waiver of a configuration, and how it stands today. */
export interface Decided {
  readonly waiver: Waiver;
  readonly quota: (Pick<Quota, "atMost"> & { readonly name: string }) | undefined;
  readonly hasExpired: boolean;
  readonly endsSoon: boolean;
  readonly line: number;
}

interface Decisions {
  readonly entries: readonly Decided[];
  /** The file that contains the waivers. */
  readonly file: string;
  readonly baseline: Baseline | undefined;
  readonly stale: Stale;
}

/** A remark about a decision; an error fails the run. */
interface Remark {
  readonly isError: boolean;
  readonly notice: Notice;
}

type Overdrawn = ReadonlyMap<string, number>;

/** Returns a function that gives the remarks about decisions, once all findings are known. */
export function remarksOn(decisions: Decisions) {
  return (findings: readonly Finding[], overdrawn: Overdrawn = new Map()): readonly Remark[] => [
    ...decisions.entries.flatMap((entry) => remarkOn(entry, findings, decisions, overdrawn)),
    ...staleIn(decisions, findings),
  ];
}

function remarkOn(
  { waiver, quota, hasExpired, endsSoon, line }: Decided,
  findings: readonly Finding[],
  { file: path, stale }: Decisions,
  overdrawn: Overdrawn,
): Remark[] {
  const remark = (isError: boolean, message: string): Remark[] => [
    { isError, notice: { about: "waiver", path, line, message } },
  ];
  if (hasExpired)
    return remark(true, `the waiver ended on ${waiver.expires}: fix what it waives, or renew it`);
  const count = overdrawn.get(quota?.name ?? "");
  if (quota !== undefined && count !== undefined)
    return remark(
      true,
      `the waiver covers at most ${quota.atMost}, and there are ${count}: it covers none of them`,
    );
  if (!findings.some((finding) => finding.waiver?.place === waiver.place))
    return remark(stale === "error", "the waiver matches no finding: remove it");
  return endsSoon
    ? remark(false, `the waiver ends on ${waiver.expires}: fix what it waives, or renew it`)
    : [];
}

function staleIn({ baseline, stale }: Decisions, findings: readonly Finding[]): Remark[] {
  if (baseline === undefined) return [];
  const found = new Set(findings.map(({ fingerprint }) => fingerprint));
  const { file: path } = baseline;
  return baseline.findings
    .filter(({ fingerprint }) => !found.has(fingerprint))
    .map(({ rule, message: known }) => {
      const message = `a finding of the baseline no longer occurs (${rule}: ${known}): remove it with --prune-baseline`;
      return { isError: stale === "error", notice: { about: "baseline", path, message } };
    });
}
