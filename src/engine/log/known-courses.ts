import type { Source } from "../../model/source.js";
import type { Entry } from "../keep/store.js";
import type { KeyJudge, Taken } from "./key-judge.js";

/** A log has dozens of courses. If a hostile one has more than this, the later ones are judged. */
const MAX_COURSES = 1 << 12;
/** Kept numbers without facts in them have no course. */
const NO_FACTS = Number.POSITIVE_INFINITY;

/**
 * The courses in which the rules of a source found nothing. The groups of a log are of few courses, as its events are of
 * few kinds, and one of a known course is not judged again.
 */
export class KnownCourses {
  readonly #facts: number;
  readonly #judges: readonly KeyJudge[];
  /** What each rule made of a course; undefined if it has to judge each group. */
  readonly #known = new Map<number | string, readonly Taken[] | undefined>();

  private constructor(facts: number, judges: readonly KeyJudge[]) {
    this.#facts = facts;
    this.#judges = judges;
  }

  /** Only if all rules judge by the order alone. */
  static of({ facts = NO_FACTS }: Source, judges: readonly KeyJudge[]): KnownCourses | undefined {
    return judges.every(({ judgesOrder }) => judgesOrder) ? new KnownCourses(facts, judges) : undefined;
  }

  /** Counts a group of a known course; false if it is to be judged. */
  take(entry: Entry): boolean {
    const course = entry.course?.(this.#facts);
    const taken = course === undefined ? undefined : this.#known.get(course);
    if (taken === undefined) return false;
    // There may be millions of groups: an iterator would be made for each.
    for (let index = 0; index < taken.length; index++)
      this.#judges[index]?.count(entry, taken[index] ?? "skipped");
    return true;
  }

  add(entry: Entry, taken: readonly Taken[]): void {
    const course = entry.course?.(this.#facts);
    if (course === undefined || this.#known.has(course) || this.#known.size === MAX_COURSES) return;
    this.#known.set(course, taken.includes("reported") ? undefined : taken);
  }
}
