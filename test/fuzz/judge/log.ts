import { type Broken, Course } from "./course.js";
import { EventJudge, type Expectation, OPEN, UNREADABLE } from "./event.js";
import { sameId, Taints } from "./ids.js";
import {
  canonical,
  depthOf,
  hasRepeatedKey,
  isObject,
  type Line,
  type Members,
  parsed,
  stringsIn,
} from "./json.js";
import type { Protocol } from "./protocol.js";
import { aboutOf } from "./things.js";

/** What is expected of a log: for each line, and for each thing with a lifecycle. */
export interface Expected {
  readonly lines: readonly Expectation[];
  /** The thing that a line is about; a line without one has none. */
  readonly things: readonly (string | undefined)[];
  /** For each thing, each clause that is broken, with its level. */
  readonly broken: ReadonlyMap<string, Broken>;
}

/** The one format of tokens that the generator knows, and what may be one. */
const TOKEN = /(?<!\w)ghp_[A-Za-z0-9]{36}(?!\w)/;
const NEAR_TOKEN = /ghp_/i;
/** Records with more levels are not read. */
const DEEPEST = 512;

/** Judges a log by the text of the specification: each line, lifecycles, and ids that come again. */
export class LogJudge {
  readonly #events: EventJudge;
  readonly #lines: Expectation[] = [];
  readonly #things: (string | undefined)[] = [];
  readonly #courses = new Map<string, Course>();
  /**
   * True if a record may hold an event that the checker has not judged: then it may say that nothing is missing from the
   * log, and both answers must be the same.
   */
  #mayHide = false;
  readonly #taints = new Taints();
  /** By event_id. */
  readonly #deliveries = new Map<string, readonly Members[]>();

  constructor(protocol: Protocol) {
    this.#events = new EventJudge(protocol);
  }

  /** Takes the next line of the log. */
  add(line: Line): void {
    const record = parsed(line);
    this.#things.push(undefined);
    if (record !== undefined && isObject(record.value)) {
      this.#lines.push(this.#record(record.value, record.text));
      return;
    }
    this.#taints.add(line.toString("latin1"));
    this.#lines.push(UNREADABLE);
  }

  /** What is expected of all lines. */
  end(isComplete: boolean): Expected {
    const isRead = !this.#lines.includes(UNREADABLE);
    const known = (isRead && this.#mayHide ? [true, false] : [isRead]).map((isJudged) => ({
      isComplete,
      isJudged,
    }));
    const broken = new Map(
      [...this.#courses].map(([name, course]) => {
        const [, ...key] = JSON.parse(name) as string[];
        return [name, this.#taints.has(key) ? undefined : course.broken(known)];
      }),
    );
    return { lines: this.#lines, things: this.#things, broken };
  }

  #record(value: Members, text: string): Expectation {
    const isTooDeep = text.length > DEEPEST * 2 && depthOf(value) > DEEPEST;
    const judged = isTooDeep ? undefined : this.#events.judge(value);
    this.#mayHide ||= judged === undefined || judged.isOpen("payload") || Array.isArray(value.payload);
    if (judged === undefined) {
      this.#taints.add(text);
      return OPEN;
    }
    const found = new Set(judged.found);
    const plain = JSON.stringify(value);
    const isRepeated = plain !== text && hasRepeatedKey(text);
    if (isRepeated) found.add("SHOULD IN-2");
    // Of a repeated key the value has only the last, and the log has all.
    const all = isRepeated ? stringsIn(text).join("\n") : plain;
    const [isNearToken, hasToken] = [NEAR_TOKEN.test(all), TOKEN.test(all)];
    if (hasToken) found.add("SHOULD IS-7.1-2");
    const again = this.#delivery(value);
    if (again !== undefined) found.add(again);
    this.#observe(value);
    const isTainted = typeof value.event_id === "string" && this.#taints.has([value.event_id]);
    const isOpen = (subject: string): boolean =>
      judged.isOpen(subject) ||
      (isNearToken && subject === "IS-7.1-2" && !hasToken) ||
      (isTainted && ["PS-4.1-3", "IS-13.2-1"].includes(subject));
    return { found, isOpen };
  }

  /** The same event_id again: with equal content a redelivery (IS-13.2-1), else a violation (PS-4.1-3). */
  #delivery(value: Members): string | undefined {
    const { event_id: id } = value;
    if (typeof id !== "string") return undefined;
    const deliveries = this.#deliveries.get(sameId(id));
    this.#deliveries.set(sameId(id), [...(deliveries ?? []), value]);
    if (deliveries === undefined) return undefined;
    const contentOf = (each: Members): string => canonical({ ...each, event_id: "" });
    const content = contentOf(value);
    return deliveries.some((each) => contentOf(each) === content) ? "NOTE IS-13.2-1" : "MUST PS-4.1-3";
  }

  #observe(event: Members): void {
    for (const about of aboutOf(event)) {
      if (!about.key.every((part) => typeof part === "string")) continue;
      const name = JSON.stringify([about.thing, ...(about.key as string[]).map(sameId)]);
      this.#things[this.#things.length - 1] = name;
      const course = this.#courses.get(name) ?? new Course(about.thing);
      this.#courses.set(name, course);
      course.take(about, event.timestamp);
    }
  }
}
