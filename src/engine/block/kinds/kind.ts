import type { OwnValue, Program } from "../../../model/kinds.js";
import type { Terms } from "../../../model/likeness.js";
import type { Examined } from "../../../model/rule.js";
import type { Observed } from "../../../model/source.js";
import {
  type Digests,
  isJsonObject,
  type JsonObject,
  type ParsedRecord,
  type Subject,
} from "../../../model/subject.js";
import type { Found } from "../found.js";
import type { Track } from "../rulebook.js";

type Members = Record<string, unknown>;

/** A kind of events in which the same was found. */
export interface Kind {
  readonly track: Track;
  /** Empty for clean events. */
  readonly found: readonly Found[];
  /** The first event of the kind, without what rules do not look at. */
  readonly first: Subject;
  /** Number of events that were looked at. */
  seen: number;
  /** What log rules keep of each event; undefined until there is a reason to find out, null if only they can say. */
  learned: Learned | undefined | null;
}

/** What log rules keep of the events of a kind. */
export interface Learned {
  readonly program: Program;
  /** Kinds with equal lists have the same object. */
  readonly shared: readonly Shared[];
}

/** An observation that all events of a kind share. Kinds with equal ones have the same object. */
export interface Shared {
  /** The number of the source. */
  readonly source: number;
  readonly observed: Observed;
}

/** An own value that an event is given. */
export type Given = Pick<OwnValue, "name" | "isInPayload"> & { readonly value: string | number };

/** Whether events of this subject's kind can be told by likeness. */
export function hasKind(subject: Subject): boolean {
  return subject.kind === "profile-event" || (subject.kind === "event" && subject.hasFamily);
}

/** A subject with the members only that decide likeness. */
export function judgedPart(subject: Subject, terms: Terms): Subject {
  const { payload } = subject.value;
  const value: Members = withMembers(subject.value, terms.members);
  if (isJsonObject(payload) && mattersPayload(subject, payload, terms))
    value.payload = withMembers(payload, Object.keys(terms.payload));
  return withValue(subject, value);
}

function mattersPayload(subject: Subject, payload: JsonObject, { leading, telling }: Terms): boolean {
  return (
    subject.kind !== "event" ||
    subject.integration !== undefined ||
    [...leading, ...telling].some((name) => payload[name] !== undefined)
  );
}

/** Missing members become undefined: objects of one shape are copied four times as fast as objects of many shapes. */
function withMembers(value: JsonObject, names: readonly string[]): Members {
  return Object.fromEntries(names.map((name) => [name, withoutContents(value[name])]));
}

/** An empty container for a container; any other value stays. */
function withoutContents(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  return typeof value === "object" && value !== null ? {} : value;
}

/** A subject of the same kind with another value. */
function withValue(subject: Subject, value: JsonObject): Subject {
  if (!("integration" in subject) || subject.integration === undefined)
    return { ...subject, value } as Subject;
  const part = subject.integration.base === "" ? value : value.payload;
  const integration = { ...subject.integration, value: isJsonObject(part) ? part : {} };
  return { ...subject, value, integration } as Subject;
}

/** The event of a record of a known kind. It has only the judged members. */
export function eventIn(kind: Kind, record: ParsedRecord): Examined {
  const own = record.ownValues?.() ?? [];
  const given = own.map((each) => ({
    ...each,
    value: each.what === "integer" ? Number(each.text) : each.text,
  }));
  return eventWith(kind, record, given, ({ digests, payloadDigest = 0 }, payload) => ({
    content: digests.content,
    delivery: digests.delivery,
    // The payload at hand has only its judged members; the digest is that of the whole.
    of: (value) => (value === payload ? payloadDigest : digests.of(value)),
  }));
}

/** The first event of a kind with other own values and digests. */
export function eventWith(
  { first }: Kind,
  record: ParsedRecord,
  own: readonly Given[],
  digestsFor: (record: ParsedRecord, payload: JsonObject | undefined) => Digests,
): Examined {
  const value: Members = { ...first.value };
  const payload: Members | undefined = isJsonObject(value.payload) ? { ...value.payload } : undefined;
  if (payload !== undefined) value.payload = payload;
  for (const { name, isInPayload, value: given } of own) {
    if (!isInPayload) value[name] = given;
    else if (payload !== undefined) payload[name] = given;
  }
  const subject = withValue(first, value);
  return {
    record: new RecordWithDigests(record, digestsFor(record, payload)),
    subject,
    event: subject.value,
    integration: "integration" in subject ? subject.integration : undefined,
  };
}

/** A record with other digests. Its text and its value are read only when somebody asks for them. */
class RecordWithDigests implements ParsedRecord {
  readonly line: number;
  readonly column: number;
  readonly signs: number;
  readonly likeness: number;
  readonly digests: Digests;
  readonly #record: ParsedRecord;

  constructor(record: ParsedRecord, digests: Digests) {
    this.line = record.line;
    this.column = record.column;
    this.signs = record.signs;
    this.likeness = record.likeness;
    this.digests = digests;
    this.#record = record;
  }

  get text(): string {
    return this.#record.text;
  }

  get value(): JsonObject {
    return this.#record.value;
  }
}
