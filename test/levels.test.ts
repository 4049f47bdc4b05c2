import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { exitCodeOf, type Report } from "../src/index.js";
import { RULES } from "../src/rules/index.js";
import { ROOT } from "./support/fixtures.js";
import { config, eachInItsProject, folder, reportOf, run, statusOf } from "./support/project.js";

eachInItsProject();

describe("levels", () => {
  const log =
    '{"event_id":"1b671a64-40d5-491e-99b0-da01ff1f3341","event_type":"t","event_family":"graph_update","timestamp":"2026-01-05T08:00:00Z","graph_id":"c28753f8-221c-4e00-8f99-31ee3af27f80","update_kind":"node_add","node_delta":1,"edge_delta":0}\n';
  beforeEach(() => {
    writeFileSync(join(folder, "logs/events.ndjson"), log);
    cpSync(join(folder, "logs/events.ndjson"), join(folder, "logs/old/events.ndjson"));
  });

  it("of a rule may be milder; the clause is not called satisfied for that", async () => {
    config("paths: logs/events.ndjson\nrules: {source-module-present: note}\n");
    const report = reportOf(await run(["--fail-on", "should"]));
    const own = report.findings.filter(({ rule }) => rule === "source-module-present");
    expect(own).toMatchObject([{ level: "NOTE", ownLevel: "SHOULD" }]);
    expect(statusOf(report, "RG-4.2-1")).toBe("waived");
    expect(exitCodeOf(report, "should")).toBe(0);
  });

  it("may be off, for some inputs", async () => {
    config("paths: logs\noverrides:\n  - paths: logs/old/**\n    rules: {source-module-present: off}\n");
    const report = reportOf(await run());
    const own = report.findings.filter(({ rule }) => rule === "source-module-present");
    expect(own.map(({ count, waiver: given }) => [count, given?.source])).toEqual([
      [1, undefined],
      [1, "configuration"],
    ]);
  });

  it("are never raised", async () => {
    config("paths: logs/events.ndjson\nrules: {recommended-families: should}\n");
    const report = reportOf(await run());
    expect(report.findings.filter(({ ownLevel }) => ownLevel !== undefined)).toEqual([]);
  });
});

describe("options of rules", () => {
  const rule = "file-update-debounced";
  const at = (validity: string, name: string) =>
    join(ROOT, `fixtures/rules/${rule}/${validity}/${name}.ndjson`);
  const findingsOf = (report: Report) =>
    report.findings.filter((finding) => finding.rule === rule).map(({ level, message }) => [level, message]);

  it("hold in place of the rule's own, and the report says so", async () => {
    cpSync(at("valid", "false-alarm-exactly-500-ms"), join(folder, "logs/events.ndjson"));
    const note = (ms: number): string[] => [
      "NOTE",
      `the configuration asks for ${ms} ms between updates of a file instead of 500`,
    ];
    config(`paths: logs/events.ndjson\noptions: {${rule}: {milliseconds: 501}}\n`);
    const stricter = reportOf(await run());
    expect(findingsOf(stricter)).toEqual([
      ["SHOULD", "a file is reported as modified again within 501 ms"],
      note(501),
    ]);
    expect(statusOf(stricter, "IS-13.1-1")).toBe("violated");
    cpSync(at("invalid", "just-under"), join(folder, "logs/events.ndjson"));
    config(`paths: logs/events.ndjson\noptions: {${rule}: {milliseconds: 100}}\n`);
    const milder = reportOf(await run());
    expect(findingsOf(milder)).toEqual([note(100)]);
    expect(statusOf(milder, "IS-13.1-1")).toBe("satisfied");
  });

  it("are those that the schema of configurations has", () => {
    const schema = JSON.parse(readFileSync(join(ROOT, "schemas/config.schema.json"), "utf8")) as {
      properties: { options: { properties: Record<string, { properties: object }> } };
    };
    const described = Object.entries(schema.properties.options.properties);
    const known = RULES.flatMap((each) =>
      each.evidence === "log" && each.options !== undefined ? [[each.id, Object.keys(each.options)]] : [],
    );
    expect(described.map(([id, { properties }]) => [id, Object.keys(properties)])).toEqual(known);
  });

  it.each(["nonsense: {a: 1}", `${rule}: {seconds: 1}`, `${rule}: {milliseconds: 0}`, `${rule}: 5`])(
    "that are none are errors: %s",
    async (text) => {
      config(`paths: logs/events.ndjson\noptions: {${text}}\n`);
      const { status, stderr } = await run();
      expect([status, stderr]).toEqual([2, expect.stringContaining("mplp-check.yaml:2")]);
    },
  );
});
