import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check, exitCodeOf, type Report } from "../src/index.js";
import { ROOT } from "./support/fixtures.js";
import { inputsWithin, notReadWithin, TestFolder } from "./support/in-folder.js";

const EVENTS = readFileSync(join(ROOT, "fixtures/quickstart/events.ndjson"), "utf8").trimEnd().split("\n");
const EVENT = EVENTS[0] ?? "";

const root = new TestFolder("pack");
const put = root.put.bind(root);

const readIn = (report: Report): string[] => inputsWithin(root.path, report);
const unreadIn = (report: Report): string[] => notReadWithin(root.path, report);

describe("an evidence pack", () => {
  const sha256 = (text: string | Uint8Array): string => createHash("sha256").update(text).digest("hex");

  /** A pack of one event with checksums; returns their list. */
  function packed(manifest: unknown = { protocol_version: "1.0.0" }): string {
    put("p/manifest.json", typeof manifest === "string" ? manifest : JSON.stringify(manifest));
    put("p/timeline/events.ndjson", `${EVENT}\n`);
    put("p/artifacts/plan.json", "{}");
    const names = ["timeline/events.ndjson", "artifacts/plan.json", "manifest.json"];
    const list = names
      .map((name) => `${sha256(readFileSync(join(root.path, "p", name)))}  ${name}\n`)
      .join("");
    put("p/integrity/sha256sums.txt", list);
    return list;
  }

  const checked = () => check([root.path], { claims: ["runtime"] });

  it("has each of its files counted once", async () => {
    packed();
    put("p/timeline/more.log", `${EVENTS[1]}\n`);
    put("p/notes.txt", "none\n");
    put("p/run2.ndjson", `${EVENTS[2]}\n`);
    const report = await checked();
    expect(report.packs).toEqual([
      {
        path: join(root.path, "p"),
        checksums: { listed: 3, verified: 3 },
        files: { read: 3, checksumOnly: 1, notChecked: 2 },
        checksumOnly: ["artifacts/plan.json"],
        notChecked: ["notes.txt", "run2.ndjson"],
        withoutChecksum: ["timeline/more.log"],
      },
    ]);
    expect(readIn(report)).toEqual(["p/timeline/events.ndjson", "p/timeline/more.log"]);
    expect(unreadIn(report)).toEqual([
      "p/artifacts/plan.json: not MPLP",
      "p/notes.txt: not MPLP",
      "p/run2.ndjson: outside the timeline!",
    ]);
    const named = await check([root.path, join(root.path, "p/run2.ndjson")], { claims: ["runtime"] });
    expect(named.reservations).toEqual([
      `the evidence pack ${join(root.path, "p")} has no checksum of run2.ndjson, timeline/more.log`,
    ]);
  });

  it.each<[string, (list: string) => string]>([
    ["the list as it is", (list) => sha256(list)],
    ["the list without its last line end", (list) => sha256(list.trimEnd())],
    ["its lines in order", (list) => sha256(list.trimEnd().split("\n").sort().join("\n"))],
    [
      "its lines by path, in capitals, with a name",
      (list) => {
        const lines = list.trimEnd().split("\n");
        const byPath = lines.map((line) => line.slice(66)).sort();
        const sorted = byPath.map((path) => lines.find((line) => line.endsWith(`  ${path}`)));
        return `${sha256(sorted.join("\n")).toUpperCase()}  pack\n`;
      },
    ],
  ])("has a digest of %s verified", async (_about, digestOf) => {
    put("p/integrity/pack.sha256", digestOf(packed()));
    const { packs, errors, reservations } = await checked();
    expect([packs[0]?.digest, errors, reservations]).toEqual(["verified", [], []]);
  });

  it.each([
    ["another digest", "0".repeat(64), /not the digest of integrity/],
    ["no digest", "none", /not a digest/],
    ["far too much", "0".repeat(5 << 20), /longer than/],
  ])("is not taken for whole with %s", async (_about, text, message) => {
    packed();
    put("p/integrity/pack.sha256", text);
    const report = await checked();
    expect(report.errors.map((error) => error.message)).toEqual([expect.stringMatching(message)]);
    expect(report.packs[0]?.digest).not.toBe("verified");
    expect(exitCodeOf(report)).toBe(2);
  });

  it("leaves a claim open where its checksums leave out a file of the timeline", async () => {
    packed();
    put("p/timeline/more.ndjson", `${EVENTS[1]}\n`);
    expect((await checked()).reservations).toEqual([
      `the evidence pack ${join(root.path, "p")} has no checksum of timeline/more.ndjson`,
    ]);
  });

  it("leaves a claim open with a digest and nothing to compare it with", async () => {
    packed();
    put("p/integrity/pack.sha256", "0".repeat(64));
    rmSync(join(root.path, "p/integrity/sha256sums.txt"));
    const report = await checked();
    expect(report.errors).toEqual([]);
    expect(report.reservations).toEqual([
      `the digest of the evidence pack ${join(root.path, "p")} was not verified`,
    ]);
  });

  it.each([[""], ["\n"], ["# nothing\n"]])(
    "leaves a claim open with a sealed list of no checksum: %j",
    async (list) => {
      packed();
      put("p/integrity/sha256sums.txt", list);
      put("p/integrity/pack.sha256", sha256(list));
      const report = await checked();
      expect(report.errors).toEqual([]);
      expect(report.reservations).toEqual([
        `the digest of the evidence pack ${join(root.path, "p")} was not verified`,
      ]);
    },
  );

  it.each([["1.0.0"], ["1.0"], ["v1.0.0"], [undefined]])("may be for MPLP %s", async (version) => {
    packed({ protocol_version: version });
    const { packs, reservations } = await checked();
    expect([packs[0]?.otherVersion, reservations]).toEqual([undefined, []]);
  });

  it.each([["0.9.0"], ["2.0"], [1], [null], [{}], [`ghp_${"a1B2".repeat(9)}`]])(
    "leaves a claim open for MPLP %j",
    async (version) => {
      packed({ protocol_version: version });
      const report = await checked();
      expect(report.packs[0]?.otherVersion).toBeDefined();
      expect(report.reservations[0]).toContain("names another version of MPLP");
      expect(JSON.stringify(report)).not.toContain("a1B2a1B2");
    },
  );

  it("leaves a claim open where its manifest says a version twice", async () => {
    packed('{"protocol_version": "2.0.0", "about": {"about": 1}, "protocol_version": "1.0.0"}');
    expect((await checked()).reservations[0]).toContain("names another version of MPLP (stated twice)");
    packed('{"protocol_version": "1.0.0", "of": {"protocol_version": "2.0.0", "protocol_version": "3.0.0"}}');
    expect((await checked()).reservations).toEqual([]);
  });

  it.each([["[]"], ["nonsense"]])("has an error for the manifest %s", async (manifest) => {
    packed(manifest);
    expect((await checked()).errors.map(({ message }) => message)).toEqual([
      "the manifest is not a JSON object",
    ]);
  });
});
