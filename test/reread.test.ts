import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { check } from "../src/index.js";
import { duplicateOf, event, REPEATED } from "./support/repeated-event.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-reread-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
beforeAll(() => {
  for (const [name, bytes] of Object.entries(REPEATED)) writeFileSync(at(name), bytes);
});

/** How many descriptors of this process are of a file. */
function openOf(path: string): number {
  const links = readdirSync("/proc/self/fd").map((descriptor) => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`);
    } catch {
      return "";
    }
  });
  return links.filter((link) => link === path).length;
}

describe.runIf(process.platform === "linux")("an input that is read again", () => {
  it.each(Object.keys(REPEATED))("is open no more once the report is there: %s", async (name) => {
    for (let run = 0; run < 2; run++) expect(duplicateOf(await check([at(name)]))?.column).toBe(13);
    // Descriptors are closed in the background.
    while (openOf(at(name)) > 0) await turn();
  });

  it("shows the same as one that is read from its beginning", async () => {
    const lines = Array.from({ length: 30 }, (_, number) => event(number % 7, `${number}`));
    const [plain, packed] = [at("few.ndjson"), at("few.ndjson.gz")];
    writeFileSync(plain, `\uFEFF${lines.join("")}`);
    writeFileSync(packed, gzipSync(`\uFEFF${lines.join("")}`));
    const found = async (path: string, blockBytes: number) =>
      JSON.stringify((await check([path], { blockBytes })).findings).replaceAll(path, "");
    const whole = await found(packed, 1 << 20);
    for (const size of [1, 10, 100, 333, 1000]) expect(await found(plain, size)).toBe(whole);
  });
});

describe("an event_id that is repeated with other content", () => {
  it.each([
    ["another value", { event_type: "first" }, { event_type: "second" }, "/event_type", '"first"'],
    ["a value inside", { payload: { a: [1, 2] } }, { payload: { a: [1, 3] } }, "/payload/a/1", "2"],
    ["a member that only the first has", { note: 1 }, {}, "/note", "1"],
    ["a member that only the second has", {}, { "a/b": 1 }, "/a~1b", "{"],
    ["an object for a list", { payload: {} }, { payload: [] }, "/payload", "{"],
  ])("shows the first member that differs: %s", async (_, one, other, pointer, shown) => {
    const same = { event_id: "1b671a64-40d5-491e-99b0-000000000000", event_family: "intent" };
    const timestamp = "2026-01-05T08:00:00Z";
    const event = (more: object) => `${JSON.stringify({ ...same, event_type: "t", timestamp, ...more })}\n`;
    const [first, second] = [at("1.ndjson"), at("2.ndjson")];
    writeFileSync(first, event(one));
    writeFileSync(second, event(other));
    const { findings } = await check([first, second]);
    const finding = findings.find(({ rule }) => rule === "event-id-unique");
    expect(finding?.locations).toMatchObject([{ path: second, pointer: "/event_id" }]);
    expect(finding?.related).toMatchObject([{ path: first, pointer }]);
    const { text = "", start = 0 } = finding?.related[0]?.excerpt ?? {};
    expect(text.slice(start, start + shown.length)).toBe(shown);
  });
});
