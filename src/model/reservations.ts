import { counted } from "./counted.js";
import type { Report } from "./report.js";

type Read = Pick<Report, "inputs" | "notRead" | "errors"> & {
  readonly protocol: Pick<Report["protocol"], "source">;
};

/**
 * Why a claim stays open although its clauses may be shown: rules that are not the protocol's, files that may hold
 * evidence and were not read, records that look like events and were not judged.
 */
export function reservationsOf({ inputs, notRead, protocol }: Read): readonly string[] {
  const unread = notRead.filter(({ mayHoldEvidence }) => mayHoldEvidence === true);
  const unjudged = unjudgedIn(inputs);
  return [
    ...(protocol.source === "given"
      ? ["the schemas or invariants used are neither the bundled nor the official ones"]
      : []),
    ...(unjudged > 0 ? [unjudgedReason(unjudged)] : []),
    ...unread.map(({ path, reason }) => `${path} was not read and may hold evidence (${reason})`),
  ];
}

/** How many records hold something like an event that was not judged. */
export function unjudgedIn(inputs: Report["inputs"]): number {
  return inputs.reduce((sum, { unjudged = 0 }) => sum + unjudged, 0);
}

/** What is said of records that look like events and were not judged. */
export function unjudgedReason(count: number): string {
  return `${counted(count, "record")} ${count === 1 ? "looks like an event and was" : "look like events and were"} not judged`;
}
