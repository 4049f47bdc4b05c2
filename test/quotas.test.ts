import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Occurrence, Report } from "../src/index.js";
import { loadConfig, loadPolicy } from "../src/index.js";
import { hasOthers, mergedDigests } from "../src/model/value-digests.js";
import { TORN_EVENT } from "../src/model/waiver.js";
import { mplpCheck } from "./support/cli.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-check-quotas-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
const read = (file: string): string => readFileSync(join(folder, file), "utf8");

const GRAPH = "c28753f8-221c-4e00-8f99-31ee3af27f80";
const PROJECT = "7b0f3a52-5f0c-4c1e-9c57-0c1f6f0f8a11";

/** Updates of one graph with some ids; `more` goes into their payloads. */
const log = (ids: readonly string[], more: readonly object[] = [], own: object = {}): string =>
  ids
    .map((id, index) => ({
      event_id: id,
      event_type: "node_added",
      event_family: "graph_update",
      timestamp: `2026-01-05T08:00:${String(index).padStart(2, "0")}Z`,
      project_id: PROJECT,
      graph_id: GRAPH,
      update_kind: "node_add",
      node_delta: 1,
      edge_delta: 0,
      source_module: "plan",
      payload: more[index] ?? {},
      ...own,
    }))
    .map((event) => `${JSON.stringify(event)}\n`)
    .join("");

const good = (index: number): string => `1b671a64-40d5-491e-99b0-da01ff1f33${String(index).padStart(2, "0")}`;
const token = (letter: string): string => `ghp_aB3${letter}eF6hI9kL2nO5qR8tU1wX4zA7cD0fG3iJ`;

const run = async (...args: string[]) => {
  const { stdout, stderr, status } = await mplpCheck([...args, "-f", "json"], { cwd: folder });
  const report = JSON.parse(stdout === "" ? "{}" : stdout) as Report;
  const of = (rule: string) =>
    (report.findings ?? [])
      .filter((finding) => finding.rule === rule)
      .map(({ count, waiver, hint }) => ({ count, source: waiver?.source, hint }));
  return { report, status, stderr, of };
};

