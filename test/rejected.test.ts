import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { check, type Occurrence, type Rejected } from "../src/index.js";
import { mplpCheck, mplpProcess } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";

const CLEAN = readFileSync(join(ROOT, "fixtures/quickstart/events.ndjson"), "utf8");
const TOKEN = `ghp_${"a1B2c3D4e5".repeat(4).slice(0, 36)}`;

/** An event that wraps a Git event, which lacks its commit unless it is given one. */
const gitEvent = (number: number, own: object = {}, envelope: object = {}) => ({
  event_id: `1b671a64-40d5-491e-99b0-da01ff1f33${String(number).padStart(2, "0")}`,
  event_type: "git",
  event_family: "external_integration",
  timestamp: "2026-01-05T08:00:00Z",
  ...envelope,
  payload: {
    event_kind: "commit",
    repo_url: "https://example.org/r.git",
    ref_name: "main",
    timestamp: "2026-01-05T08:00:00Z",
    ...own,
  },
});
const lines = (...events: readonly object[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join("");

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-check-rejected-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const run = (...args: string[]) => mplpCheck(args, { cwd: folder });
const linesOf = (name: string): readonly unknown[] =>
  readFileSync(join(folder, name), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as unknown);
const rejectedIn = (name: string) => linesOf(name) as readonly Rejected[];

describe("--rejected", () => {
  it("writes each invalid integration event once, as it stood, with all that is wrong with it", async () => {
    const [bad, good] = [gitEvent(1, { ref_name: "", repo_url: 5 }), gitEvent(2, { commit_id: "abc1234" })];
    put("a.ndjson", CLEAN);
    put("b.ndjson", `\n${lines(good, bad)}`);
    expect((await run("a.ndjson", "b.ndjson", "--rejected", "rejected.ndjson")).status).toBe(1);
    const [rejected, ...others] = rejectedIn("rejected.ndjson");
    expect(others).toEqual([]);
    expect(rejected).toMatchObject({ path: "b.ndjson", line: 3, event: bad });
    expect(rejected?.reasons.length).toBeGreaterThanOrEqual(2);
    for (const { rule, clauses, message, pointer } of rejected?.reasons ?? []) {
      expect([rule, clauses[0]]).toEqual(["integration-schema", "IS-4.3-1"]);
      expect(pointer).toMatch(/^\/payload/);
      expect(message).not.toBe("");
    }
  });

  it("writes an integration event whose payload is no object too, whichever rule finds it", async () => {
    const bad = { ...gitEvent(1), event_type: "git_event", payload: ["nothing"] };
    put("a.ndjson", lines(bad));
    await run("a.ndjson", "--rejected", "rejected.ndjson");
    expect(rejectedIn("rejected.ndjson")).toMatchObject([
      { line: 1, event: bad, reasons: [{ rule: "payload-object", pointer: "/payload" }] },
    ]);
  });

  it("says what --findings says, whatever the number of threads", async () => {
    const events = Array.from({ length: 40 }, (_, index) =>
      gitEvent(index, index % 3 === 0 ? { ref_name: 7 } : {}),
    );
    put("a.ndjson", lines(...events));
    const files = ["--findings", "findings.ndjson", "--rejected", "rejected.ndjson"];
    await run("a.ndjson", ...files);
    const places = linesOf("findings.ndjson") as readonly Occurrence[];
    const found = places.filter(
      ({ rule, level }) => /^integration-(?:schema|invariants)$/.test(rule) && level === "MUST",
    );
    expect(found.length).toBeGreaterThan(0);
    expect(rejectedIn("rejected.ndjson").map(({ line }) => line)).toEqual([
      ...new Set(found.map(({ line }) => line)),
    ]);
    const seen: unknown[] = [];
    await check([join(folder, "a.ndjson")], {
      jobs: 2,
      inlineBytes: 0,
      blockBytes: 2048,
      onRejected: async (all) => {
        for await (const { path: _path, ...each } of all) seen.push(each);
      },
    });
    expect(seen).toEqual(rejectedIn("rejected.ndjson").map(({ path: _path, ...each }) => each));
  });

  it("tells records of one line apart, however the input is cut", async () => {
    const events = [gitEvent(1), gitEvent(2, { commit_id: "abc1234" }), gitEvent(3)];
    put("a.json", JSON.stringify(events));
    const places: unknown[] = [];
    await check([join(folder, "a.json")], {
      blockBytes: 64,
      onRejected: async (all) => {
        for await (const { line, record } of all) places.push([line, record]);
      },
    });
    expect(places).toEqual([
      [1, 1],
      [1, 3],
    ]);
    for (const _again of [1, 2]) await run("a.json", "--rejected", "rejected.ndjson");
    expect(rejectedIn("rejected.ndjson").map(({ record }) => record)).toEqual([1, 3]);
  });

  it("names no secret of a path", async () => {
    put(`${TOKEN}.ndjson`, lines(gitEvent(1, { ref_name: 5 })));
    const { stdout, stderr } = await run(`${TOKEN}.ndjson`, "--rejected", "rejected.ndjson");
    const text = readFileSync(join(folder, "rejected.ndjson"), "utf8");
    expect(text).toContain('"line":1');
    expect(text + stdout + stderr).not.toContain(TOKEN.slice(4));
  });

  it("shows no secret, and no value with --redact", async () => {
    put("a.ndjson", lines(gitEvent(1, { ref_name: 5, author: TOKEN, password: 12345678 })));
    await run("a.ndjson", "--rejected", "rejected.ndjson");
    const text = readFileSync(join(folder, "rejected.ndjson"), "utf8");
    expect(text).not.toContain(TOKEN.slice(4));
    expect(text).not.toContain("12345678");
    expect(text).toContain("[secret, 40 characters]");
    await run("a.ndjson", "--redact", "--rejected", "rejected.ndjson");
    expect(readFileSync(join(folder, "rejected.ndjson"), "utf8")).not.toContain("example.org");
  });

  it("reads standard input, and leaves out what a finding about the whole file stands for", async () => {
    const input = lines(gitEvent(1, { ref_name: 5 }));
    await mplpProcess(["-", "--rejected", join(folder, "piped.ndjson")], { input });
    expect(rejectedIn("piped.ndjson").map(({ path, line }) => [path, line])).toEqual([["-", 1]]);
    put("a.ndjson", lines(gitEvent(1, { ref_name: 5 }, { event_family: undefined })));
    await run("a.ndjson", "--rejected", "rejected.ndjson", "--findings", "findings.ndjson");
    const isFound = readFileSync(join(folder, "findings.ndjson"), "utf8").includes("integration-schema");
    expect(rejectedIn("rejected.ndjson").length > 0).toBe(isFound);
  });

  it("is empty where every integration event is valid", async () => {
    put("a.ndjson", CLEAN);
    expect((await run("a.ndjson", "--rejected", "rejected.ndjson")).status).toBe(0);
    expect(rejectedIn("rejected.ndjson")).toEqual([]);
  });

  it.each([
    [["a.ndjson", "--rejected", "a.ndjson"], "a.ndjson is an input of this run"],
    [["a.ndjson", "--rejected", "x", "--findings", "x"], "two outputs cannot go to x"],
    [["a.ndjson", "--rejected", "-"], "--rejected needs a file"],
    [["a.ndjson", "--rejected="], "an output file has no name"],
    [["--state-in", "a.state", "--rejected", "x"], "--rejected cannot be combined with --state-in"],
  ])("%j is refused", async (args, sentence) => {
    put("a.ndjson", CLEAN);
    const { status, stderr } = await run(...args);
    expect([status, stderr]).toEqual([2, expect.stringContaining(sentence)]);
    expect(readFileSync(join(folder, "a.ndjson"), "utf8")).toBe(CLEAN);
  });

  it("of a configuration that was found stays in its folder, and replaces earlier ones only", async () => {
    put("a.ndjson", lines(gitEvent(1, { ref_name: 5 })));
    put("mplp-check.yaml", "paths: a.ndjson\nrejected: ../rejected.ndjson\n");
    expect((await run()).stderr).toContain("rejected leads out of the folder of the configuration");
    put("mplp-check.yaml", "paths: a.ndjson\nrejected: rejected.ndjson\n");
    put("rejected.ndjson", "mine\n");
    expect((await run()).stderr).toContain("rejected.ndjson exists and is no earlier report of mplp-check");
    rmSync(join(folder, "rejected.ndjson"));
    for (const _again of [1, 2]) {
      await run();
      expect(rejectedIn("rejected.ndjson").length).toBe(1);
    }
  });
});

describe("a log without a record", () => {
  beforeEach(() => {
    put("empty.ndjson", "");
    put("events.ndjson", CLEAN);
  });

  it.each([
    [["empty.ndjson"], 3, "nothing was checked"],
    [["empty.ndjson", "--allow-empty"], 0, "--allow-empty accepts that"],
    [["events.ndjson", "empty.ndjson"], 3, "empty.ndjson holds no record (--allow-empty accepts that)"],
    [["events.ndjson", "empty.ndjson", "--allow-empty"], 0, "no-violations-found"],
    [["empty.ndjson", "--allow-empty", "--claim", "runtime"], 3, "nothing was checked"],
    [["."], 0, "no-violations-found"],
  ])("%j ends with %i", async (args, code, text) => {
    const { status, stdout } = await run(...args, "--no-config");
    expect(status).toBe(code);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(text);
    const junit = await run(...args, "-f", "junit");
    expect(/<(?:failure|error)\b/.test(junit.stdout)).toBe(code !== 0);
  });

  it("is in the report what it is in the run", async () => {
    const emptiness = async (...args: string[]) => {
      const { stdout } = await run("events.ndjson", "empty.ndjson", "-f", "json", ...args);
      const { inputs, verdict } = JSON.parse(stdout) as { inputs: { empty?: string }[]; verdict: string };
      return [verdict, ...inputs.map(({ empty }) => empty)];
    };
    expect(await emptiness()).toEqual(["inconclusive", undefined, "refused"]);
    expect(await emptiness("--allow-empty")).toEqual(["no-violations-found", undefined, "allowed"]);
  });

  it("counts where it comes through a pipe", async () => {
    expect((await mplpProcess(["-", join(folder, "events.ndjson")])).status).toBe(3);
    expect((await mplpProcess(["-", join(folder, "events.ndjson"), "--allow-empty"])).status).toBe(0);
  });
});
