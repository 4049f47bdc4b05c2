import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bench, type Ended } from "./support/bench.js";
import { some } from "./support/long.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-check-defects-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the generator", () => {
  const args = ["--events", "2000", "--defects", "8", "--seed"];

  it("writes the same bytes for the same seed, and others for another", async () => {
    const runs = await Promise.all(["1", "1", "2"].map((seed) => bench("generate.mjs", [...args, seed])));
    const [first, again, other] = runs.map(({ digest }) => digest);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    for (const { stdout } of runs) expect(stdout.split("\n").length - 1).toBe(2000);
  });

  it("says so where a log is too short for its defects", async () => {
    const { status, stderr } = await bench("generate.mjs", ["--events", "400", "--defects", "200"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/\d+ of 200 defects found a place; not: /);
  });

  it.each([
    [["--events", "10", "--bytes", "10"]],
    [["--defects", "3"]],
    [["--events", "10", "--defects", "3", "--invalid", "0.1"]],
    [["--events", "many"]],
  ])("refuses what it cannot do: %j", async (refused) => {
    const { status, stdout } = await bench("generate.mjs", refused);
    expect(status).toBe(2);
    expect(stdout).toBe("");
  });
});

describe("the comparison", () => {
  const defect = {
    kind: "event_id used again",
    rule: "event-id-unique",
    clauses: ["PS-4.1-3"],
    level: "MUST",
    line: 90,
    pointer: "/event_id",
  };
  const { kind, ...finding } = {
    ...defect,
    message: "the same id",
    path: "a.ndjson",
    related: [{ line: 7 }],
  };
  const withEvidence = { ...defect, related: [7] };

  async function compared(expected: readonly object[], findings: readonly object[]): Promise<Ended> {
    const written = (name: string, values: readonly object[]): string => {
      const path = join(folder, name);
      writeFileSync(path, values.map((value) => `${JSON.stringify(value)}\n`).join(""));
      return path;
    };
    const files = ["--expect", written("e.ndjson", expected), "--findings", written("f.ndjson", findings)];
    return bench("defects.mjs", files);
  }

  it.each([
    ["the finding", [defect], [finding]],
    ["the finding with its evidence", [withEvidence], [finding]],
    [
      "two of a kind in their order or not",
      [defect, { ...defect, line: 3 }],
      [{ ...finding, line: 3 }, finding],
    ],
  ])("accepts %s", async (_what, expected, findings) => {
    const { status, stdout } = await compared(expected, findings);
    expect(stdout).toContain(`${kind}\n`);
    expect(stdout).toContain(`${expected.length} found, 0 missing, 0 unexpected`);
    expect(status).toBe(0);
  });

  const different: readonly (readonly [string, readonly object[], string])[] = [
    ["no finding", [], "1 missing, 0 unexpected"],
    ["a finding too many", [finding, { ...finding, line: 91 }], "0 missing, 1 unexpected"],
    ["the finding twice", [finding, finding], "0 missing, 1 unexpected"],
    ["another line", [{ ...finding, line: 91 }], "1 missing, 1 unexpected"],
    ["another level", [{ ...finding, level: "NOTE" }], "1 missing, 1 unexpected"],
    ["another rule", [{ ...finding, rule: "repeated-invocation" }], "1 missing, 1 unexpected"],
    ["a clause too many", [{ ...finding, clauses: ["PS-4.1-3", "IS-13.2-1"] }], "1 missing, 1 unexpected"],
    ["another pointer", [{ ...finding, pointer: "" }], "1 missing, 1 unexpected"],
    ["other evidence", [{ ...finding, related: [{ line: 8 }] }], "1 missing, 1 unexpected"],
    ["no evidence", [{ ...finding, related: undefined }], "1 missing, 1 unexpected"],
  ];
  it.each(some("differences that a comparison sees", different))(
    "refuses %s",
    async (_what, findings, summary) => {
      const { status, stdout } = await compared([withEvidence], findings);
      expect(stdout).toContain(summary);
      expect(status).toBe(1);
    },
  );
});