describe("a baseline", () => {
  const ids = ["worse-0", "worse-1", "worse-2"];

  it("lets no more pass than it knows: of more, all count", async () => {
    write("known.ndjson", log(ids.slice(0, 2)));
    await run("known.ndjson", "--write-baseline", "known.json");
    expect(JSON.parse(read("known.json"))).toMatchObject({ version: 2, findings: [{ count: 2 }] });
    const same = await run("known.ndjson", "--baseline", "known.json");
    expect([same.status, same.of("event-id-v4")[0]?.source]).toEqual([0, "baseline"]);
    write("more.ndjson", log(["worse-0", "worse-1", "worse-1"]));
    const more = await run("more.ndjson", "--baseline", "known.json", "--findings", "all.ndjson");
    expect([more.status, more.of("event-id-v4")]).toEqual([
      1,
      [{ count: 3, source: undefined, hint: expect.stringContaining("the baseline knows 2 of these") }],
    ]);
    expect(more.report.clauses.find(({ id }) => id === "PS-4.1-2")).toMatchObject({
      status: "violated",
      violations: 3,
    });
    const lines = read("all.ndjson")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Occurrence);
    const own = lines.filter(({ rule }) => rule === "event-id-v4");
    expect(own.map(({ waived, ...rest }) => [waived, "quota" in rest])).toEqual(
      own.map(() => [undefined, false]),
    );
    expect(own).toHaveLength(3);
  });

  it("counts over all inputs, whatever threads they are read by", async () => {
    const bad = (...numbers: number[]) => log(numbers.map(good), [], { update_kind: "node_turn" });
    write("known.ndjson", bad(1, 2));
    await run("known.ndjson", "--write-baseline", "known.json");
    for (const [index, name] of ["a", "b", "c"].entries()) write(`${name}.ndjson`, bad(index));
    for (const jobs of ["1", "3"]) {
      const statuses = [
        ["a.ndjson", "b.ndjson"],
        ["a.ndjson", "b.ndjson", "c.ndjson"],
      ].map(async (paths) => (await run(...paths, "--baseline", "known.json", "--jobs", jobs)).status);
      expect(await Promise.all(statuses)).toEqual([0, 1]);
    }
  });

  it("takes fewer, and --prune-baseline lowers the number", async () => {
    write("known.ndjson", log(ids));
    await run("known.ndjson", "--write-baseline", "known.json");
    write("known.ndjson", log([...ids.slice(0, 2), good(1)]));
    expect((await run("known.ndjson", "--baseline", "known.json")).status).toBe(0);
    expect((await run("known.ndjson", "--baseline", "known.json", "--prune-baseline")).status).toBe(0);
    const { findings } = JSON.parse(read("known.json")) as {
      findings: { count: number; values: string[] }[];
    };
    expect(findings.map(({ count, values }) => [count, values.length])).toEqual([[2, 2]]);
    write("known.ndjson", log(ids));
    expect((await run("known.ndjson", "--baseline", "known.json")).status).toBe(1);
  });

  it("is pruned of nothing that has become more", async () => {
    write("known.ndjson", log(ids.slice(0, 1)));
    await run("known.ndjson", "--write-baseline", "known.json");
    const before = read("known.json");
    write("known.ndjson", log(ids));
    expect((await run("known.ndjson", "--baseline", "known.json", "--prune-baseline")).status).toBe(1);
    expect(read("known.json")).toBe(before);
  });

  it("tells ids apart, so that another one is new", async () => {
    write("known.ndjson", log(["worse-0"]));
    await run("known.ndjson", "--write-baseline", "known.json");
    write("other.ndjson", log(["worse-1"]));
    const other = await run("other.ndjson", "--baseline", "known.json");
    expect([other.status, other.of("event-id-v4")[0]?.source]).toEqual([1, undefined]);
  });

  it("tells secrets apart, and shows nobody which they are", async () => {
    const secret = (letter: string) => log([good(1)], [{ text: `use ${token(letter)} here` }]);
    write("known.ndjson", secret("Q"));
    await run("known.ndjson", "--write-baseline", "known.json");
    expect(read("known.json")).toContain('"no-secrets"');
    expect(read("known.json")).not.toContain("ghp_");
    const same = await run("known.ndjson", "--baseline", "known.json", "--fail-on", "should");
    expect([same.status, same.of("no-secrets").map(({ source }) => source)]).toEqual([0, ["baseline"]]);
    // The same token elsewhere in the text is the same one.
    write("moved.ndjson", log([good(1)], [{ text: `now use ${token("Q")}` }]));
    expect((await run("moved.ndjson", "--baseline", "known.json", "--fail-on", "should")).status).toBe(0);
    write("other.ndjson", secret("Z"));
    const other = await run("other.ndjson", "--baseline", "known.json", "--fail-on", "should");
    expect([other.status, other.of("no-secrets").map(({ source }) => source)]).toEqual([1, [undefined]]);
    // Each baseline has a key of its own, so that nobody can look tokens up in two of them.
    const digests = (): unknown =>
      (JSON.parse(read("known.json")) as { findings: { values: string[] }[] }).findings;
    const first = digests();
    await run("known.ndjson", "--write-baseline", "known.json");
    expect(digests()).not.toEqual(first);
  });

  it("of an earlier version is to be written anew", async () => {
    write("known.ndjson", log([good(1)]));
    write("known.json", '{"version":1,"findings":[]}');
    const { status, stderr } = await run("known.ndjson", "--baseline", "known.json");
    expect([status, stderr]).toEqual([2, expect.stringContaining("write it anew with --write-baseline")]);
  });

  it("from states knows no secrets, which then count on", async () => {
    write("known.ndjson", log(["worse-0"], [{ text: token("Q") }]));
    await run("known.ndjson", "--state-out", "a.state");
    await mplpCheck(["merge", "a.state", "--write-baseline", "known.json"], { cwd: folder });
    expect(read("known.json")).not.toContain("no-secrets");
    expect(JSON.parse(read("known.json"))).toMatchObject({ findings: [{ rule: "event-id-v4", count: 1 }] });
  });
});

