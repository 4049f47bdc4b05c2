import type { Discretion } from "../model/discretion.js";
import type { Occurrence } from "../model/finding.js";
import { withNames } from "../model/pointer.js";
import type { Rejected } from "../model/rejected.js";
import type { Report } from "../model/report.js";
import type { Selftest } from "../model/selftest.js";
import type { Shown, ShownReport } from "../model/shown.js";
import { withoutSecrets } from "./mask.js";

/** Members of a report and of an occurrence that quote a sender. */
const QUOTED: Readonly<Record<string, keyof Discretion>> = {
  event_id: "id",
  graph_id: "id",
  pipeline_id: "id",
  stage_id: "id",
  statement: "text",
  evidence: "text",
};

/** Excerpts were masked when they were cut; the texts of rules are our own. */
const AS_THEY_ARE: ReadonlySet<string> = new Set(["excerpt", "rules"]);

/** Size of the cache: paths and messages recur with every occurrence. */
const MOST_TEXTS = 1000;

/** Masks every text of a report or an occurrence. */
export class Discreet {
  readonly #discretion: Discretion;
  readonly #known = new Map<string, string>();

  constructor(discretion: Discretion) {
    this.#discretion = discretion;
  }

  report(report: Report): ShownReport {
    return this.#shown(report, "") as ShownReport;
  }

  occurrence(occurrence: Occurrence): Shown<Occurrence> {
    return this.#shown(occurrence, "") as Shown<Occurrence>;
  }

  selftest(selftest: Selftest): Shown<Selftest> {
    return this.#shown(selftest, "") as Shown<Selftest>;
  }

  async *occurrences(occurrences: AsyncIterable<Occurrence>): AsyncGenerator<Shown<Occurrence>> {
    for await (const occurrence of occurrences) yield this.occurrence(occurrence);
  }

  /** The events themselves were masked earlier, as records. */
  async *rejected(all: AsyncIterable<Rejected>): AsyncGenerator<Shown<Rejected>> {
    for await (const { event, ...told } of all) yield { ...this.#shown(told, ""), event } as Shown<Rejected>;
  }

  #shown<Value>(value: Value, member: string): Value {
    if (typeof value === "string") return this.#text(value, member) as Value;
    if (typeof value !== "object" || value === null || AS_THEY_ARE.has(member)) return value;
    if (Array.isArray(value)) return value.map((item: unknown) => this.#shown(item, member)) as Value;
    return Object.fromEntries(
      Object.entries(value).map(([name, part]: [string, unknown]) => [name, this.#shown(part, name)]),
    ) as Value;
  }

  #text(text: string, member: string): string {
    if (member === "pointer") return withNames(text, (name) => this.#discretion.name(name));
    const way = Object.hasOwn(QUOTED, member) ? QUOTED[member] : undefined;
    return way === undefined ? this.#withoutSecrets(text) : this.#discretion[way](text);
  }

  #withoutSecrets(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    if (this.#known.size >= MOST_TEXTS) this.#known.clear();
    const shown = withoutSecrets(text);
    this.#known.set(text, shown);
    return shown;
  }
}
