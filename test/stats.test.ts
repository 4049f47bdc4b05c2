import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { check } from "../src/index.js";
import { mplpCheck } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-stats-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const BROKEN = join(ROOT, "fixtures/quickstart/broken.ndjson");
const AUDIT = join(ROOT, "fixtures/audit/conforming");

/** Facts as text, by name: each with all its lines. */
function factsIn(text: string): Map<string, string[]> {
  const facts = new Map<string, string[]>();
  for (const fact of text
    .replace(/\n {14}/g, " ")
    .trimEnd()
    .split("\n")) {
    const name = fact.slice(0, 14).trim();
    facts.set(name, [...(facts.get(name) ?? []), fact.slice(14)]);
  }
  return facts;
}

describe("mplp-check stats", () => {
  it("says what a log holds, and judges nothing", async () => {
    const { status, stdout, stderr } = await mplpCheck(["stats", BROKEN]);
    expect([status, stderr]).toEqual([0, ""]);
    const facts = factsIn(stdout);
    expect(facts.get("read")).toEqual([`${BROKEN}: 14 events`]);
    expect(facts.get("events")?.[0]).toMatch(/^14, [\d.]+ a second$/);
    expect(facts.get("family")?.map((fact) => fact.split(":")[0])).toContain("pipeline_stage");
    expect(facts.get("open stages")).toHaveLength(1);
    expect(stdout).not.toContain("nonconformant");
  });

  it("says the same facts as JSON, and as the report", async () => {
    const file = join(folder, "stats.json");
    const { status } = await mplpCheck(["stats", AUDIT, "-o", file]);
    expect(status).toBe(0);
    const stats = JSON.parse(readFileSync(file, "utf8"));
    const report = await check([AUDIT]);
    expect(stats.activity).toEqual(report.activity);
    expect(stats.events).toBe(report.summary.events);
    expect(stats.inputs.map(({ path }: { path: string }) => path)).toEqual(
      report.inputs.map(({ path }) => path),
    );
    const { stdout } = await mplpCheck(["stats", AUDIT]);
    const { pipelines } = report.activity ?? {};
    expect(factsIn(stdout).get("pipelines")?.[0]).toContain(
      `${pipelines?.pipelines} with ${pipelines?.stages} stages`,
    );
  });

  it("names open stages with their last event", async () => {
    const stage = (number: number, status: string) => ({
      event_id: `1b671a64-40d5-491e-99b0-da01ff1f334${number}`,
      event_type: "stage",
      event_family: "pipeline_stage",
      timestamp: `2026-01-05T08:00:0${number}Z`,
      pipeline_id: "2b671a64-40d5-491e-99b0-da01ff1f3341",
      stage_id: "build",
      stage_status: status,
    });
    const log = join(folder, "open.ndjson");
    writeFileSync(
      log,
      [stage(1, "pending"), stage(2, "running")].map((one) => JSON.stringify(one)).join("\n"),
    );
    const facts = factsIn((await mplpCheck(["stats", log])).stdout);
    expect(facts.get("open stages")).toEqual(["1"]);
    expect(facts.get("open")).toEqual([
      `build of pipeline 2b671a64-40d5-491e-99b0-da01ff1f3341: running at ${log}:2`,
    ]);
  });

  it("ends with 2 if something could not be read, and says what there is", async () => {
    const missing = join(folder, "missing.ndjson");
    const { status, stdout, stderr } = await mplpCheck(["stats", BROKEN, missing]);
    expect(status).toBe(2);
    expect(stderr).toContain("missing.ndjson");
    expect(factsIn(stdout).get("read")).toHaveLength(1);
  });

  it("never replaces a log, and has two formats", async () => {
    const log = join(folder, "own.json");
    writeFileSync(log, readFileSync(BROKEN));
    const over = await mplpCheck(["stats", log, "-o", log]);
    expect(over.status).toBe(2);
    expect(over.stderr).toContain("is an input of this run");
    const sarif = await mplpCheck(["stats", log, "-f", "sarif"]);
    expect(sarif.status).toBe(2);
    expect(sarif.stderr).toContain("Allowed choices are text, json");
    const page = await mplpCheck(["stats", log, "-o", join(folder, "page.html")]);
    expect(page.stderr).toContain("statistics are written as text, json");
  });

  it("hides ids where they are to be hidden", async () => {
    const { stdout } = await mplpCheck(["stats", BROKEN, "--redact"]);
    expect(stdout).toContain("[36 characters]");
    expect(stdout).not.toContain("589c4617");
  });
});

it("docs/formats.md shows what stats prints", async () => {
  const guide = readFileSync(join(ROOT, "docs/formats.md"), "utf8");
  const [, command = "", output = ""] =
    /```sh\nmplp-check (stats \S+) +# exit 0\n```\n\n```\n(.*?)```/s.exec(guide) ?? [];
  const { stdout } = await mplpCheck(command.split(" "), { cwd: ROOT });
  expect(output).toBe(stdout);
});
