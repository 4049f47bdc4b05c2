import { locate } from "../../json/json-scan.js";
import {
  type Carriage,
  isJsonObject,
  type JsonObject,
  type LogRecord,
  type MalformedRecord,
} from "../../model/subject.js";
import type { Carried, Carrier, Content, Parts } from "../carriers/carrier.js";
import { scanRecord } from "../scan/scan-record.js";
import { type FaultPlace, faultPlaceOf } from "./broken-records.js";
import { bytesOf, closesMore, TORN, unread, withoutLineEnd, withRest } from "./envelope-text.js";
import { isBroken, readRecord, savedFrom } from "./read-record.js";

/** Takes records out of the envelopes of other programs. */
export interface Unwrapping {
  /** The records that an envelope carries; undefined if the record is not an envelope. */
  carriedBy(record: LogRecord): Iterable<LogRecord> | undefined;
  /** Find messages that were split over several lines. */
  readonly parts: readonly Parts[];
}

export const NOT_UNWRAPPED: Unwrapping = { carriedBy: () => undefined, parts: [] };

/** Knowledge about the meaning of records. */
export interface Meaning {
  /** True if the record has a known shape; then it is never an envelope. */
  isKnown(value: JsonObject): boolean;
  /** True if a value that is not a record contains an event at any depth. */
  holdsEvent(value: unknown): boolean;
}

/** Largest number of nested carriers. */
const MAX_DEPTH = 3;
const TOO_DEEP = `at most ${MAX_DEPTH} carriers around an event`;

export function unwrappingOf(carriers: readonly Carrier[], meaning: Meaning): Unwrapping {
  if (carriers.length === 0) return NOT_UNWRAPPED;
  const unwrapper = new Unwrapper(carriers, meaning);
  return {
    carriedBy: (record) => unwrapper.carriedBy(record),
    parts: carriers.flatMap(({ parts = [] }) => parts),
  };
}

interface Envelope {
  readonly carrier: Carrier;
  readonly carried: Carried;
}

/** A text taken from an envelope. */
interface Inner {
  readonly bytes: Buffer;
  readonly place: FaultPlace;
  readonly carriage: Carriage;
  readonly mayBeOther: boolean;
}

class Unwrapper {
  readonly #carriers: readonly Carrier[];
  readonly #meaning: Meaning;

  constructor(carriers: readonly Carrier[], meaning: Meaning) {
    this.#carriers = carriers;
    this.#meaning = meaning;
  }

  carriedBy(record: LogRecord): Iterable<LogRecord> | undefined {
    const envelope = this.#envelopeIn(record);
    if (envelope === undefined) return undefined;
    const isTooDeep = record.carriage?.by.length === MAX_DEPTH;
    return isTooDeep
      ? [unread(record, record.carriage, "not-unwrapped", TOO_DEEP)]
      : this.#recordsOf(record, envelope);
  }

  #envelopeIn(record: LogRecord): Envelope | undefined {
    if ("value" in record) {
      const found = this.#firstOf((carrier) => carrier.inObject?.(record.value));
      return found !== undefined && !this.#isKnownAround(found.carried) ? found : undefined;
    }
    if (record.malformed !== "not-json" && record.malformed !== "not-utf8") return undefined;
    const found = this.#firstOf((carrier) => carrier.inText?.(record.text));
    const { rest } = found?.carried ?? {};
    // Text around the content cannot become a record, so a line with an event there is not an envelope.
    if (found === undefined || (typeof rest === "string" && this.#meaning.holdsEvent(rest))) return undefined;
    return record.malformed === "not-utf8" && this.#looksLikeRecord(record.text) ? undefined : found;
  }

  /** True if the envelope is a record of its own, whatever it carries. */
  #isKnownAround({ rest }: Carried): boolean {
    const [around]: readonly unknown[] = Array.isArray(rest) ? rest : [rest];
    return isJsonObject(around) && this.#meaning.isKnown(around);
  }

  #firstOf(carriedIn: (carrier: Carrier) => Carried | undefined): Envelope | undefined {
    for (const carrier of this.#carriers) {
      const carried = carriedIn(carrier);
      if (carried !== undefined) return { carrier, carried };
    }
    return undefined;
  }

  *#recordsOf(record: LogRecord, { carrier, carried }: Envelope): Generator<LogRecord> {
    const { contents, rest, mayBeOther } = carried;
    const by = [...(record.carriage?.by ?? []), carrier.name];
    if (contents.length === 0) yield unread(record, { by, isText: true }, "other-output");
    for (const content of contents) yield* this.#recordsIn(record, content, { by, mayBeOther });
    if (!("value" in record)) return;
    // For a repeated key, only the last value was unwrapped.
    const others = record.replaced?.().map(({ text }) => text) ?? [];
    for (const other of [rest, ...others]) if (this.#meaning.holdsEvent(other)) yield withRest(record, other);
  }

  #recordsIn(
    record: LogRecord,
    content: Content,
    { by, ...how }: Pick<Inner, "mayBeOther"> & Pick<Carriage, "by">,
  ): Iterable<LogRecord> {
    const { text, line, column } = record;
    if ("missing" in content) return [unread(record, { by, isText: true }, "not-unwrapped", content.missing)];
    if ("text" in content) {
      const bytes = withoutLineEnd(bytesOf(content.text));
      return this.#read({ ...how, bytes, place: { line, column }, carriage: { by, isText: true } });
    }
    const { start, end } = "pointer" in content ? locate(text, content.pointer) : content;
    const isText = record.carriage?.isText === true;
    const place = isText ? { line, column } : faultPlaceOf(text, start, { line, column });
    return this.#read({
      ...how,
      bytes: Buffer.from(text.slice(start, end)),
      place,
      carriage: { by, isText },
    });
  }

  /** The records in a text: a record, the contents of an envelope, lines of records, or other output. */
  *#read(inner: Inner): Generator<LogRecord> {
    const { bytes, place, carriage, mayBeOther } = inner;
    const span = { start: 0, end: bytes.length, ...place };
    const record = { ...readRecord(bytes, span, scanRecord(bytes), false), carriage };
    const { text } = record;
    if (text.trim() === "") return;
    const carried = this.carriedBy(record);
    if (carried !== undefined) yield* carried;
    else if ("value" in record) yield record;
    else if (carriage.isText && isBroken(record) && /\n./.test(text.trim()))
      yield* this.#readLines(inner, text);
    else if (mayBeOther && !this.#isRecord(record)) yield unread(record, carriage, "other-output");
    else if (isBroken(record)) yield* this.#savedFrom(record, inner);
    else yield record;
  }

  *#readLines(inner: Inner, text: string): Generator<LogRecord> {
    for (const line of text.split("\n")) yield* this.#read({ ...inner, bytes: Buffer.from(line) });
  }

  *#savedFrom(broken: MalformedRecord, { bytes, place, carriage }: Inner): Generator<LogRecord> {
    const span = { start: 0, end: bytes.length, ...place };
    for (const saved of savedFrom(broken, bytes, span)) {
      const record = { ...saved, carriage, ...(carriage.isText && place) };
      yield* ("value" in record ? this.carriedBy(record) : undefined) ?? [record];
    }
  }

  /** True if the record is judged although it is not a JSON object. */
  #isRecord(record: MalformedRecord): boolean {
    if (record.malformed === "not-an-object") return this.#meaning.holdsEvent(record.json);
    return this.#looksLikeRecord(record.text);
  }

  #looksLikeRecord(text: string): boolean {
    return TORN.some((sign) => sign.test(text)) || closesMore(text) || this.#meaning.holdsEvent(text);
  }
}
