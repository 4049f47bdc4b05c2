import { randomUUID } from "node:crypto";
import type { DigestName, OwnValue, Slot } from "../../../model/kinds.js";
import type { Instant } from "../../../model/observation.js";
import type { Examined } from "../../../model/rule.js";
import type { Digests, JsonObject, ParsedRecord } from "../../../model/subject.js";
import { digestInUuidForm, instantInUuidForm } from "../../../model/uuid-form.js";
import { eventWith, type Given, type Kind } from "./kind.js";

/** An event of a kind whose own values and digests can be told from everything else. */
export interface Probe {
  readonly examined: Examined;
  /** Texts with what they stand for. No one of them is a part of another. */
  readonly texts: readonly { readonly text: string; readonly slot: Slot }[];
  readonly integers: readonly { readonly member: number; readonly value: number }[];
  readonly times: readonly { readonly member: number; readonly instant: Instant }[];
  readonly digests: Readonly<Record<DigestName, number>>;
}

type Own = OwnValue & Given;

/**
 * Makes an event of a kind, with other own values.
 *
 * @param record an event of the kind
 * @param round counts from 0. Probes of two rounds have no own value in common. In round 1, the times of an event have
 * the opposite order.
 */
export function probeOf(kind: Kind, record: ParsedRecord, round: number): Probe {
  const values = record.ownValues?.() ?? [];
  const own = values.map((value, index): Own => {
    const place = round === 1 ? values.length - index : index;
    return { ...value, value: ownValue(value, place, round) };
  });
  const digests = digestsOf(round);
  return {
    examined: eventWith(kind, record, own, (_record, payload) => asDigests(digests, payload)),
    texts: [...own.flatMap(textIn), ...DIGEST_NAMES.map((digest) => digestText(digest, digests[digest]))],
    integers: own.flatMap(({ member, value }) =>
      typeof value === "number" && value !== 0 ? [{ member, value }] : [],
    ),
    times: own.flatMap(({ what, member, value }) =>
      what === "time" ? [{ member, instant: instantOf(value) }] : [],
    ),
    digests,
  };
}

/** A value of the same kind as an own value: of the same sign, if it is a number. */
function ownValue({ what, text }: OwnValue, place: number, round: number): string | number {
  switch (what) {
    case "uuid":
      return randomUUID();
    case "time":
      return new Date(Date.UTC(2001, 1 + place, 3 + round, 4, 5, 6, 789 - round)).toISOString();
    case "name":
    case "id":
      return `n${"x".repeat(round)}${randomUUID().replaceAll("-", "")}`;
    case "integer":
      return Math.sign(Number(text)) * (710_000_000 + 1_009 * (101 * round + place));
  }
}

function textIn({ what, member, value }: Own): Probe["texts"] {
  if (what === "time")
    return [{ text: instantInUuidForm(instantOf(value)), slot: { what: "instant", member } }];
  // 0 is the same in all events of the kind.
  return value === 0 ? [] : [{ text: String(value), slot: { what, member } }];
}

const DIGEST_NAMES = ["content", "delivery", "payload"] as const;

function digestText(digest: DigestName, value: number): Probe["texts"][number] {
  return { text: digestInUuidForm(value), slot: { what: "digest", digest } };
}

/** Digests are whole numbers below 2^52. */
function digestsOf(round: number): Probe["digests"] {
  const digest = (index: number): number => 2 ** 51 + 98_765_432_123 * (3 * round + index + 1);
  return { content: digest(0), delivery: digest(1), payload: digest(2) };
}

function asDigests(
  { content, delivery, payload: ofPayload }: Probe["digests"],
  payload: JsonObject | undefined,
): Digests {
  // The digest of anything else is no whole number, which no program can make.
  return { content, delivery, of: (value) => (value === payload ? ofPayload : Number.NaN) };
}

/** The instant of a time in whole milliseconds. */
function instantOf(time: string | number): Instant {
  const milliseconds = Date.parse(String(time));
  const seconds = Math.floor(milliseconds / 1000);
  return { seconds, fraction: (milliseconds - seconds * 1000) / 1000 };
}