describe("a waiver with at-most", () => {
  const config = (atMost: number): void =>
    write(
      "mplp-check.yaml",
      `waivers:\n  - rule: event-id-v4\n    at-most: ${atMost}\n    reason: old ids\n    owner: ann\n    expires: 2999-12-31\n`,
    );

  it("covers so many and no more", async () => {
    write("a.ndjson", log(["worse-0", "worse-1"]));
    write("b.ndjson", log(["worse-2"]));
    config(3);
    const within = await run("a.ndjson", "b.ndjson");
    expect([within.status, within.of("event-id-v4").map(({ source }) => source)]).toEqual([0, ["waiver"]]);
    config(2);
    const beyond = await run("a.ndjson", "b.ndjson");
    expect([beyond.status, beyond.of("event-id-v4")]).toEqual([
      2,
      [{ count: 3, source: undefined, hint: expect.stringContaining("a waiver covers at most 2 of these") }],
    ]);
    expect(beyond.report.errors).toEqual([
      {
        about: "waiver",
        path: "mplp-check.yaml",
        line: 2,
        message: "the waiver covers at most 2, and there are 3: it covers none of them",
      },
    ]);
    expect(beyond.report.verdict).toBe("nonconformant");
  });

  it("counts parts of a log together", async () => {
    write("a.ndjson", log(["worse-0", "worse-1"]));
    write("b.ndjson", log(["worse-2"]));
    config(2);
    for (const name of ["a", "b"])
      expect((await run(`${name}.ndjson`, "--state-out", `${name}.state`)).status).toBe(0);
    const { stdout, status } = await mplpCheck(["merge", "a.state", "b.state", "-f", "json"], {
      cwd: folder,
    });
    expect([status, (JSON.parse(stdout) as Report).summary.byLevel.MUST]).toEqual([2, 3]);
  });
});

describe("a waiver for lines that are no JSON", () => {
  const torn = {
    rule: "json-object-per-record",
    clauses: ["IN-1"],
    level: "MUST",
    message: "an event was cut off",
    shape: TORN_EVENT,
  } as const;
  const waiverOf = async (entry: string, kind: { readonly [Name in keyof typeof torn]: unknown }) => {
    write(
      "mplp-check.yaml",
      `waivers:\n  - ${entry}\n    reason: the console prints here\n    owner: ann\n    expires: 2999-12-31\n`,
    );
    const policy = await loadPolicy(
      await loadConfig(join(folder, "mplp-check.yaml"), folder),
      undefined,
      "2026-11-29",
    );
    return policy.treatmentOf(kind as typeof torn, join(folder, "a.ndjson")).waiver?.source;
  };

  it.each([
    "rule: json-object-per-record",
    "clause: IN-1",
    "clause: IN-1\n    pointer: '*'\n    path: '*.ndjson'",
  ])("hides no torn event: %s", async (entry) => {
    expect(await waiverOf(entry, torn)).toBeUndefined();
    expect(await waiverOf(entry, { ...torn, shape: "noise" })).toBe("waiver");
  });

  it("may name torn events outright", async () => {
    expect(await waiverOf(`clause: IN-1\n    pointer: ${TORN_EVENT}`, torn)).toBe("waiver");
  });
});

describe("digests of values", () => {
  const digests = Array.from({ length: 3000 }, (_, index) => `${(index * 7919) % 3000}`.padStart(32, "0"));

  it("are the same in whatever order they come", () => {
    const inParts = digests.reduce<readonly string[]>((all, digest) => mergedDigests(all, [digest]), []);
    expect(inParts).toEqual(mergedDigests([], [...digests].reverse()));
    expect(inParts).toHaveLength(1000);
  });

  it("tell of more than a thousand what can be told", () => {
    const known = mergedDigests([], digests);
    expect(hasOthers(known, known)).toBe(false);
    expect(hasOthers(["2".padStart(31, "0")], known)).toBe(true);
    expect(hasOthers(["f".repeat(32)], known)).toBe(false);
    expect(hasOthers(["f".repeat(32)], known.slice(1))).toBe(true);
  });
});
