import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FORMAT_NAMES, FORMATS, type Report } from "../../src/index.js";
import { contentsOf, handOver, isRoot, MODULES, PRECIOUS, TOKEN } from "../support/adversary.js";
import { ROOT } from "../support/fixtures.js";
import { COLOUR, harmfulLines } from "../support/hostile.js";

const top = mkdtempSync(join(tmpdir(), "mplp-check-adversary-"));
const at = (name: string): string => join(top, name);

beforeAll(() => {
  for (const name of ["audit", "outside", "temporary"]) mkdirSync(at(name));
  handOver(at("audit"), at("outside"));
});

afterAll(() => {
  chmodSync(at("audit/closed"), 0o700);
  rmSync(top, { recursive: true, force: true });
});

/** As an auditor would in the folder that was handed over. What takes longer than a minute has been stopped by then. */
function audit(...args: readonly string[]) {
  const bin = join(ROOT, "bin/mplp-check.js");
  const { PATH = "" } = process.env;
  return spawnSync(process.execPath, ["--max-old-space-size=300", bin, ".", "--claim", "runtime", ...args], {
    cwd: at("audit"),
    env: { PATH, TMPDIR: at("temporary") },
    encoding: "utf8",
    maxBuffer: 1 << 28,
    timeout: 60_000,
  });
}

/** What is in the folder and around it. */
const everything = () => ["", "audit", "outside", "temporary"].map((name) => contentsOf(at(name)));

function expectNothingPrivate(output: string): void {
  expect(output).not.toContain(PRECIOUS);
  for (let from = 6; from + 16 < TOKEN.length; from++)
    expect(output).not.toContain(TOKEN.slice(from, from + 16));
  expect(output).not.toContain("root:x:0:0");
}

describe.skipIf(process.platform === "win32")("a folder that an adversary has handed over", () => {
  let report: Report;
  let before: ReturnType<typeof everything>;
  let all = "";

  beforeAll(() => {
    before = everything();
    const { status, stdout, stderr } = audit("--no-config", "-f", "json", "--findings", "/dev/null");
    expect([status, stderr.includes("internal error")]).toEqual([2, false]);
    all = stdout + stderr;
    report = JSON.parse(stdout) as Report;
  });

  it("is audited without a byte written in it, beside it or for a while", () => {
    expect(everything()).toEqual(before);
  });

  it("is not conformant, and the claim says why it stays open", () => {
    expect(report.verdict).toBe("nonconformant");
    expect(report.reservations.join("\n")).toMatch(
      /hidden\.ndjson .*\(hidden\)|archive\.zip .*\(archive\)|out\.ndjson .*\(link\)/,
    );
  });

  it("is read as far as it can be, each file under its own name", () => {
    const read = new Map(report.inputs.map(({ path, records }) => [path, records]));
    for (const name of ["--output=x", "-o", "--config=evil.yaml", "a\nb", "::error::x", "$(touch pwned)"])
      expect([name, read.get(`${name}.ndjson`)]).toEqual([name, 14]);
    expect(read.get("crowd.ndjson")).toBe(MODULES);
    expect(read.get("sound/events.ndjson")).toBe(38);
    expect([...read.keys()].filter((path) => path.startsWith("deep/"))).toHaveLength(1);
    if (isRoot) expect(read.get("closed/events.ndjson")).toBe(14);
    else expect(report.errors).toContainEqual({ path: "closed", message: "permission denied" });
  });

  it("says of each file that was not read, or not to its end, why", () => {
    const reasons = Object.fromEntries(report.notRead.map(({ path, reason }) => [path, reason]));
    expect(reasons).toMatchObject({
      ".git": "not entered",
      ".hidden.ndjson": "hidden",
      "archive.zip": "archive",
      "bomb.ndjson.gz": "not MPLP",
      elsewhere: "link",
      "endless.ndjson": "link",
      "out.ndjson": "link",
      "passwd.ndjson": "link",
      "pipe.ndjson": "not a regular file",
      "round-a": "link",
      "round-b": "link",
      "twice.ndjson.gz": "archive",
    });
    // It leads to the folder itself: what is in it has been read.
    expect(reasons).not.toHaveProperty("self");
    const errors = new Map(report.errors.map(({ path, message }) => [path, message]));
    expect(errors.get("cut.ndjson.gz")).toBe("the compressed data ends too early");
    expect(errors.get("behind.ndjson.gz")).toMatch(/bytes after the compressed data were not read/);
    expect([...errors.keys()]).toEqual(expect.arrayContaining(["bomb.ndjson.gz", "twice.ndjson.gz"]));
  });

  it("reads no record that is nested without end, and what stands beside it", () => {
    const errors = report.errors.filter(({ path }) => path === "nested.ndjson");
    expect(errors.map(({ line }) => line)).toEqual([2, 3]);
    expect(report.inputs.find(({ path }) => path === "nested.ndjson")?.recognised.event).toBe(2);
  });

  it("believes no manifest and no list of checksums", () => {
    expect(report.packs).toMatchObject([
      { path: "pack", otherVersion: "9.9.9", digest: "not verified", checksums: { listed: 4, verified: 0 } },
    ]);
    expect(report.errors.filter(({ path }) => path.startsWith("pack/"))).toHaveLength(5);
  });

  it("names very many undocumented modules in one finding, and not all of them", () => {
    const found = report.findings.find(({ rule }) => rule === "log-matches-mapping");
    expect([found?.count, found?.locations.length]).toEqual([MODULES, 20]);
    expect(JSON.stringify(found).length).toBeLessThan(20_000);
  });

  it("shows nothing private and nothing that acts, in any format", () => {
    expectNothingPrivate(all);
    for (const format of FORMAT_NAMES)
      for (const color of [false, true]) {
        const output = [...FORMATS[format](report, { color })].join("");
        expectNothingPrivate(output);
        expect([format, harmfulLines(output.replace(COLOUR, ""))]).toEqual([format, []]);
      }
  });
});

