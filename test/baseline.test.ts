import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { mplpCheck } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";
import { config, eachInItsProject, folder, reportOf, run, waiver } from "./support/project.js";

eachInItsProject();

describe("a baseline", () => {
  it("is written, holds, and fails once it is stale, until it is pruned", async () => {
    config("paths: logs\nbaseline: known.json\n");
    const known = join(folder, "known.json");
    expect((await run(["--write-baseline", "known.json"])).status).toBe(0);
    const text = readFileSync(known, "utf8");
    expect(JSON.parse(text)).toMatchObject({ version: 2 });

    const again = await run();
    expect(again.status).toBe(0);
    expect(reportOf(again).verdict).toBe("no-violations-found-with-waivers");
    expect(new Set(reportOf(again).findings.map(({ waiver: own }) => own?.source))).toEqual(
      new Set(["baseline"]),
    );

    const lines = readFileSync(join(folder, "logs/events.ndjson"), "utf8").split("\n");
    const mended = lines.filter((line) => !line.includes('"stage_status":"success"'));
    writeFileSync(join(folder, "logs/events.ndjson"), mended.join("\n"));
    const stale = await run();
    expect(stale.status).toBe(2);
    expect(reportOf(stale).errors).toEqual([
      { about: "baseline", path: "known.json", message: expect.stringContaining("stage-status-known") },
    ]);
    const inText = await mplpCheck([], { cwd: folder });
    expect(inText.stdout.trimEnd().split("\n").at(-1)).toMatch(/; 1 stale baseline entry \(exit 2\)\.$/);
    const allowed = await run(["--allow-stale"]);
    expect(allowed.status).toBe(0);
    expect(reportOf(allowed).notices).toEqual(reportOf(stale).errors);

    expect((await run(["--prune-baseline"])).status).toBe(0);
    expect(readFileSync(known, "utf8")).not.toContain("stage-status-known");
    expect((await run()).status).toBe(0);
  });

  it("may begin with a byte order mark, as editors of Windows write it", async () => {
    config("paths: logs\nbaseline: known.json\n");
    await run(["--write-baseline", "known.json"]);
    const known = join(folder, "known.json");
    writeFileSync(known, `\ufeff${readFileSync(known, "utf8")}`);
    expect((await run()).status).toBe(0);
  });

  describe("is left alone where not everything could be checked", () => {
    const LEFT_ALONE = "mplp-check: not everything could be checked: known.json was not written\n";
    const known = (): string => readFileSync(join(folder, "known.json"), "utf8");
    beforeEach(async () => {
      await run(["logs", "--write-baseline", "known.json"]);
    });

    it.each([
      ["an input that is not there", ["gone/broken.ndjson"]],
      ["a record above the limit", ["logs", "--max-record-bytes", "300"]],
    ])("by --prune-baseline: %s", async (_what, args) => {
      const before = known();
      const { status, stderr } = await run([...args, "--baseline", "known.json", "--prune-baseline"]);
      expect([status, stderr]).toEqual([2, expect.stringContaining(LEFT_ALONE)]);
      expect(known()).toBe(before);
    });

    it("by --write-baseline, which makes none either", async () => {
      const before = known();
      const again = await run(["gone.ndjson", "logs", "--write-baseline", "known.json"]);
      expect([again.status, again.stderr]).toEqual([2, expect.stringContaining(LEFT_ALONE)]);
      expect(known()).toBe(before);
      rmSync(join(folder, "known.json"));
      await run(["gone.ndjson", "logs", "--write-baseline", "known.json"]);
      expect(existsSync(join(folder, "known.json"))).toBe(false);
    });

    it("but not for a waiver that has ended", async () => {
      config(waiver("rule: event-id-v4").replace("2999", "2001"));
      cpSync(join(ROOT, "fixtures/quickstart/events.ndjson"), join(folder, "logs/events.ndjson"));
      const { status } = await run(["logs", "--baseline", "known.json", "--prune-baseline"]);
      expect(status).toBe(2);
      expect(JSON.parse(known())).toEqual({ version: 2, findings: [] });
    });
  });

  it("does not cover what is new", async () => {
    await run(["logs", "--write-baseline", "known.json"]);
    const event = {
      event_id: "1b671a64-40d5-491e-99b0-da01ff1f3341",
      event_type: "t",
      event_family: "intent",
    };
    writeFileSync(join(folder, "logs/new.ndjson"), `${JSON.stringify(event)}\n`);
    const outcome = await run(["logs", "--baseline", "known.json"]);
    expect(outcome.status).toBe(1);
    expect(
      reportOf(outcome)
        .findings.filter(({ waiver: own, level }) => own === undefined && level === "MUST")
        .map(({ rule }) => rule),
    ).toEqual(["event-core-fields"]);
  });

  it.each(["{}", "[]", "nonsense", '{"version":2,"findings":[{}]}'])(
    "that is none is an error: %s",
    async (text) => {
      writeFileSync(join(folder, "known.json"), text);
      const { status, stderr } = await run(["logs", "--baseline", "known.json"]);
      expect(stderr).toContain("known.json: ");
      expect(status).toBe(2);
    },
  );

  it("cannot be pruned where there is none", async () => {
    expect((await run(["logs", "--prune-baseline"])).status).toBe(2);
  });
});
