import type { Examined } from "../../../model/rule.js";
import { isJsonObject } from "../../../model/subject.js";
import type { Found } from "../found.js";

/** The findings of at most so many events are known; broken events that are like none of them are examined. */
const MAX_KNOWN = 1 << 12;
/** Events with more members are examined. */
const MAX_NAMES = 64;

/**
 * Responsible for: what is found in events that are alike and whose members have the same names.
 * May not: examine an event.
 */
export class KnownFindings {
  /** By names, by likeness. */
  readonly #found = new Map<number, Map<string, readonly Found[]>>();
  #size = 0;

  /** What is found in an event; undefined if it has to be examined. */
  of(examined: Examined): readonly Found[] | undefined {
    const byNames = this.#found.get(examined.record.likeness);
    const names = byNames === undefined ? undefined : namesIn(examined);
    return names === undefined ? undefined : byNames?.get(names);
  }

  /** @param found in an event with a likeness */
  add(examined: Examined, found: readonly Found[]): void {
    const names = namesIn(examined);
    if (names === undefined || this.#size === MAX_KNOWN) return;
    const { likeness } = examined.record;
    const byNames = this.#found.get(likeness) ?? new Map<string, readonly Found[]>();
    this.#found.set(likeness, byNames.set(names, found));
    this.#size++;
  }
}

/**
 * The names of an event's members, in their order, with those in objects; undefined if they are many. A missing member may be
 * in any object.
 */
function namesIn({ event }: Examined): string | undefined {
  const names = Object.entries(event).map(([name, value]) => {
    if (isJsonObject(value)) return [name, ...Object.keys(value)];
    return Array.isArray(value) ? [name] : name;
  });
  return names.flat().length > MAX_NAMES ? undefined : JSON.stringify(names);
}
