import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FORMATS, fillExcerpts, type Report } from "../src/index.js";
import { mplpCheck, type Outcome } from "./support/cli.js";
import { ruleFixtures } from "./support/fixtures.js";
import { some } from "./support/long.js";
import { defectLog } from "./support/partitions.js";
import { mergedElsewhere } from "./support/states.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-excerpts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
const json = (report: Report): string => [...FORMATS.json(report)].join("");

describe("the excerpts of a report", () => {
  it("are filled in for fixtures of all sorts", async () => {
    const own = ruleFixtures().filter(
      ({ options, path }) => JSON.stringify(options) === "{}" && /ndjson$/.test(path),
    );
    const paths = some("rule fixtures together", own).map(({ path }, index) => {
      copyFileSync(path, at(`fixture-${index}.ndjson`));
      return at(`fixture-${index}.ndjson`);
    });
    const { whole, merged, away } = await mergedElsewhere(
      [0, 1].map((turn) => paths.filter((_, index) => index % 2 === turn)),
      {},
      folder,
    );
    expect(json(merged)).not.toBe(json(whole));
    expect(json((await fillExcerpts(merged, away)).report)).toBe(json(whole));
  });
});

describe("mplp-check excerpts", () => {
  const run = (...args: readonly string[]): Promise<Outcome> => mplpCheck(args, { cwd: folder });

  beforeAll(async () => {
    mkdirSync(at("logs"));
    for (const part of [1, 2]) {
      writeFileSync(at(`part-${part}.ndjson`), defectLog({ events: 1000, defects: 30, seed: part }));
      await run(`part-${part}.ndjson`, "--part", `${part}/2`, "--state-out", `${part}.state`);
    }
    await run(
      "part-1.ndjson",
      "part-2.ndjson",
      "-f",
      "json",
      "-o",
      "whole.json",
      "-f",
      "text",
      "-o",
      "whole.txt",
    );
    for (const part of [1, 2]) renameSync(at(`part-${part}.ndjson`), at(`logs/${part}`));
    await run("merge", "1.state", "2.state", "-o", "merged.json");
  });

  it("completes a report, in every format", async () => {
    const whole = readFileSync(at("whole.json"), "utf8");
    expect(readFileSync(at("merged.json"), "utf8")).not.toBe(whole);
    const { status, stdout, stderr } = await run("excerpts", "merged.json", "logs/2", "logs/1", "-f", "json");
    expect([status, stdout]).toEqual([1, whole]);
    expect(stderr).not.toContain("not among the logs");
    await run("excerpts", "merged.json", "logs/1", "logs/2", "-o", "text.txt");
    expect(readFileSync(at("text.txt"), "utf8")).toBe(readFileSync(at("whole.txt"), "utf8"));
  });

  it("says which logs are missing, and refuses a log of another run", async () => {
    const some = await run("excerpts", "merged.json", "logs/1", "-f", "json");
    expect(some.stderr).toContain("part-2.ndjson: not among the logs, its places have no excerpt");
    writeFileSync(at("other"), "{}\n");
    const other = await run("excerpts", "merged.json", "logs/1", "other");
    expect([other.status, other.stdout]).toEqual([2, ""]);
    expect(other.stderr).toContain("other: no input of the report has these bytes");
    const none = await run("excerpts", "merged.json", "nowhere");
    expect([none.status, none.stderr]).toEqual([2, expect.stringContaining("nowhere: ")]);
  });
});
