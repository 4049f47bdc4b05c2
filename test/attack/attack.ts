import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom, type Random } from "../support/random.js";

export type { Random };

/** A way to attack the checker. */
export interface Attack {
  /** What one run tries several of. */
  readonly of: string;
  /**
   * One run. The same random numbers make the same attack.
   *
   * @param folder empty, and the run's own
   * @returns how much it tried
   * @throws what went wrong
   */
  run(random: Random, folder: string): Promise<number>;
}

export interface Limits {
  /** Of the first run; those of the others follow. */
  readonly seed: number;
  readonly runs: number;
  /** No run begins later than so many seconds after the first. Default: none is too late. */
  readonly seconds?: number;
}

export interface Outcome {
  readonly runs: number;
  readonly tried: number;
  readonly seconds: number;
  readonly failures: readonly { readonly seed: number; readonly message: string }[];
}

/** Runs an attack again and again. What goes wrong in one run does not end the others. */
export async function attacked(
  attack: Attack,
  { seed, runs, seconds = Number.POSITIVE_INFINITY }: Limits,
): Promise<Outcome> {
  const start = performance.now();
  const elapsed = (): number => (performance.now() - start) / 1000;
  const failures: { seed: number; message: string }[] = [];
  let [done, tried] = [0, 0];
  for (; done < runs && elapsed() < seconds; done++) {
    const folder = mkdtempSync(join(tmpdir(), "mplp-check-attack-"));
    try {
      tried += await attack.run(createRandom(String(seed + done), "attack"), folder);
    } catch (error) {
      failures.push({
        seed: seed + done,
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return { runs: done, tried, failures, seconds: elapsed() };
}
