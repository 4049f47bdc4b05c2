import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type CheckOptions, check, FORMATS, type Report } from "../../src/index.js";
import { defectLog, partitionedReport } from "../support/partitions.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-partitions-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PARTITIONS = [1, 2, 7];
const json = (report: Report): string => [...FORMATS.json(report)].join("");
const at = (name: string): string => join(folder, name);

/** Expects the report of one run from each number of partitions. */
async function expectTheSame(
  parts: readonly (readonly string[])[],
  reading: CheckOptions,
  judging: CheckOptions,
  partitions: readonly number[] = PARTITIONS,
): Promise<Report> {
  const whole = await check(parts.flat(), { ...reading, ...judging });
  for (const number of partitions) {
    const report = await partitionedReport(parts, number, { reading, judging }, folder);
    expect(json(report)).toBe(json(whole));
  }
  return whole;
}

describe("the partitions of a log, judged apart", () => {
  it("for a log with defects of every kind", async () => {
    const parts = [0, 1, 2].map((seed) => {
      const path = at(`defects-${seed}.ndjson`);
      writeFileSync(path, defectLog({ events: 3000, defects: 60, seed: seed + 1 }));
      return [path];
    });
    const { findings } = await expectTheSame(parts, {}, { complete: true });
    expect(findings.length).toBeGreaterThan(10);
  });
});
