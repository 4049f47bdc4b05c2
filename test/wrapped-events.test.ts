import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { check, FORMATS } from "../src/index.js";
import { wayToWrappedEvents } from "../src/protocol/near-misses/wrapped-events.js";
import { fixtureLines } from "./support/fixture-lines.js";

const [LINE = ""] = fixtureLines();
const EVENT = JSON.parse(LINE) as object;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-check-wrapped-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(records: readonly object[]): string {
  const path = join(folder, "log.ndjson");
  writeFileSync(path, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
  return path;
}

async function hintFor(path: string): Promise<string | undefined> {
  const { findings } = await check([path]);
  return findings.find(({ rule }) => rule === "unrecognised-record")?.hint;
}

describe("the hint about a wrapped event", () => {
  it.each<[string, object]>([
    ["of a logger", { severity: "info", event: EVENT }],
    ["of a logger, as text", { severity: "info", line: LINE }],
    ["of a search", { preview: false, result: { _raw: LINE } }],
    ["of a cloud", { insertId: "x", jsonPayload: EVENT }],
  ])("%s leads to a check of the event", async (_what, record) => {
    const path = fileOf([record]);
    const hint = await hintFor(path);
    const pointer = /--unwrap (\/\S+)$/.exec(hint ?? "")?.[1] as `/${string}` | undefined;
    expect(pointer).toBeDefined();
    const { inputs } = await check([path], { unwrap: pointer ?? "/" });
    expect(inputs[0]?.recognised.event).toBe(1);
  });

  it.each<[string, object, string]>([
    ["objects", { version: 1, events: [EVENT] }, ".events[]"],
    ["texts", { logEvents: [{ id: "1", message: LINE }] }, ".logEvents[].message | fromjson?"],
    ["members with a sign", { results: [{ "@message": EVENT }] }, '.results[]."@message"'],
    ["pairs", { data: { result: [{ values: [["1", LINE]] }] } }, ".data.result[].values[][1] | fromjson?"],
  ])("in a list of %s has a program for jq", (_what, record, program) => {
    expect(wayToWrappedEvents(record as never)).toContain(`jq -c '${program}' FILE`);
  });

  it("stands below the note in text", async () => {
    const report = await check([fileOf([{ severity: "info", event: EVENT }])]);
    const text = [...FORMATS.text(report, { color: false, width: Infinity })].join("");
    expect(text).toContain("\n  hint   check the log again with --unwrap /event\n");
  });

  it("repeats no name that is not common", () => {
    expect(wayToWrappedEvents({ kept_by_jane: EVENT })).toBeUndefined();
  });
});
