import { countsByLevel, type FindingLevel } from "../model/clause.js";
import type { Occurrence } from "../model/finding.js";
import type { Shown } from "../model/shown.js";

/** A finding with its number, from 1, in the order in which findings were made. */
export interface Numbered {
  readonly number: number;
  readonly finding: Shown<Occurrence>;
}

/** Findings that are kept for readers who come later. */
const KEPT = 1000;

/** How many findings there are of a clause at a level. */
export interface ClauseCount {
  readonly clause: string;
  readonly level: FindingLevel;
  readonly count: number;
}

/** The findings of a running server: the latest ones, and counts of all. */
export class FindingFeed {
  readonly byLevel = countsByLevel();
  readonly #byClause = new Map<string, ClauseCount>();
  readonly #latest: Numbered[] = [];
  readonly #readers = new Set<() => void>();
  #count = 0;

  /** The number of the latest finding. */
  get last(): number {
    return this.#count;
  }

  get byClause(): Iterable<ClauseCount> {
    return this.#byClause.values();
  }

  add(findings: readonly Shown<Occurrence>[]): void {
    for (const finding of findings) this.#add(finding);
    if (findings.length > 0) for (const wake of this.#readers) wake();
  }

  /** Findings after a number; the first ones are missing if they are no longer kept. */
  after(number: number): readonly Numbered[] {
    const from = this.#latest.findIndex((each) => each.number > number);
    return from < 0 ? [] : this.#latest.slice(from);
  }

  /** Calls a reader after each addition, until the returned function is called. */
  onAdded(wake: () => void): () => void {
    this.#readers.add(wake);
    return () => this.#readers.delete(wake);
  }

  #add(finding: Shown<Occurrence>): void {
    const { clauses, level, waived } = finding;
    if (waived !== true) {
      this.byLevel[level]++;
      for (const clause of clauses) this.#countClause(clause, level);
    }
    this.#latest.push({ number: ++this.#count, finding });
    if (this.#latest.length > 2 * KEPT) this.#latest.splice(0, KEPT);
  }

  #countClause(clause: string, level: FindingLevel): void {
    const key = `${clause} ${level}`;
    const { count } = this.#byClause.get(key) ?? { count: 0 };
    this.#byClause.set(key, { clause, level, count: count + 1 });
  }
}
