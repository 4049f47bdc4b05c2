import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type CheckOptions, check } from "../src/index.js";
import { ruleFixtures } from "./support/fixtures.js";
import { some } from "./support/long.js";

/** Enough of them for several turns of the event loop. */
const TIMES = 2;

let folder = "";
let log = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-check-concurrent-"));
  log = join(folder, "events.ndjson");
  const text = some("logs of checks at the same time", ruleFixtures())
    .filter(({ path }) => path.endsWith(".ndjson"))
    .map(({ path }) => `${readFileSync(path, "utf8").trimEnd()}\n`)
    .filter((each) => each.length < 20_000)
    .join("");
  writeFileSync(log, text.repeat(TIMES));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The report of a check as JSON, and its state if it keeps one. */
async function checked(options: CheckOptions, keepsState: boolean): Promise<readonly string[]> {
  const state: string[] = [];
  const onState = async (lines: Iterable<string>): Promise<void> => void state.push(...lines);
  const report = await check([log], { jobs: 1, ...options, ...(keepsState && { onState }) });
  return [JSON.stringify(report), state.join("")];
}

// Runs with states have other digests than runs without, and share the scanner of the process.
it("checks that run at the same time report what each reports alone", async () => {
  const runs = [
    () => checked({}, false),
    () => checked({}, true),
    () => checked({ claims: ["runtime"] }, false),
    () => checked({ claims: ["runtime"], complete: true }, true),
  ];
  const alone: (readonly string[])[] = [];
  for (const run of runs) alone.push(await run());
  const together = await Promise.all(runs.map((run) => run()));
  // The texts are too long to be shown.
  expect(together.map((texts, run) => texts.join() === alone[run]?.join())).toEqual(runs.map(() => true));
});
