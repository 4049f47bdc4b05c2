import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CheckOptions, check, FORMATS, type Occurrence, type Report } from "../../src/index.js";
import { INLINE_BYTES } from "../../src/run/blocks/block-queue.js";
import { fixtureLines } from "../support/fixture-lines.js";
import { ROOT } from "../support/fixtures.js";
import { some } from "../support/long.js";

const BIN = join(ROOT, "bin/mplp-check.js");
const folder = mkdtempSync(join(tmpdir(), "mplp-check-jobs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LINES = fixtureLines();

/** Those lines in the midst of a clean log. */
const generate = [join(ROOT, "bench/generate.mjs"), "--bytes", "2.2e6", "--seed"];
const [before, after] = ["1", "2"].map((seed) =>
  execFileSync(process.execPath, [...generate, seed], { maxBuffer: 1e8 }),
);
const bytes = Buffer.concat([before!, Buffer.from(`${LINES.join("\n")}\n`), after!]);

describe("--jobs", () => {
  const log = join(folder, "log.ndjson");
  beforeAll(() => writeFileSync(log, bytes));

  async function run(paths: readonly string[], options: CheckOptions) {
    const occurrences: Occurrence[] = [];
    const onOccurrences: CheckOptions["onOccurrences"] = async (list) => {
      for await (const occurrence of list) occurrences.push(occurrence);
    };
    const report = await check(paths, { ...options, onOccurrences, blockBytes: 20_000 });
    return { json: [...FORMATS.json(report)].join(""), occurrences };
  }

  it.each(some("threads for a large log", [2, 3]))(
    "%d gives the report and the findings of 1",
    async (jobs) => {
      const options: CheckOptions = { claims: ["runtime"], complete: true, maxFindings: 7 };
      const small = join(folder, "smaller.ndjson");
      writeFileSync(small, bytes.subarray(before!.length - 200_000, bytes.length - after!.length + 200_000));
      const threaded = await run([small], { ...options, jobs, inlineBytes: 0 });
      const alone = await run([small], { ...options, jobs: 1 });
      expect(threaded.json).toBe(alone.json);
      expect(threaded.occurrences).toEqual(alone.occurrences);
    },
  );

  it("gives one report of a file, of standard input and of what is compressed", () => {
    const packed = join(folder, "packed");
    writeFileSync(packed, gzipSync(bytes));
    const report = (args: readonly string[], input?: Buffer): string => {
      const { stdout } = spawnSync(process.execPath, [BIN, ...args, "-f", "json"], { input, maxBuffer: 1e9 });
      return stdout.toString();
    };
    expect(bytes.length).toBeGreaterThan(INLINE_BYTES);
    const threaded = report([log, "--jobs", "3"]);
    expect(threaded).toBe(report([log, "--jobs", "1"]));
    const told = (text: string) => {
      const { clauses, findings } = JSON.parse(text) as Report;
      const places = findings.map(({ fingerprint, count, locations }) => [
        fingerprint,
        count,
        locations.map(({ line, pointer }) => [line, pointer]),
      ]);
      return [
        clauses.map(({ id, status, checked, violations }) => [id, status, checked, violations]),
        places,
      ];
    };
    const others = [["-", bytes], [packed]] as const;
    for (const [path, input] of some<(typeof others)[number]>("threads for a large log", others))
      expect(told(report([path, "--jobs", "3"], input))).toEqual(told(threaded));
  });
});
