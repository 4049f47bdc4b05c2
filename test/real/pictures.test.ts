import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { check } from "../../src/index.js";
import { hostileActivity } from "../support/hostile-activity.js";
import { some } from "../support/long.js";
import { partitionedReport } from "../support/partitions.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-pictures-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function logOf(name: string, events: readonly object[]): string {
  const path = join(folder, name);
  writeFileSync(path, events.map((event) => `${JSON.stringify(event)}\n`).join(""));
  return path;
}

describe("the activity of a hostile log", () => {
  it("is the same however its keys are dealt", async () => {
    const parts = [
      hostileActivity.slice(0, 2500),
      hostileActivity.slice(2500, 5000),
      hostileActivity.slice(5000),
    ].map((own, index) => [logOf(`hostile-${index}.ndjson`, own)]);
    const whole = await check(parts.flat());
    for (const partitions of some("numbers of partitions", [1, 5])) {
      const report = await partitionedReport(parts, partitions, { reading: {}, judging: {} }, folder);
      expect(report.activity).toEqual(whole.activity);
    }
    expect((await check(parts.flat(), { jobs: 3, inlineBytes: 0 })).activity).toEqual(whole.activity);
  });
});
