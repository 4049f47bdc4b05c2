import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { FORMATS, type Report } from "../../src/index.js";
import { defectLog, expectTheSame, PARTITIONS } from "../support/partitions.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-partitions-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const _json = (report: Report): string => [...FORMATS.json(report)].join("");
const at = (name: string): string => join(folder, name);

describe("the partitions of a log, judged apart", () => {
  it("for a log with defects of every kind", async () => {
    const parts = [0, 1, 2].map((seed) => {
      const path = at(`defects-${seed}.ndjson`);
      writeFileSync(path, defectLog({ events: 3000, defects: 60, seed: seed + 1 }));
      return [path];
    });
    const { findings } = await expectTheSame(parts, { judging: { complete: true } }, folder, PARTITIONS);
    expect(findings.length).toBeGreaterThan(10);
  });
});
