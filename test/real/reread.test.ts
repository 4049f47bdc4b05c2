import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { check, type Progress, type Report } from "../../src/index.js";
import { ROOT } from "../support/fixtures.js";
import { duplicateOf, event } from "../support/repeated-event.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-reread-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);

describe.runIf(process.platform === "linux")("an input that is read again", () => {
  it("is read only where the wanted records stand, and told so", async () => {
    const path = at("late.ndjson");
    const more = Array.from({ length: 40_000 }, (_, number) => event(number + 1, "more")).join("");
    const log = `\uFEFF${event(0, "first")}${more}${event(0, "last")}${more.replaceAll("more", "late")}`;
    writeFileSync(path, log);
    const told: Progress[] = [];
    const report = await check([path], { maxFindings: 1, onProgress: (progress) => told.push(progress) });
    expect(duplicateOf(report)).toMatchObject({ line: 40_002, column: 13 });
    const phases = told.map(({ phase }) => phase);
    expect([...new Set(phases)]).toEqual(["reading", "judging", "placing"]);
    const last = told.at(-1);
    expect(last?.read).toBe(last?.total);
    expect(last?.total).toBeLessThan(5 << 20);
    expect(log.length).toBeGreaterThan(9 << 20);
  });

  it("is said to lack its evidence where too many files are open", () => {
    const log = at("short.ndjson");
    writeFileSync(log, event(0, "first") + event(0, "second"));
    const script = `
      import { openSync, writeSync } from "node:fs";
      import { check } from ${JSON.stringify(join(ROOT, "dist/bundle/index.js"))};
      await check([${JSON.stringify(log)}]);
      const report = await check([${JSON.stringify(log)}], {
        onState: async () => { try { for (;;) openSync("/dev/null"); } catch {} },
        onOccurrences: async (occurrences) => { for await (const _ of occurrences); },
      });
      writeSync(1, JSON.stringify(report));
    `;
    const limited = ["-c", 'ulimit -n 64; exec "$0" --input-type=module -e "$1"', process.execPath, script];
    const report = JSON.parse(execFileSync("sh", limited, { encoding: "utf8" })) as Report;
    expect(duplicateOf(report)).toMatchObject({ path: log, line: 2 });
    expect(report.errors).toEqual([
      {
        path: log,
        message:
          "cannot be read again for columns and excerpts: too many open files: raise the limit with ulimit -n",
      },
    ]);
  });
});
