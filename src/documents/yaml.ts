import {
  boolCoreTag,
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  floatCoreTag,
  getScalarValue,
  intCoreTag,
  NOT_RESOLVED,
  nullCoreTag,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  YAMLException,
} from "js-yaml";
import type { Span } from "../json/json-scan.js";
import { INEXACT, isInexact, REPEATED } from "./json.js";
import { type Placed, type RawDocument, type RawProblem, spansIn, unreadableDocument } from "./places.js";

const MAX_DEPTH = 100;
/** Counted after the expansion of aliases: a few of them can stand for billions of values. */
const MAX_VALUES = 100_000;

/** Reads the first document of a YAML text. Accepts only values that JSON has, and names that are text. */
export function readYaml(text: string): RawDocument {
  try {
    return new Builder(text, parseEvents(text, { maxDepth: MAX_DEPTH })).document();
  } catch (error) {
    if (error instanceof Unreadable) return unreadableDocument(error.offset, error.message);
    const offset = error instanceof YAMLException ? (error.mark?.position ?? 0) : 0;
    const { message, hint } = complaint(error instanceof YAMLException ? error.reason : "");
    return unreadableDocument(Math.min(offset, text.length), message, hint);
  }
}

class Unreadable extends Error {
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

interface Built {
  readonly value: unknown;
  readonly placed: Placed;
  /** Number of values, including all nested ones. */
  readonly size: number;
}

type Collection = Extract<Event, { style: unknown; start: number }>;

/** Builds data and places from the parser's events. The place of a block collection is that of its name. */
class Builder {
  readonly #anchors = new Map<string, Built | "open">();
  readonly #problems: RawProblem[] = [];
  #at = 0;
  #size = 0;

  constructor(
    readonly text: string,
    readonly events: readonly Event[],
  ) {}

  document(): RawDocument {
    if (this.events.length === 0) return unreadableDocument(0, "The document is empty.");
    this.#at = 1;
    const { value, placed } = this.#value(this.#ownSpan() ?? { start: 0, end: 1 });
    const next = this.events.slice(this.#at + 1).find((event) => offsetOf(event) >= 0);
    if (next !== undefined) {
      this.#problems.push({
        offset: offsetOf(next),
        message: "A second YAML document begins before here.",
        hint: "Only the first one is read.",
        leavesOut: true,
      });
    }
    const problems = this.#problems.sort((a, b) => a.offset - b.offset);
    return { value, spanOf: spansIn(placed), problems };
  }

  /** Builds the next value; a value without text gets the place `around`. */
  #value(around: Span): Built {
    const event = this.events[this.#at++];
    this.#grow(1, event === undefined ? around.start : Math.max(around.start, offsetOf(event)));
    if (event?.type === EVENT_ID.ALIAS) return this.#aliased(event);
    if (
      event?.type !== EVENT_ID.SCALAR &&
      event?.type !== EVENT_ID.MAPPING &&
      event?.type !== EVENT_ID.SEQUENCE
    )
      return { value: null, placed: { span: around }, size: 1 };
    const { anchorStart, anchorEnd } = event;
    const name = anchorStart < 0 ? undefined : this.text.slice(anchorStart, anchorEnd);
    if (name !== undefined) this.#anchors.set(name, "open");
    const before = this.#size - 1;
    const made =
      event.type === EVENT_ID.SCALAR ? this.#scalar(event, around) : this.#collection(event, around);
    const built = { ...made, size: this.#size - before };
    if (name !== undefined) this.#anchors.set(name, built);
    return built;
  }

  #aliased({ anchorStart, anchorEnd }: Extract<Event, { type: typeof EVENT_ID.ALIAS }>): Built {
    const span = { start: anchorStart - 1, end: anchorEnd };
    const anchored = this.#anchors.get(this.text.slice(anchorStart, anchorEnd));
    if (anchored === undefined || anchored === "open") {
      const message =
        anchored === undefined
          ? "This alias has no anchor before it."
          : "This alias refers to a value that contains it.";
      this.#complain(span.start, message);
      return { value: null, placed: { span }, size: 1 };
    }
    this.#grow(anchored.size - 1, span.start);
    return { ...anchored, placed: { ...anchored.placed, span } };
  }

