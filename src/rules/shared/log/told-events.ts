import type { Examined, Observed } from "../../../model/rule.js";
import type { MplpLogRule } from "../define.js";

/** What event types tell of drift or of rollback, whatever their family (RG 7.2). */
const TOLD = [
  ["drift", /^(?:drift_|DriftDetected)/],
  ["rollback", /^(?:rollback_(?:executed|completed)$|Rollback(?:Executed|Completed))/],
  ["rollback-planned", /^(?:rollback_(?:planned|initiated)$|Rollback(?:Planned|Initiated))/],
] as const satisfies readonly (readonly [told: string, type: RegExp])[];

type Told = (typeof TOLD)[number][0];

/** Counts the events that tell of drift or of rollback. */
export function observeTold({ subject, event }: Examined): Observed<true> | undefined {
  const { event_type: type } = event;
  if (subject.kind !== "event" || typeof type !== "string") return undefined;
  const key = TOLD.find(([, pattern]) => pattern.test(type))?.[0];
  return key === undefined ? undefined : { key, value: true };
}

/** The working half of the rules that a claimed runtime's log tells of something. */
export function toldBy(
  told: Told,
): Pick<
  MplpLogRule<true>,
  "evidence" | "claim" | "scopes" | "store" | "order" | "atLeast" | "observe" | "keeps" | "checks"
> {
  return {
    evidence: "log",
    claim: "runtime",
    scopes: ["event"],
    store: "map",
    order: "log",
    atLeast: 1,
    observe: observeTold,
    keeps: "first",
    checks: (key, [events]) => (key === told ? (events?.count ?? 0) : 0),
  };
}
