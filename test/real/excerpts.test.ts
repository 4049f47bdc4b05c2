import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { FORMATS, fillExcerpts, type Report } from "../../src/index.js";
import { defectLog } from "../support/partitions.js";
import { mergedElsewhere } from "../support/states.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-excerpts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
const json = (report: Report): string => [...FORMATS.json(report)].join("");

describe("the excerpts of a report", () => {
  it.each([{}, { redact: true }, { complete: true, maxFindings: 2 }])(
    "are filled in where the logs are, as one run shows them: %j",
    async (options) => {
      const names = ["a.ndjson", "b.ndjson.gz", "c.json"].map(at);
      const logs = [1, 2, 3].map((seed) => defectLog({ events: 3000, defects: 40, seed }));
      const records = logs[2]?.toString().trimEnd().split("\n") ?? [];
      // A record that comes again with other content, in another file and on a shared line.
      const again = (records[0] ?? "").replace(/"event_type":"[^"]*"/, '"event_type":"other"');
      writeFileSync(names[0] ?? "", Buffer.concat([logs[0] ?? Buffer.of(), Buffer.from(`${records[0]}\n`)]));
      writeFileSync(
        names[1] ?? "",
        gzipSync(Buffer.concat([logs[1] ?? Buffer.of(), Buffer.from(`${again}\n`)])),
      );
      writeFileSync(
        names[2] ?? "",
        `[${records.slice(0, 40).join(", ")},\n${records.slice(40).join(",\n")}]\n`,
      );
      const { whole, merged, away } = await mergedElsewhere(
        names.map((name) => [name]),
        options,
        folder,
      );
      expect(json(merged)).not.toBe(json(whole));
      const { report, strangers, missing } = await fillExcerpts(merged, away);
      expect(json(report)).toBe(json(whole));
      expect([strangers, missing]).toEqual([[], []]);
    },
  );
});