  #scalar(event: ScalarEvent, around: Span): Omit<Built, "size"> {
    const span = spanOfScalar(event) ?? around;
    const source = getScalarValue(this.text, event);
    const tag = this.#tagOf(event, SCALAR_TAGS);
    const isText = tag === undefined && event.style !== SCALAR_STYLE.PLAIN;
    if (isText || tag === "!!str" || tag === "!") return { value: source, placed: { span } };
    const value = tag === undefined ? resolved(source) : RESOLVERS[tag]?.resolve(source, true, tag);
    if (value === NOT_RESOLVED) this.#complain(span.start, "This value does not fit its tag.");
    if (typeof value === "number" && isInexact(value))
      this.#problems.push({ offset: span.start, ...INEXACT });
    return { value: value === NOT_RESOLVED ? source : value, placed: { span } };
  }

  #collection(event: Collection, around: Span): Omit<Built, "size"> {
    const isFlow = event.style === COLLECTION_STYLE.FLOW;
    const span = isFlow ? { start: event.start, end: event.start + 1 } : around;
    const isMapping = event.type === EVENT_ID.MAPPING;
    this.#tagOf(event, isMapping ? MAPPING_TAGS : SEQUENCE_TAGS);
    const members = new Map<string, Placed>();
    const value = isMapping ? this.#members(members, span) : this.#items(members, span);
    this.#at++;
    return { value, placed: { span, members } };
  }

  #items(places: Map<string, Placed>, around: Span): unknown[] {
    const items: unknown[] = [];
    while (this.#next()?.type !== EVENT_ID.POP) {
      const { value, placed } = this.#value(this.#ownSpan() ?? around);
      places.set(String(items.length), placed);
      items.push(value);
    }
    return items;
  }

  #members(places: Map<string, Placed>, around: Span): Record<string, unknown> {
    const object = Object.create(null) as Record<string, unknown>;
    while (this.#next()?.type !== EVENT_ID.POP) {
      const span = this.#ownSpan() ?? around;
      const name = this.#name(span);
      const { value, placed } = this.#value(span);
      if (name === undefined) continue;
      if (name in object) this.#problems.push({ offset: placed.span.start, ...REPEATED });
      object[name] = value;
      places.set(name, placed);
    }
    return object;
  }

  /** Reads a member's name; undefined if JSON could not have such a name. */
  #name(span: Span): string | undefined {
    const event = this.#next();
    if (event?.type !== EVENT_ID.SCALAR) {
      this.#value(span);
      this.#complain(span.start, "A member name must be text, not a list, an object or an alias.");
      return undefined;
    }
    this.#at++;
    const name = getScalarValue(this.text, event);
    if (event.style !== SCALAR_STYLE.PLAIN) return name;
    if (name === "<<") {
      this.#complain(span.start, "Merge keys (<<) are not supported.", "Write the members out.");
      // It stays, so that readers know that something is missing.
      return name;
    }
    if (typeof resolved(name) !== "string")
      this.#complain(span.start, "A member name must be text.", "Put it in quotes.");
    return name;
  }

  /** The tag of a value, if it is one of `known`. */
  #tagOf({ tagStart, tagEnd }: ScalarEvent | Collection, known: ReadonlySet<string>): string | undefined {
    if (tagStart < 0) return undefined;
    const tag = this.text.slice(tagStart, tagEnd);
    if (known.has(tag)) return tag;
    this.#complain(
      tagStart,
      "This tag is not supported.",
      "Only text, numbers, true, false, null, lists and objects are.",
    );
    return undefined;
  }

  /** The place of the block collection that comes next as an item: its first name or value. */
  #ownSpan(): Span | undefined {
    const event = this.#next();
    if (event?.type === EVENT_ID.SCALAR) return spanOfScalar(event);
    const offset = event === undefined ? -1 : offsetOf(event);
    return offset < 0 ? undefined : { start: offset, end: offset + 1 };
  }

  #next(): Event | undefined {
    return this.events[this.#at];
  }

  #grow(by: number, offset: number): void {
    this.#size += by;
    if (this.#size > MAX_VALUES)
      throw new Unreadable(offset, `The document has more than ${MAX_VALUES} values.`);
  }

  #complain(offset: number, message: string, hint?: string): void {
    this.#problems.push({ offset, message, ...(hint !== undefined && { hint }) });
  }
}

const RESOLVERS: Readonly<Record<string, typeof nullCoreTag | typeof boolCoreTag | typeof intCoreTag>> = {
  "!!null": nullCoreTag,
  "!!bool": boolCoreTag,
  "!!int": intCoreTag,
  "!!float": floatCoreTag,
};
const SCALAR_TAGS: ReadonlySet<string> = new Set(["!", "!!str", ...Object.keys(RESOLVERS)]);
const MAPPING_TAGS: ReadonlySet<string> = new Set(["!", "!!map"]);
const SEQUENCE_TAGS: ReadonlySet<string> = new Set(["!", "!!seq"]);

const NUMBER = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;

/** The value of a plain scalar: null, a boolean, a number, otherwise text. Dates are text. */
function resolved(source: string): unknown {
  for (const [name, tag] of Object.entries(RESOLVERS)) {
    const value: unknown = tag.resolve(source, false, name);
    if (value !== NOT_RESOLVED) return value;
  }
  // The parser returns numbers beyond the range of doubles as text.
  return NUMBER.test(source) ? Number(source) : source;
}

/** The offset of an event's text, or -1 if it has none. */
function offsetOf(event: Event): number {
  if (event.type === EVENT_ID.SCALAR) return spanOfScalar(event)?.start ?? -1;
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart - 1;
  return "start" in event ? event.start : -1;
}

/** A scalar's text with its quotes. The parser gives no position for the marks of block scalars (| and >). */
function spanOfScalar({ valueStart, valueEnd, style }: ScalarEvent): Span | undefined {
  if (valueStart < 0 || style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK)
    return undefined;
  const quote = style === SCALAR_STYLE.PLAIN ? 0 : 1;
  return { start: valueStart - quote, end: valueEnd + quote };
}

/** The parser's complaints in our own words, because its messages may repeat the text. */
const COMPLAINTS: readonly (readonly [RegExp, string, hint?: string])[] = [
  [/\btab characters/, "A tab stands in the indentation.", "Indent with spaces."],
  [/nesting exceeded/, `Values are nested more than ${MAX_DEPTH} levels deep.`],
  [/indentation/, "The indentation does not fit the lines above."],
  [/unexpected end of the/, "A quote or bracket is opened and not closed."],
  [/missed comma|found ','/, "A comma is missing, or one too many."],
  [/expected ':'|block mapping entry|key-value separator/, "A member name has no colon and blank after it."],
  [/non-printable|null byte|JSON character/, "There is a character here that YAML does not allow."],
  [/escape sequence|hexadecimal/, "This escape sequence is not known."],
  [/\btag\b/, "This tag is not supported."],
  [/document separator/, "The document ends before here, and more text follows."],
];

function complaint(reason: string): { message: string; hint?: string } {
  const [, message, hint] = COMPLAINTS.find(([pattern]) => pattern.test(reason)) ?? [];
  return { message: `This is not valid YAML. ${message ?? ""}`.trim(), ...(hint !== undefined && { hint }) };
}
