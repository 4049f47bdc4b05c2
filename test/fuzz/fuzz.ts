import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check, type Occurrence } from "../../src/index.js";
import { countsApart, type Difference, differences } from "./compare.js";
import { linesOf } from "./generate/log.js";
import type { Line } from "./judge/json.js";
import { LogJudge } from "./judge/log.js";
import type { Protocol } from "./judge/protocol.js";

/** A disagreement, and how to see it again. */
export interface Failure extends Difference {
  /** Of the log in which it was seen. */
  readonly seed: number;
  readonly text: string;
  /** The fewest lines of that log that show it. */
  readonly smallest: readonly Line[];
  /** True if those are a whole run. */
  readonly isComplete: boolean;
}

export interface Limits {
  readonly lines: number;
  /** Of the first log; those of the others follow. */
  readonly seed: number;
  /** Lines of a log. */
  readonly batch: number;
  /** So many failures of different kinds get a smallest log. */
  readonly shown: number;
}

/** Called while a fuzz runs. */
export interface Watch {
  failed?(failure: Failure): void;
  /** After each log, with the number of lines and of failures so far. */
  checked?(lines: number, failures: number): void;
}

/** Every so many logs one is declared complete. */
const COMPLETE_EVERY = 4;
/** So many smaller logs are tried for each. */
const TRIALS = 120;

const kindOf = ({ what, about, message }: Difference): string => `${what} ${about} ${message}`;
const textOf = (line: Line): string => (typeof line === "string" ? line : line.toString("latin1"));

function bytesOf(lines: readonly Line[]): Buffer {
  return Buffer.concat(lines.flatMap((line) => [Buffer.from(line as string), Buffer.from("\n")]));
}

/** Holds the checker to a judge. */
export class Fuzz {
  readonly #protocol: Protocol;
  readonly #folder = mkdtempSync(join(tmpdir(), "mplp-check-fuzz-"));

  constructor(protocol: Protocol) {
    this.#protocol = protocol;
  }

  /** Makes logs until so many lines are checked, and gives every difference. */
  async run(limits: Limits, watch: Watch = {}): Promise<readonly Failure[]> {
    const failures: Failure[] = [];
    const seen = new Set<string>();
    for (let lines = 0, seed = limits.seed; lines < limits.lines; seed++) {
      const log = first(linesOf(seed), Math.min(limits.batch, limits.lines - lines));
      const isComplete = seed % COMPLETE_EVERY === 0;
      for (const difference of await this.#apart(log, isComplete)) {
        const isNew = !seen.has(kindOf(difference)) && seen.size < limits.shown;
        seen.add(kindOf(difference));
        const smallest = isNew ? await this.#smallest(log, difference, isComplete) : [];
        const text = textOf(log[difference.line - 1] ?? "");
        const failure = { ...difference, seed, text, smallest, isComplete };
        failures.push(failure);
        watch.failed?.(failure);
      }
      lines += log.length;
      watch.checked?.(lines, failures.length);
    }
    return failures;
  }

  /** Removes the files of the logs. */
  end(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #apart(lines: readonly Line[], isComplete: boolean): Promise<Difference[]> {
    const path = join(this.#folder, "log.ndjson");
    writeFileSync(path, bytesOf(lines));
    const found: Occurrence[] = [];
    const options = { jobs: 1, complete: isComplete };
    const listed = await check([path], {
      ...options,
      onOccurrences: async (occurrences) => {
        for await (const occurrence of occurrences) found.push(occurrence);
      },
    });
    const counted = await check([path], { ...options, maxFindings: 1 });
    const judge = new LogJudge(this.#protocol);
    for (const line of lines) judge.add(line);
    return [...differences(judge.end(isComplete), found), ...countsApart(listed, counted)];
  }

  /** Leaves out lines as long as the difference stays: halves, quarters, down to single lines. */
  async #smallest(
    log: readonly Line[],
    difference: Difference,
    isComplete: boolean,
  ): Promise<readonly Line[]> {
    const isSame = (other: Difference): boolean => kindOf(other) === kindOf(difference);
    let lines = log.slice();
    let trials = TRIALS;
    for (let size = Math.ceil(lines.length / 2); size > 0; size = size === 1 ? 0 : Math.ceil(size / 2))
      for (let at = 0; at < lines.length && trials > 0; ) {
        const fewer = [...lines.slice(0, at), ...lines.slice(at + size)];
        trials--;
        if (fewer.length > 0 && (await this.#apart(fewer, isComplete)).some(isSame)) lines = fewer;
        else at += size;
      }
    return lines;
  }
}

function first(lines: Iterable<Line>, count: number): Line[] {
  const taken: Line[] = [];
  for (const line of lines) {
    taken.push(line);
    if (taken.length === count) break;
  }
  return taken;
}
