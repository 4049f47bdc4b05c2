import { createHash } from "node:crypto";
import { blockChecker } from "../../engine/block/check-block.js";
import { rulebookOf } from "../../engine/block/rulebook.js";
import type { BlockResult } from "../../engine/passage.js";
import { carriersFor } from "../../input/carriers/index.js";
import type { Block } from "../../input/frame/blocks.js";
import { hidingSecrets, hidingValues } from "../../input/record/hidden.js";
import { type Hiding, type Placing, placing } from "../../input/record/place.js";
import { readBlock } from "../../input/record/records.js";
import { shownRecord } from "../../input/record/shown-record.js";
import { NOT_UNWRAPPED, type Unwrapping, unwrappingOf } from "../../input/record/unwrapping.js";
import { type Wholes, wholes } from "../../input/record/whole-text.js";
import type { Factors } from "../../input/scan/factors.js";
import { takeDigestsWith } from "../../input/scan/instances.js";
import type { Unwrap } from "../../model/carriers.js";
import type { Chart } from "../../model/chart.js";
import type { ClaimName } from "../../model/claim.js";
import type { Discretion } from "../../model/discretion.js";
import { instantText } from "../../model/instant-text.js";
import type { KindOwner } from "../../model/kinds.js";
import { NO_TERMS } from "../../model/likeness.js";
import type { Allowance } from "../../model/rule.js";
import type { JsonObject, LogRecord, ParsedRecord, Subject } from "../../model/subject.js";
import { HIDES_SECRETS, hidesValues } from "../../privacy/discretion.js";
import { mayHoldEmailAddress } from "../../privacy/personal-data.js";
import { mayHoldSecrets } from "../../privacy/secrets.js";
import { CLAUSES } from "../../protocol/clauses/clauses.js";
import { isEventFamily } from "../../protocol/fields/families.js";
import { instantOf } from "../../protocol/fields/instant.js";
import type { Protocol } from "../../protocol/protocol.js";
import { holdsEventLike } from "../../recognise/held-events.js";
import { asMapping, recognise } from "../../recognise/recognise.js";
import { CHARTS } from "../../rules/charts/index.js";
import { RULES } from "../../rules/index.js";

/** The kinds of input that a user can force. */
export const FORCED_KINDS = ["event-log", "mapping", "samples", "snapshot", "evidence"] as const;
export type ForcedKind = (typeof FORCED_KINDS)[number];

/** Everything except the protocol that the results of blocks depend on. */
export interface BlockReaderOptions {
  readonly claims: readonly ClaimName[];
  /** The carriers to take records out of. */
  readonly unwrap: Unwrap;
  /** True to mask the sender's values, ids, words and names. */
  readonly redact: boolean;
  /** SHA-256 of secrets that give access to nothing. */
  readonly dummies?: readonly string[];
  /** True to sum up how the run goes over time. */
  readonly activity: boolean;
  /** The number of locations to keep for each finding. */
  readonly maxFindings: number;
  /** True if every occurrence is kept too. */
  readonly everyOccurrence: boolean;
  /** True if invalid integration events are kept unchanged. */
  readonly everyRejected?: boolean;
  /** The key for digests of the values that findings are about. If undefined, there are no digests. */
  readonly valueKey?: string;
  /** The factors for the digests of one run. */
  readonly factors: Factors;
}

/**
 * Checks one block or one document, a step at a time. The same block always gives the same result, except places that
 * no report lists.
 *
 * @param input see BlockChecker
 */
export type BlockReader = (
  block: Block | ParsedRecord,
  kind: ForcedKind | undefined,
  input?: number,
) => Generator<undefined, BlockResult>;