describe.skipIf(process.platform === "win32")(
  "a configuration that an adversary has laid into the folder",
  () => {
    const config = at("audit/mplp-check.yaml");
    // How much is read makes no difference to what is refused, or to patterns.
    beforeAll(() => {
      for (const name of ["crowd.ndjson", "bomb.ndjson.gz"]) rmSync(at(`audit/${name}`));
    });
    afterAll(() => rmSync(config, { force: true }));

    it.each([
      "output: [{format: json, file: ../outside/notes.txt}]",
      "output: [{format: json, file: elsewhere/notes.txt}]",
      "findings: ../outside/findings.ndjson",
      "baseline: /etc/passwd",
      "output: [{format: json, file: sound/events.ndjson}]",
    ])("is refused before anything is done: %s", (text) => {
      writeFileSync(config, `${text}\n`);
      const before = everything();
      const { status, stdout, stderr } = audit();
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(/^mplp-check: mplp-check\.yaml:1:\d+: /);
      expectNothingPrivate(stderr);
      expect(everything()).toEqual(before);
    });

    it("takes no time with its patterns, waives nothing that it does not name, and is named itself", () => {
      const patterns = [
        `${"*a".repeat(40)}*b`,
        `${"**/".repeat(30)}x`,
        `${"{a,b}".repeat(9)}*`,
        `[${"!-".repeat(50)}]${"?".repeat(90)}`,
      ];
      const waivers = patterns.map(
        (path) =>
          `  - {rule: event-id-v4, path: ${JSON.stringify(path)}, pointer: ${JSON.stringify(path)}, reason: the ids of the old runtime, owner: ann@example.org, expires: 2999-01-01}`,
      );
      writeFileSync(config, `waivers:\n${waivers.join("\n")}\n`);
      const { status, stdout, stderr, signal } = audit("-f", "json");
      expect([status, signal]).toEqual([2, null]);
      expect(stderr).toContain("mplp-check: using mplp-check.yaml\n");
      const report = JSON.parse(stdout) as Report;
      expect(report.configuration).toMatchObject({ path: "mplp-check.yaml", isInAudit: true });
      expect(report.findings.filter(({ waiver }) => waiver !== undefined)).toEqual([]);
      expect(report.findings.map(({ rule }) => rule)).toContain("configuration-in-audit");
      expect(existsSync(at("audit/pwned")) || readdirSync(at("temporary")).length > 0).toBe(false);
    });
  },
);
