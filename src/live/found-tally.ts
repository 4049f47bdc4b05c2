import { countsByLevel } from "../model/clause.js";
import type { Occurrence } from "../model/finding.js";
import type { Shown } from "../model/shown.js";

/** The most findings that an answer lists; all are counted. */
const LISTED = 100;

/** The findings about the records of one request: the first ones, and counts of all that are not waived. */
export class FoundTally {
  readonly levels = countsByLevel();
  readonly listed: Shown<Occurrence>[] = [];
  /** The first finding at the worst level that there is. */
  worst: Shown<Occurrence> | undefined;
  /** The number of records that break a MUST. */
  brokenRecords = 0;
  #total = 0;
  #lastBroken = "";

  /** The number of findings that are not listed. */
  get more(): number {
    return this.#total - this.listed.length;
  }

  /** @param findings in the order of the records */
  add(findings: readonly Shown<Occurrence>[]): void {
    for (const finding of findings) this.#add(finding);
  }

  #add(finding: Shown<Occurrence>): void {
    const { level, line, record = 1, waived } = finding;
    this.#total++;
    if (this.listed.length < LISTED) this.listed.push(finding);
    if (waived === true) return;
    this.levels[level]++;
    if (this.worst === undefined || (level === "MUST" && this.worst.level !== "MUST")) this.worst = finding;
    if (level !== "MUST" || this.#lastBroken === `${line} ${record}`) return;
    this.#lastBroken = `${line} ${record}`;
    this.brokenRecords++;
  }
}
