import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../src/index.js";
import { mplpCheck, mplpProcess } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";

const CLEAN = "fixtures/quickstart/events.ndjson";
const BROKEN = "fixtures/quickstart/broken.ndjson";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-check-cli-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inFolder = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const report = (stdout: string): Report => JSON.parse(stdout) as Report;

describe("exit codes", () => {
  it.each([
    ["should", 1],
    ["none", 0],
  ])("a report ends as its run did, with --fail-on %s: %i", async (level, expected) => {
    const log = level === "none" ? BROKEN : "fixtures/rules/duplicate-key/invalid/equal-values.ndjson";
    const file = join(folder, `${level}.json`);
    expect((await mplpCheck([log, "--fail-on", level, "-f", "json", "-o", file])).status).toBe(expected);
    expect((await mplpCheck(["report", file])).status).toBe(expected);
    expect((await mplpCheck(["report", file, "--fail-on", "must"])).status).toBe(1 - expected);
  });

  it("a report that is asked for another level says the exit code of that level", async () => {
    const file = join(folder, "levels.json");
    await mplpCheck([BROKEN, "-f", "json", "-o", file]);
    const asked = (level: string) => mplpCheck(["report", file, "--fail-on", level, "-f", "json"]);
    const none = await asked("none");
    expect([none.status, report(none.stdout).failOn]).toEqual([0, "none"]);
    expect(none.stderr).not.toContain("exit 1");
    const should = inFolder("none.json", none.stdout);
    const must = await mplpCheck(["report", should, "--fail-on", "must", "-f", "json"]);
    expect([must.status, report(must.stdout).failOn]).toEqual([1, undefined]);
    expect((await mplpCheck(["report", should, "--fail-on", "must"])).stdout).toContain("(exit 1).");
  });

  it("0: nothing at or above --fail-on", async () => {
    const { status, stdout, stderr } = await mplpCheck([CLEAN]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("no-violations-found");
  });

  it("0: and nothing on standard error, however many files there are", async () => {
    const paths = Array.from({ length: 12 }, (_, index) => inFolder(`many-${index}.ndjson`, "\n"));
    const { status, stderr } = await mplpCheck([...paths, CLEAN, "--allow-empty"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  it("1: violations", async () => {
    const { status, stdout } = await mplpCheck([BROKEN]);
    expect(status).toBe(1);
    expect(stdout).toContain("nonconformant");
  });

  it.each([
    ["must", 0],
    ["should", 1],
    ["may", 1],
    ["none", 0],
  ])("--fail-on %s of a log with SHOULD findings only: %i", async (level, expected) => {
    const clean = readFileSync(join(ROOT, CLEAN), "utf8");
    const log = inFolder("should.ndjson", clean.replaceAll(/,"source_module":"[^"]*"/g, ""));
    expect((await mplpCheck([log, "--fail-on", level])).status).toBe(expected);
  });

  it("--fail-on none never fails, whatever is found", async () => {
    expect((await mplpCheck([BROKEN, "--fail-on", "none"])).status).toBe(0);
  });

  it("2: a path that cannot be read; the rest of the run is intact", async () => {
    const { status, stdout, stderr } = await mplpCheck(["nowhere.ndjson", CLEAN, "-f", "json"]);
    expect(status).toBe(2);
    expect(stderr).toContain("nowhere.ndjson: no such file or folder");
    expect(report(stdout).inputs.map(({ path }) => path)).toEqual([CLEAN]);
    expect(report(stdout).errors).toEqual([{ path: "nowhere.ndjson", message: "no such file or folder" }]);
  });

  it("2 wins over 1", async () => {
    expect((await mplpCheck(["nowhere.ndjson", BROKEN])).status).toBe(2);
  });

  it.each([
    ["an unmatched glob", ["no/such/*.ndjson"]],
    ["a folder without logs", ["src/model"]],
    ["no paths", []],
    ["an unknown option", [CLEAN, "--nope"]],
    ["an unknown format", [CLEAN, "-f", "xml"]],
    ["an unknown level", [CLEAN, "--fail-on", "never"]],
    ["a number below 1", [CLEAN, "--max-findings", "0"]],
    ["two reports to one place", [CLEAN, "-f", "text", "-f", "json"]],
    ["schemas that are not there", [CLEAN, "--schemas", "no/such/folder"]],
    ["invariants that are not there", [CLEAN, "--invariants", "no/such/file.yaml"]],
    ["an output that cannot be written", [CLEAN, "-o", "package.json/report.txt"]],
  ])("2: %s, said on standard error or in the report", async (_what, args) => {
    const { status, stdout, stderr } = await mplpCheck(args);
    expect(status).toBe(2);
    expect(stdout + stderr).toMatch(/\S/);
    expect(stderr).not.toContain("internal error");
  });

  it.each([
    ["an empty file", ""],
    ["blank lines only", "\n\r\n  \n"],
    ["objects that are no events", '{"hello":1}\n{"world":2}\n'],
  ])("3: nothing was checked: %s", async (_what, content) => {
    const { status, stdout } = await mplpCheck([inFolder("empty.ndjson", content)]);
    expect(status).toBe(3);
    expect(stdout).toContain("inconclusive: nothing was checked");
  });

  const MAPPING = "fixtures/audit/conforming/mapping.yaml";
  it.each([
    ["a snapshot alone", () => [inFolder("alone.json", '{"snapshot_id":"s","graph_id":"g"}')]],
    ["events that are taken for snapshots", () => ["--as", `snapshot:${CLEAN}`]],
    ["an empty log beside a mapping", () => [inFolder("quiet.ndjson", ""), MAPPING]],
    ["a foreign log beside a mapping", () => [inFolder("foreign.log", '{"level":"info"}\n'), MAPPING]],
  ])("3: nothing was checked: %s", async (_what, make) => {
    const args = make();
    const { status, stdout } = await mplpCheck(args);
    expect(stdout).toContain("inconclusive: nothing was checked");
    expect(status).toBe(3);
    const { stdout: junit } = await mplpCheck([...args, "-f", "junit"]);
    expect(junit).toMatch(/<failure [^>]*>[^<]*(?:can be checked|was recognised)/);
  });

  it("0: a mapping beside documents that are something else", async () => {
    expect((await mplpCheck(["package.json", MAPPING])).status).toBe(0);
  });

  it("3: a claim that the evidence does not demonstrate", async () => {
    const { status, stdout } = await mplpCheck([CLEAN, "--claim", "runtime"]);
    expect(status).toBe(3);
    expect(stdout).toMatch(/^open +RG-7\.1-1 /m);
  });
});

describe("reading", () => {
  it("takes standard input", async () => {
    const { status, stdout } = await mplpProcess(["-", "-f", "json"], {
      input: readFileSync(join(ROOT, CLEAN)),
    });
    expect(status).toBe(0);
    expect(report(stdout).inputs[0]?.path).toBe("-");
  });

  it("takes gzip, folders and globs", async () => {
    const sub = join(folder, "logs");
    mkdirSync(join(sub, "deep"), { recursive: true });
    const lines = readFileSync(join(ROOT, CLEAN), "utf8").trimEnd().split("\n");
    writeFileSync(join(sub, "a.ndjson"), `${lines.slice(0, 6).join("\n")}\n`);
    writeFileSync(join(sub, "deep/b.ndjson.gz"), gzipSync(`${lines.slice(6).join("\n")}\n`));
    const whole = report((await mplpCheck([CLEAN, "-f", "json"])).stdout);
    for (const path of [sub, `${sub}/**/*.ndjson*`]) {
      const parts = report((await mplpCheck([path, "-f", "json"])).stdout);
      expect(parts.inputs.map((input) => input.path)).toEqual([`${sub}/a.ndjson`, `${sub}/deep/b.ndjson.gz`]);
      expect(parts.clauses.map(({ id, status, checked }) => [id, status, checked])).toEqual(
        whole.clauses.map(({ id, status, checked }) => [id, status, checked]),
      );
    }
  });

  it("says where gzip data breaks off and keeps what came before", async () => {
    const whole = gzipSync(
      Buffer.concat(Array.from({ length: 200 }, () => readFileSync(join(ROOT, CLEAN)))),
      { level: 0 },
    );
    const { status, stdout } = await mplpCheck([
      inFolder("cut.gz", whole.subarray(0, whole.length / 2)),
      "-f",
      "json",
    ]);
    expect(status).toBe(2);
    expect(report(stdout).errors[0]?.message).toBe("the compressed data ends too early");
    expect(report(stdout).summary.events).toBeGreaterThan(1000);
  });

  it("reports a record above the limit as not checked, with its line", async () => {
    const line = readFileSync(join(ROOT, CLEAN), "utf8").split("\n")[0] ?? "";
    const long = `{"payload":"${"x".repeat(5000)}"}`;
    const log = inFolder("long.ndjson", `${line}\n${long}\n`);
    const { status, stdout } = await mplpCheck([log, "--max-record-bytes", "4000", "-f", "json"]);
    expect(status).toBe(2);
    expect(report(stdout).errors).toMatchObject([{ path: log, line: 2 }]);
    expect(report(stdout).findings).toMatchObject([
      { clauses: ["IN-1"], level: "NOTE", locations: [{ line: 2 }] },
    ]);
  });
});

describe("writing", () => {
  it("pairs each --output with the --format before it", async () => {
    const [json, text] = [join(folder, "r.json"), join(folder, "r.txt")];
    const { status, stdout, stderr } = await mplpCheck([
      BROKEN,
      "-f",
      "json",
      "-o",
      json,
      "-f",
      "text",
      "-o",
      text,
    ]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("nonconformant");
    expect(report(readFileSync(json, "utf8")).verdict).toBe("nonconformant");
    expect(readFileSync(text, "utf8")).toContain("PS-4.1-2");
    expect(readdirSync(folder).filter((name) => name.includes(".tmp"))).toEqual([]);
  });

  it.each([
    ["json", /^\{\s+"schemaVersion"/],
    ["sarif", /"driver"/],
    ["xml", /^<\?xml/],
    ["html", /^<!doctype html>/i],
    ["md", /^## MPLP conformance/],
    ["txt", /^nonconformant: /],
  ])("takes the format of an --output without one from its ending: .%s", async (ending, content) => {
    const file = join(folder, "made", "for it", `${ending}.${ending}`);
    const { status, stdout } = await mplpCheck([BROKEN, "-o", file]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(readFileSync(file, "utf8")).toMatch(content);
  });

  it.each([
    ["an ending that contradicts the format", ["-f", "json", "-o", "x.html"]],
    ["another that does", ["-f", "text", "-o", "x.xml"]],
    ["an --output before its --format", ["-o", "x.json", "-f", "json"]],
    ["an --output before a --format without one", ["-o", "x.out", "-f", "sarif"]],
    ["two reports to one file", ["-o", "x.json", "-f", "json", "-o", "x.json"]],
    ["findings and a report to standard output", ["--findings", "-", "-f", "text"]],
  ])("2: %s", async (_what, args) => {
    const { status, stdout, stderr } = await mplpCheck([BROKEN, ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^mplp-check: /);
  });

  it("writes findings to standard output, alone, and the verdict to standard error", async () => {
    const { status, stdout, stderr } = await mplpCheck([BROKEN, "--findings", "-"]);
    expect(status).toBe(1);
    const file = join(folder, "deep", "er", "findings.ndjson");
    await mplpCheck([BROKEN, "--findings", file]);
    expect(stdout).toBe(readFileSync(file, "utf8"));
    expect(stderr).toMatch(/^mplp-check: nonconformant: /);
  });

  it("shows as much of the findings as is wanted", async () => {
    const quiet = await mplpCheck([BROKEN, "--quiet"]);
    expect(quiet.stdout).toMatch(/^nonconformant: [^\n]*\n$/);
    const few = await mplpCheck([BROKEN, "--max-reported", "1"], { env: { COLUMNS: "80" } });
    expect(few.stdout).toContain("not shown");
    const compact = await mplpCheck([BROKEN, "-f", "compact"], { env: { MPLP_CHECK_SHOW: "must" } });
    expect(compact.stdout).not.toContain(": note ");
    const file = join(folder, "shown.json");
    await mplpCheck([BROKEN, "-o", file]);
    expect((await mplpCheck(["report", file, "--quiet"])).stdout).toBe(quiet.stdout);
  });

  it("links rules where the terminal is known to show links", async () => {
    const env = { FORCE_COLOR: "1", FORCE_HYPERLINK: "1" };
    const link = "\u001b]8;;https://github.com/mplp-check/mplp-check/blob/main/docs/rules/";
    expect((await mplpCheck([BROKEN], { env })).stdout).toContain(link);
    expect((await mplpCheck([BROKEN], { env: { ...env, NO_COLOR: "1" } })).stdout).not.toContain(link);
    expect((await mplpCheck([BROKEN], { env: { FORCE_COLOR: "1" } })).stdout).not.toContain(link);
  });

  it("gives machine-readable output alone on standard output, also where nothing was found", async () => {
    const { stdout } = await mplpCheck([CLEAN, "-f", "json"]);
    expect(report(stdout).findings).toEqual([]);
  });

  it("gives the same bytes for the same input", async () => {
    const args = [BROKEN, CLEAN, "-f", "json"];
    expect((await mplpCheck(args)).stdout).toBe((await mplpCheck(args)).stdout);
  });

  it("writes every occurrence with --findings, in log order, valid and whole", async () => {
    const file = join(folder, "findings.ndjson");
    const { stdout } = await mplpCheck([
      BROKEN,
      BROKEN,
      "--findings",
      file,
      "--max-findings",
      "1",
      "-f",
      "json",
    ]);
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    const occurrences = lines.map(
      (line) => JSON.parse(line) as { line: number; column: number; path: string },
    );
    const { findings } = report(stdout);
    expect(occurrences).toHaveLength(findings.reduce((sum, { count }) => sum + count, 0));
    expect(occurrences.map(({ line }) => line)).toEqual(
      occurrences.map(({ line }) => line).sort((a, b) => a - b),
    );
    for (const occurrence of occurrences) expect(occurrence.column).toBeGreaterThan(0);
  });

  it("writes an empty findings file where nothing was found", async () => {
    const file = join(folder, "none.ndjson");
    await mplpCheck([CLEAN, "--findings", file]);
    expect(readFileSync(file, "utf8")).toBe("");
  });

  it("colours a text report only where that is wanted", async () => {
    const csi = "\u001b[";
    expect((await mplpCheck([BROKEN])).stdout).not.toContain(csi);
    expect((await mplpCheck([BROKEN], { env: { FORCE_COLOR: "1" } })).stdout).toContain(csi);
    expect((await mplpCheck([BROKEN], { env: { FORCE_COLOR: "1", NO_COLOR: "1" } })).stdout).not.toContain(
      csi,
    );
    expect((await mplpCheck([BROKEN, "-f", "json"], { env: { FORCE_COLOR: "1" } })).stdout).not.toContain(
      csi,
    );
  });

  it.skipIf(process.platform !== "linux")("colours nothing on a terminal that is dumb", () => {
    const seen = (TERM: string): string =>
      execFileSync("script", ["-qec", `"${process.execPath}" bin/mplp-check.js ${CLEAN}`, "/dev/null"], {
        cwd: ROOT,
        encoding: "utf8",
        env: { PATH: process.env.PATH, TERM },
      });
    expect(seen("xterm")).toContain("\u001b[");
    expect(seen("dumb")).not.toContain("\u001b[");
  });
});

describe("the README", () => {
  it("shows what the command prints", async () => {
    const readme = readFileSync(join(ROOT, "README.md"), "utf8");
    const sample = /```\n(nonconformant: [\s\S]*?)```/.exec(readme)?.[1] ?? "";
    const { stdout } = await mplpCheck([BROKEN]);
    const parts = sample.split("  (four more findings)\n\n");
    expect(parts).toHaveLength(2);
    for (const part of parts) expect(stdout).toContain(part.trim());
    expect(stdout.match(/^✗ MUST {3}\S/gm)).toHaveLength(5);
  });
});

describe("hostile names and content", () => {
  it("prints no control characters from paths or logs", async () => {
    const name = "evil\u001b[31m\u202e\n.ndjson";
    const log = inFolder(
      name,
      '{"event_id":"\\u001b[2J","event_type":"\u202eabc","event_family":"x\u0085","timestamp":"\u200b"}\n',
    );
    const { stdout } = await mplpCheck([log]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u200b]/);
    expect(stdout).toContain("nonconformant");
  });
});

describe("help and version", () => {
  it("prints the help on standard output and ends 0", async () => {
    const { status, stdout } = await mplpCheck(["--help"]);
    expect(status).toBe(0);
    expect(stdout).toContain("Usage: mplp-check");
    expect(stdout).toContain("Exit codes:");
  });

  it("prints the package's version", async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
    expect(await mplpCheck(["--version"])).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
  });
});
