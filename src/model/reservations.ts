import { counted } from "./counted.js";
import { partWords } from "./part.js";
import type { EvidencePack, Report } from "./report.js";

type Read = Pick<Report, "inputs" | "notRead" | "errors" | "packs" | "unaccountedStates" | "onlyParts"> & {
  readonly protocol: Pick<Report["protocol"], "source">;
};

/**
 * Why a claim stays open although the evidence may demonstrate its clauses: rules other than the protocol's, input
 * that could not be checked, event-like records that were not judged, unread files that may hold evidence.
 *
 * The errors are those of the run, without those of its waivers and baseline.
 */
export function reservationsOf({
  inputs,
  notRead,
  errors,
  packs,
  protocol,
  unaccountedStates = 0,
  onlyParts,
}: Read): readonly string[] {
  const unread = notRead.filter(({ mayHoldEvidence }) => mayHoldEvidence === true);
  return [
    ...(protocol.source === "given"
      ? ["the schemas or invariants used are neither the bundled nor the official ones"]
      : []),
    ...(errors.length > 0 ? [`not everything could be checked: ${counted(errors.length, "error")}`] : []),
    ...(unaccountedStates > 0
      ? [`${unaccountedStates} states without a part were merged, and nothing shows whether one is missing`]
      : []),
    ...(onlyParts === undefined ? [] : [`of the log, only ${partWords(onlyParts)} could be judged`]),
    ...passedOverIn(inputs),
    ...packs.flatMap(packReservations),
    ...unread
      .slice(0, MAX_UNREAD)
      .map(({ path, reason }) => `${path} was not read and may hold evidence (${reason})`),
    ...(unread.length > MAX_UNREAD
      ? [`${unread.length - MAX_UNREAD} more files were not read and may hold evidence`]
      : []),
  ];
}

/** Largest number of files listed by name. */
const MAX_UNREAD = 20;

function packReservations(pack: EvidencePack): readonly string[] {
  const { path, digest, otherVersion, checksums, withoutChecksum } = pack;
  const isUnlisted = checksums.listed > 0 && withoutChecksum.length > 0;
  return [
    ...(isUnlisted ? [`the evidence pack ${path} has no checksum of ${withoutChecksum.join(", ")}`] : []),
    ...(digest === "not verified" ? [`the digest of the evidence pack ${path} was not verified`] : []),
    ...(otherVersion === undefined
      ? []
      : [`the manifest of the evidence pack ${path} names another version of MPLP (${otherVersion})`]),
  ];
}

/** Why a run stays open without any claim: event-like records that were not judged, logs without a record. */
export function passedOverIn(inputs: Report["inputs"]): readonly string[] {
  const unjudged = inputs.reduce((sum, input) => sum + (input.unjudged ?? 0), 0);
  const empty = inputs.filter((input) => input.empty === "refused").map(({ path }) => path);
  return [
    ...(unjudged > 0 ? [unjudgedReason(unjudged)] : []),
    ...empty.slice(0, MAX_UNREAD).map((path) => `${path} holds no record (--allow-empty accepts that)`),
    ...(empty.length > MAX_UNREAD ? [`${empty.length - MAX_UNREAD} more files hold no record`] : []),
  ];
}

/** True if every input is a log without a record, and that is allowed. */
export function isAllowedEmpty({ inputs, errors }: Pick<Report, "inputs" | "errors">): boolean {
  return inputs.length > 0 && errors.length === 0 && inputs.every(({ empty }) => empty === "allowed");
}

function unjudgedReason(count: number): string {
  return `${counted(count, "record")} ${count === 1 ? "looks like an event and was" : "look like events and were"} not judged`;
}