/** Builds the part of a check that looks at one block at a time; it works in any thread. */
export function blockReaderFor(protocol: Protocol, options: BlockReaderOptions): BlockReader {
  let forced: ForcedKind | undefined;
  // A forced kind may overrule the shape of an event, so likeness by shape does not apply.
  const termsFor = (kind: ForcedKind | undefined) => (isShapeTold(kind) ? protocol.likeness : NO_TERMS);
  const wanted = unwrappingFor(options.unwrap);
  const unwrapping = () => (isShapeTold(forced) ? wanted : NOT_UNWRAPPED);
  const hiding = hidingFor(options, protocol);
  const reading = {
    read: (block: Block | ParsedRecord, owner: KindOwner, input: object) =>
      "value" in block
        ? { records: [block] }
        : readBlock(block, { terms: termsFor(forced), owner, input }, unwrapping()),
    isSuspicious: ({ text, signs }: ParsedRecord) =>
      mayHoldSecrets(text, signs) || mayHoldEmailAddress(text, signs),
    carriedBy: (record: ParsedRecord) => unwrapping().carriedBy(record),
    terms: protocol.likeness,
    recognise: (value: JsonObject) => recognisedAs(forced, value),
    holdsEvent: holdsEventLike,
    defectsOf: protocol.defectsOf,
    ...placing(hiding, told),
    shown: (record: LogRecord) => shownRecord(record, hiding),
    discretion: discretionFor(options, protocol),
    allowance: allowanceOf(options),
  };
  const checkBlock = blockChecker(reading, rulebookOf(RULES, CLAUSES, options.claims, chartsFor(options)), {
    ...options,
    ...(options.everyRejected === true && { rejecting: REJECTING }),
  });
  return function* (block, kind, input) {
    const steps = checkBlock(block, input);
    try {
      for (;;) {
        forced = kind;
        // Another run in the same process may have other factors.
        takeDigestsWith(options.factors);
        const step = steps.next();
        if (step.done === true) return step.value;
        yield;
      }
    } finally {
      steps.return(NOTHING);
    }
  };
}

/** The charts of a run. */
export function chartsFor({ activity }: Pick<BlockReaderOptions, "activity">): readonly Chart[] {
  return activity ? CHARTS : [];
}

/** A generator that is given up has no result. */
const NOTHING = undefined as never;

/** Takes records out of the wanted carriers, but never out of records of a known shape. */
export function unwrappingFor(unwrap: Unwrap): Unwrapping {
  return unwrappingOf(carriersFor(unwrap), {
    isKnown: (value) => recognise(value).kind !== "unrecognised",
    holdsEvent: holdsEventLike,
  });
}

function allowanceOf({ dummies = [] }: BlockReaderOptions): Allowance {
  const known = new Set(dummies);
  return {
    isDummy: (secret) => known.size > 0 && known.has(createHash("sha256").update(secret).digest("hex")),
  };
}

/** How much of the senders' texts a run shows. */
export function discretionFor(
  { redact }: Pick<BlockReaderOptions, "redact">,
  { names }: Protocol,
): Discretion {
  return redact ? hidesValues((name) => names.has(name)) : HIDES_SECRETS;
}

/** Finds places of values and shows whole records; both are masked like the report. */
export function placingFor(
  options: Pick<BlockReaderOptions, "redact">,
  protocol: Protocol,
): Placing & Wholes {
  const hiding = hidingFor(options, protocol);
  return { ...placing(hiding, told), ...wholes(hiding) };
}

/** The family of an event and its time, where a record has them. */
function told(record: LogRecord): { readonly family?: string; readonly time?: string } {
  if (!("value" in record)) return {};
  const { event_family: family, timestamp, completed_at, started_at, captured_at } = record.value;
  const instant = [timestamp, completed_at, started_at, captured_at]
    .map(instantOf)
    .find((one) => one !== undefined);
  return {
    ...(isEventFamily(family) && { family }),
    ...(instant !== undefined && { time: instantText(instant) }),
  };
}

function hidingFor(options: Pick<BlockReaderOptions, "redact">, protocol: Protocol): Hiding {
  return options.redact ? hidingValues(discretionFor(options, protocol)) : hidingSecrets();
}

/** The clauses about schemas and invariants of integration events. An event that violates one is invalid. */
const REJECTING: ReadonlySet<string> = new Set(
  CLAUSES.map(({ id }) => id).filter((id) => id.startsWith("IS-4.3-")),
);

/** True if the record type is detected, not forced by an option. */
export function isShapeTold(kind: ForcedKind | undefined): boolean {
  return kind === undefined || kind === "event-log" || kind === "evidence";
}

/** The kind of a record; an option may force it. An event stays one that is not judged, whatever it is called. */
export function recognisedAs(kind: ForcedKind | undefined, value: JsonObject): Subject {
  if (kind === "mapping") return asMapping(value);
  const own = recognise(value);
  if (kind !== "samples" && kind !== "snapshot") return own;
  const forced = { kind: kind === "samples" ? "learning-sample" : kind, value } as const;
  return isEvent(own) ? { ...forced, holdsEvent: true } : forced;
}

function isEvent(subject: Subject): boolean {
  return subject.kind.endsWith("event") || ("holdsEvent" in subject && subject.holdsEvent === true);
}
