import { counted } from "./counted.js";
import type { Report } from "./report.js";

type Read = Pick<Report, "inputs" | "notRead" | "errors"> & {
  readonly protocol: Pick<Report["protocol"], "source">;
};

/**
 * Why a claim stays open although its clauses may be shown: rules that are not the protocol's, input that could not
 * be checked, records that look like events and were not judged, files that may hold evidence and were not read.
 *
 * The errors are those of the run, without those of its waivers and baseline.
 */
export function reservationsOf({ inputs, notRead, errors, protocol }: Read): readonly string[] {
  const unread = notRead.filter(({ mayHoldEvidence }) => mayHoldEvidence === true);
  const unjudged = unjudgedIn(inputs);
  return [
    ...(protocol.source === "given"
      ? ["the schemas or invariants used are neither the bundled nor the official ones"]
      : []),
    ...(errors.length > 0 ? [`not everything could be checked: ${counted(errors.length, "error")}`] : []),
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
