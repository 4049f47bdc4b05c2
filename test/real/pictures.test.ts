import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { check } from "../../src/index.js";
import { some } from "../support/long.js";
import { partitionedReport } from "../support/partitions.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-pictures-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function logOf(name: string, events: readonly object[]): string {
  const path = join(folder, name);
  writeFileSync(path, events.map((event) => `${JSON.stringify(event)}\n`).join(""));
  return path;
}

const UUID = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

function stage(number: number, over: object = {}): object {
  return {
    event_id: UUID(number),
    event_type: "stage",
    event_family: "pipeline_stage",
    timestamp: "2026-01-05T08:00:00Z",
    pipeline_id: UUID(number),
    stage_id: "one",
    stage_status: "running",
    ...over,
  };
}

describe("the activity of a hostile log", () => {
  const years = Array.from({ length: 2000 }, (_, index) => String((index * 37) % 9999 || 1).padStart(4, "0"));
  const events = [
    ...years.map((year, index) => stage(index, { timestamp: `${year}-06-30T23:59:60Z` })),
    ...years.map((year, index) =>
      stage(index, { event_id: UUID(9000 + index), timestamp: `${year}-01-01T00:00:00.123456789012345Z` }),
    ),
    ...Array.from({ length: 3000 }, (_, index) =>
      stage(20_000 + index, { pipeline_id: "<script>alert(1)</script>", stage_id: `${index}"'<b>` }),
    ),
    ...Array.from({ length: 50 }, (_, index) => stage(30_000 + index, { pipeline_id: "x".repeat(5000) })),
    ...Array.from({ length: 50 }, (_, index) =>
      stage(40_000 + index, { pipeline_id: UUID(1), stage_id: "one", timestamp: "no time" }),
    ),
  ];

  it("is the same however its keys are dealt", async () => {
    const parts = [events.slice(0, 2500), events.slice(2500, 5000), events.slice(5000)].map((own, index) => [
      logOf(`hostile-${index}.ndjson`, own),
    ]);
    const whole = await check(parts.flat());
    for (const partitions of some("numbers of partitions", [1, 5])) {
      const report = await partitionedReport(parts, partitions, { reading: {}, judging: {} }, folder);
      expect(report.activity).toEqual(whole.activity);
    }
    expect((await check(parts.flat(), { jobs: 3, inlineBytes: 0 })).activity).toEqual(whole.activity);
  });
});
