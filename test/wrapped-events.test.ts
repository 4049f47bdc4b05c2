import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { check, FORMATS } from "../src/index.js";
import { isObjectInBase64 } from "../src/model/base64-json.js";
import { wayToWrappedEvents } from "../src/protocol/near-misses/wrapped-events.js";
import { ROOT } from "./support/fixtures.js";

const [LINE = ""] = readFileSync(join(ROOT, "fixtures/quickstart/events.ndjson"), "utf8").split("\n");
const EVENT = JSON.parse(LINE) as object;

const inBase64 = (text: string): string => Buffer.from(text).toString("base64");
const BASE64 = inBase64(LINE);

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
    ["of Pub/Sub, in base64", { message: { data: BASE64, messageId: "1" }, subscription: "s" }],
    ["of Kinesis, in base64", { kinesis: { data: BASE64, partitionKey: "p" }, eventSource: "aws:kinesis" }],
    ["of a queue, in base64 with blanks", { payload: inBase64(LINE.replace("{", "{\n ")), routing_key: "r" }],
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
    [
      "texts in texts",
      { Records: [{ body: JSON.stringify({ Type: "Notification", Message: LINE }) }] },
      ".Records[].body | fromjson? | .Message | fromjson?",
    ],
    ["base64", { Records: [{ Data: BASE64 }] }, ".Records[].Data | @base64d | fromjson?"],
    ["pairs", { data: { result: [{ values: [["1", LINE]] }] } }, ".data.result[].values[][1] | fromjson?"],
  ])("in a list of %s has a program for jq", (_what, record, program) => {
    expect(wayToWrappedEvents(record as never)).toContain(`jq -c '${program}' FILE`);
  });

  it("stands below the note in text", async () => {
    const report = await check([fileOf([{ severity: "info", event: EVENT }])]);
    const text = [...FORMATS.text(report, { color: false, width: Infinity })].join("");
    expect(text).toContain("\n  hint   check the log again with --unwrap /event\n");
  });

  it("takes as long for a hostile text as for any other", () => {
    const half = 1 << 22;
    expect(isObjectInBase64(`eyA${"A".repeat(2 * half)}`)).toBe(true);
    for (const text of ["\n".repeat(half), "A".repeat(half), " ".repeat(half), "=".repeat(half)])
      expect(isObjectInBase64(`ey${text}!`)).toBe(false);
  });

  it("repeats no name that is not common", () => {
    expect(wayToWrappedEvents({ kept_by_jane: EVENT })).toBeUndefined();
  });
});
