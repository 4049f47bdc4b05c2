import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { check, type Report } from "../src/index.js";
import { OFFICIAL_INVARIANTS, OFFICIAL_SCHEMAS } from "../src/protocol/schemas/official.js";
import { mplpCheck } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";
import { some } from "./support/long.js";

const AUDIT = join(ROOT, "fixtures/audit/conforming");
const CLEAN = join(ROOT, "fixtures/quickstart/events.ndjson");
const BROKEN = join(ROOT, "fixtures/quickstart/broken.ndjson");
const SCHEMAS = join(ROOT, "schemas");
const INVARIANTS = join(ROOT, "invariants");

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-check-configuration-"));
  cpSync(AUDIT, join(folder, "audit"), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A copy of the bundled schemas of which one no longer asks for anything. */
function softened(name: string): string {
  const copy = join(folder, name);
  for (const part of ["events", "integration", "learning"])
    cpSync(join(SCHEMAS, part), join(copy, part), { recursive: true });
  const file = join(copy, "events/mplp-graph-update-event.schema.json");
  const schema = JSON.parse(readFileSync(file, "utf8")) as object;
  writeFileSync(file, JSON.stringify({ ...schema, required: [] }));
  return copy;
}

const sourceOf = ({ protocol: { source, paths } }: Report) => ({ source, paths });

describe("where schemas and invariants come from", () => {
  it("is the package, unless they are given", async () => {
    expect(sourceOf(await check([CLEAN]))).toEqual({ source: "bundled", paths: undefined });
  });

  it("is told by content: copies of the bundled ones are the bundled ones", async () => {
    const copy = join(folder, "copy");
    mkdirSync(copy);
    for (const name of readdirSync(INVARIANTS)) {
      const text = readFileSync(join(INVARIANTS, name), "utf8").replaceAll("\n", "\r\n");
      writeFileSync(join(copy, `z-${name}`), `\uFEFF${text}`);
    }
    const report = await check([CLEAN], { schemas: SCHEMAS, invariants: [copy] });
    expect(sourceOf(report)).toEqual({ source: "bundled", paths: [SCHEMAS, copy] });
  });

  it("is given where one file differs, is missing or comes besides, and a claim stays open", async () => {
    const own = join(folder, "own.yaml");
    writeFileSync(own, "invariants: []\n");
    const one = join(INVARIANTS, "observability-invariants.yaml");
    const given = [
      { schemas: softened("soft") },
      { invariants: [own] },
      { invariants: [INVARIANTS, own] },
      { invariants: [one] },
      { schemas: SCHEMAS, invariants: [own] },
    ];
    for (const options of some("schemas and invariants of one's own", given)) {
      const report = await check([AUDIT], { ...options, claims: ["runtime"], complete: true });
      expect([options, report.protocol.source, report.verdict]).toEqual([options, "given", "inconclusive"]);
      expect(report.reservations).toContain(
        "the schemas or invariants used are neither the bundled nor the official ones",
      );
    }
  });

  it("does not change with invariants that are asked for besides", async () => {
    const own = join(folder, "own.yaml");
    writeFileSync(own, "invariants: [{id: acme, scope: event, path: acme, rule: exists}]\n");
    expect(sourceOf(await check([CLEAN], { extraInvariants: [own] }))).toEqual({
      source: "bundled",
      paths: undefined,
    });
  });

  it("may be the official files, which are known by digests", () => {
    for (const digest of [OFFICIAL_SCHEMAS, OFFICIAL_INVARIANTS]) expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("the configuration of a run", () => {
  const write = (file: string): void => writeFileSync(join(folder, file), "jobs: 1\n");
  const run = async (args: readonly string[], cwd = folder) => {
    const { stdout, stderr } = await mplpCheck(
      [...args, "-f", "json", "--findings", join(folder, "f.ndjson")],
      {
        cwd,
      },
    );
    return { report: JSON.parse(stdout) as Report, stderr };
  };
  const notes = ({ findings }: Report) => findings.filter(({ rule }) => rule === "configuration-in-audit");

  it.each(["text", "summary", "compact"])(
    "cannot hide itself from %s by asking for quiet",
    async (format) => {
      writeFileSync(join(folder, "mplp-check.yaml"), "quiet: true\nfail-on: none\n");
      const { stdout, stderr } = await mplpCheck(["audit", "-f", format], { cwd: folder });
      expect(stdout).toMatch(
        /^(?:mplp-check: )?configuration:? +mplp-check\.yaml \(found [^\n]+\n[a-z-]+: [^\n]+\n$/,
      );
      expect(stderr).toBe("mplp-check: using mplp-check.yaml\n");
      const named = await mplpCheck(["audit", "--config", "mplp-check.yaml", "-f", format], { cwd: folder });
      expect([named.stdout, named.stderr]).toEqual([expect.stringMatching(/^[a-z-]+: [^\n]+\n$/), ""]);
    },
  );

  it("is named by commands that write no report", async () => {
    write("mplp-check.yaml");
    for (const args of [
      ["slice", BROKEN],
      ["merge", "--partition", "1", "nowhere", "--state-out", "out"],
    ])
      expect((await mplpCheck(args, { cwd: folder })).stderr).toContain(
        "mplp-check: using mplp-check.yaml\n",
      );
  });

  it("is in the report, and one that was found is named on standard error", async () => {
    write("mplp-check.yaml");
    const found = await run(["../audit"], join(folder, "audit"));
    expect(found.report.configuration).toEqual({ path: "../mplp-check.yaml", origin: "found" });
    expect(found.stderr).toContain("mplp-check: using ../mplp-check.yaml\n");
    const named = await run(["audit", "--config", "mplp-check.yaml"]);
    expect(named.report.configuration).toEqual({ path: "mplp-check.yaml", origin: "named" });
    expect(named.stderr).not.toContain("using");
    const none = await run(["audit", "--no-config"]);
    expect(none.report.configuration).toBeUndefined();
    expect(none.stderr).not.toContain("using");
  });

  it("gets a note under a claim where it lies in a folder under audit", async () => {
    write("audit/mplp-check.yaml");
    const { report } = await run([".", "--claim", "runtime"], join(folder, "audit"));
    expect(report.configuration).toEqual({ path: "mplp-check.yaml", origin: "found", isInAudit: true });
    expect(notes(report)).toMatchObject([
      { level: "NOTE", count: 1, locations: [{ path: "mplp-check.yaml", line: 1 }] },
    ]);
    expect(report.rules.map(({ id }) => id)).toContain("configuration-in-audit");
    const lines = readFileSync(join(folder, "f.ndjson"), "utf8").trim().split("\n");
    expect(
      lines.map((line) => JSON.parse(line) as { rule: string; path: string; line: number }),
    ).toContainEqual(
      expect.objectContaining({ rule: "configuration-in-audit", path: "mplp-check.yaml", line: 1 }),
    );
  });

  it("gets none without a claim, and none where it lies elsewhere", async () => {
    write("audit/mplp-check.yaml");
    expect(notes((await run(["."], join(folder, "audit"))).report)).toEqual([]);
    write("own.yaml");
    const { report } = await run(["audit", "--config", "own.yaml", "--claim", "runtime"]);
    expect([report.configuration, notes(report)]).toEqual([{ path: "own.yaml", origin: "named" }, []]);
  });
});
