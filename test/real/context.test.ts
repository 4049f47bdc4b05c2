import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type CheckOptions, check, FORMATS, type Report } from "../../src/index.js";
import { defectLog } from "../support/partitions.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-context-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const written = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const json = (report: Report): string => [...FORMATS.json(report)].join("");

describe("whole records around findings", () => {
  it("are the same whatever the number of threads and the size of blocks", async () => {
    const path = written("large.ndjson", defectLog({ events: 4000, defects: 60, seed: 5 }));
    const options: CheckOptions = { context: 2 };
    const one = json(await check([path], { ...options, jobs: 1 }));
    expect(JSON.parse(one).context.stretches.length).toBeGreaterThan(5);
    for (const other of [
      { jobs: 3, inlineBytes: 1 },
      { blockBytes: 700 },
      { blockBytes: 700, jobs: 2, inlineBytes: 1 },
    ])
      expect(json(await check([path], { ...options, ...other }))).toBe(one);
  });
});
