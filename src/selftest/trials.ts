import type { FindingLevel } from "../model/clause.js";
import type { Occurrence } from "../model/finding.js";
import type { Report } from "../model/report.js";
import { passedOverIn } from "../model/reservations.js";
import { check } from "../run/check.js";
import type { CheckOptions } from "../run/check-options.js";
import type { FoundInputs } from "../run/inputs.js";
import type { HeldRecord } from "./excerpt.js";
import { inputsInMemory, NOTHING_REPLACED, type Replaced, replacing } from "./mutants.js";
import type { Mutation, Place } from "./mutation.js";
import type { ReadExcerpt } from "./read-excerpt.js";

/** Runs checks of the excerpt, as it is and mutated. */
export class Trials {
  readonly #subject: Subject;
  readonly #original: Report;
  readonly #cited: Cited;
  /** Places share lists of records, which may be long. */
  readonly #broken = new Map<string, WeakMap<readonly HeldRecord[], boolean>>();

  private constructor(subject: Subject, original: Report, cited: Cited) {
    this.#subject = subject;
    this.#original = original;
    this.#cited = cited;
  }

  /** Checks the originals. */
  static async begin(subject: Subject): Promise<Trials> {
    const cited = new Cited(subject.read);
    const onOccurrences = async (occurrences: AsyncIterable<Occurrence>): Promise<void> => {
      for await (const occurrence of occurrences) cited.add(occurrence);
    };
    const original = await checked(subject, NOTHING_REPLACED, { onOccurrences });
    return new Trials(subject, original, cited);
  }

  /** The report on the originals. */
  get original(): Report {
    return this.#original;
  }

  /** True if the run has read and judged everything: only then a missing event is a violation. */
  get isAllRead(): boolean {
    const { inputs, errors, notRead } = this.#original;
    const isMalformed = inputs.some(({ recognised }) => recognised.malformed > 0);
    const mayBeElsewhere = notRead.some(({ mayHoldEvidence }) => mayHoldEvidence === true);
    return !isMalformed && !mayBeElsewhere && errors.length === 0 && passedOverIn(inputs).length === 0;
  }

  /** True if the clause has a finding already that may hide the one that the mutation leads to. */
  isBrokenAt(mutation: Mutation, { at, about }: Place): boolean {
    const { clause } = mutation;
    if (about === undefined) return this.#cited.has(at, clause, this.#levelOf(mutation));
    const known = this.#broken.get(clause) ?? new WeakMap<readonly HeldRecord[], boolean>();
    this.#broken.set(clause, known);
    // Records that are judged together may be affected by milder findings too.
    const isBroken = known.get(about) ?? about.some((record) => this.#cited.has(record, clause, undefined));
    known.set(about, isBroken);
    return isBroken;
  }

  /** True if a check of the mutated inputs has a finding more that cites the clause. */
  async isNoticed(mutation: Mutation, { edits }: Place): Promise<boolean> {
    const report = await checked(this.#subject, replacing(edits()), { maxFindings: 1 });
    const [clause, level] = [mutation.clause, this.#levelOf(mutation)];
    const before = countsOf(this.#original, clause, level);
    return [...countsOf(report, clause, level)].some(([kind, count]) => count > (before.get(kind) ?? 0));
  }

  #levelOf({ clause, level }: Mutation): FindingLevel {
    return level ?? this.#original.clauses.find(({ id }) => id === clause)?.level ?? "MUST";
  }
}

/** What is checked, and how. */
export interface Subject {
  readonly paths: readonly string[];
  readonly found: FoundInputs;
  readonly read: ReadExcerpt;
  readonly options: CheckOptions;
}

/** One thread is enough: excerpts are small. */
const INLINE = { jobs: 1, inlineBytes: Number.POSITIVE_INFINITY };

/** @throws the reason of the signal: an interrupted check would miss what it has not read */
async function checked(
  { paths, found, read, options }: Subject,
  replaced: Replaced,
  more: CheckOptions,
): Promise<Report> {
  const inputs = inputsInMemory(found, read, replaced);
  const report = await check(paths, { ...options, ...INLINE, ...more, inputs });
  options.signal?.throwIfAborted();
  return report;
}

/** Which records findings are about. */
class Cited {
  readonly #read: ReadExcerpt;
  readonly #keys = new Set<string>();

  constructor(read: ReadExcerpt) {
    this.#read = read;
  }

  add({ clauses, level, path, line, related = [] }: Occurrence): void {
    for (const place of [{ path, line }, ...related])
      for (const clause of clauses) {
        const key = this.#keyOf(place.path, place.line);
        this.#keys.add(`${clause} ${key}`).add(`${clause} ${level} ${key}`);
      }
  }

  /** True if there is a finding about a record that cites the clause; of this level, if one is given. */
  has({ path, place }: HeldRecord, clause: string, level: FindingLevel | undefined): boolean {
    const key = this.#keyOf(path, place);
    return this.#keys.has(level === undefined ? `${clause} ${key}` : `${clause} ${level} ${key}`);
  }

  /** A document is one record, whatever line a finding is on. */
  #keyOf(path: string, line: number): string {
    return this.#read.inputs.get(path)?.isDocument === true ? path : `${line} ${path}`;
  }
}

/** How often findings of one level cite a clause, by rule and message. */
function countsOf({ findings }: Report, clause: string, level: FindingLevel): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    if (finding.level !== level || !finding.clauses.includes(clause)) continue;
    const kind = `${finding.rule}\n${finding.message}`;
    counts.set(kind, (counts.get(kind) ?? 0) + finding.count);
  }
  return counts;
}
