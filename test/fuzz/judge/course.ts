import { instantOf, isLeapSecond } from "./instants.js";
import { badnessOf, type Known, LIFECYCLES, type Moment } from "./lifecycles.js";
import type { About, Thing } from "./things.js";

/** The clauses that a thing breaks; undefined if the judge leaves that open. */
export type Broken = ReadonlyMap<string, "MUST" | "SHOULD"> | undefined;

const STATUSES: Readonly<Record<Thing, readonly string[]>> = {
  stage: ["pending", "running", "completed", "failed", "skipped"],
  execution: ["pending", "running", "completed", "failed", "cancelled"],
  tool: ["pending", "running", "succeeded", "failed", "cancelled"],
  ci: ["pending", "running", "succeeded", "failed", "cancelled"],
};

/** What the events of a log say about one thing. */
export class Course {
  readonly #thing: Thing;
  readonly #moments: Moment[] = [];
  /** Values that are to stay the same, by the clause that says so and what they are. */
  readonly #stable = new Map<string, Set<unknown>>();
  /** True if an event may or may not count, or has no time at which this judge could place it. */
  #isOpen = false;
  /** True if an event has a status that does not exist: it says nothing, but may stand for one that is missing. */
  #hasUnknown = false;

  constructor(thing: Thing) {
    this.#thing = thing;
  }

  /** Takes what the next event says. */
  take({ status, stable, isOpen }: About, timestamp: unknown): void {
    const at = isLeapSecond(timestamp) ? undefined : instantOf(timestamp);
    const isKnown = STATUSES[this.#thing].includes(status as string);
    this.#isOpen ||= isOpen || at === undefined;
    this.#hasUnknown ||= !isKnown;
    if (at !== undefined && isKnown) this.#moments.push({ status: status as string, at });
    for (const [what, is] of stable) this.#stable.set(what, (this.#stable.get(what) ?? new Set()).add(is));
  }

  /** The clauses that the thing breaks if they are the same whatever of several things is known. */
  broken(known: readonly Known[]): Broken {
    const unsure = this.#hasUnknown
      ? known.map((each) => ({ ...each, isJudged: false, mayHaveChanged: true }))
      : [];
    const [first, ...others] = [...known, ...unsure].map((each) => this.#brokenIf(each));
    const textOf = (broken: Broken): string => JSON.stringify([...(broken ?? [])]);
    return others.every((other) => textOf(other) === textOf(first)) ? first : undefined;
  }

  #brokenIf(known: Known): Broken {
    if (this.#isOpen || (this.#hasUnknown && known.isComplete)) return undefined;
    const broken = new Map<string, "MUST" | "SHOULD">();
    for (const [what, values] of this.#stable)
      if (values.size > 1) broken.set(what.split(" ")[0] ?? "", "SHOULD");
    for (const lifecycle of LIFECYCLES[this.#thing]) {
      const badness = badnessOf(lifecycle, this.#moments, known);
      if (badness === undefined) return undefined;
      if (badness > 0) broken.set(lifecycle.clause, badness === 2 ? "MUST" : "SHOULD");
    }
    return broken;
  }
}
