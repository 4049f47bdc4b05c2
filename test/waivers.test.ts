import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check, exitCodeOf, FORMATS, loadConfig, loadPolicy } from "../src/index.js";
import { mplpCheck } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";
import {
  BROKEN,
  config,
  eachInItsProject,
  folder,
  reportOf,
  run,
  statusOf,
  waiver,
} from "./support/project.js";
import { CLEAN } from "./support/workspace.js";

eachInItsProject();

describe("a waiver", () => {
  it("makes findings not count, and is never silent", async () => {
    config(`paths: logs\n${waiver("rule: event-id-v4")}`);
    const report = reportOf(await run());
    expect(statusOf(report, "PS-4.1-2")).toBe("waived");
    const waived = report.findings.filter(({ waiver: own }) => own !== undefined);
    expect(waived.map(({ rule }) => rule)).toEqual(["event-id-v4"]);
    expect(waived[0]?.waiver).toEqual({
      source: "waiver",
      reason: "the old runtime",
      owner: "ann",
      expires: "2999-12-31",
      place: "mplp-check.yaml:3",
    });
    expect(report.summary.waived).toBe(1);
  });

  it("of every MUST finding gives a verdict of its own", async () => {
    const rules = [
      "event-id-v4",
      "update-kind-delta",
      "pipeline-stage-fields",
      "stage-status-known",
      "integration-schema",
    ];
    config(`paths: logs\nwaivers:\n${rules.map((rule) => waiver(`rule: ${rule}`).slice(9)).join("")}`);
    const outcome = await run();
    expect(reportOf(outcome).verdict).toBe("no-violations-found-with-waivers");
    expect(outcome.status).toBe(0);
    const { stdout } = await mplpCheck([], { cwd: folder });
    expect(stdout).toMatch(/no-violations-found-with-waivers: .*\(5 waived\)/);
  });

  it("does not close what is open for another reason", async () => {
    cpSync(join(ROOT, "fixtures/audit/conforming"), folder, { recursive: true });
    const mapping = readFileSync(join(folder, "mapping.yaml"), "utf8")
      .replace(/^ {2}network: .*\n/m, "")
      .replace(/psg\.(?:agent_roles|role_assignments)/g, "TODO");
    writeFileSync(join(folder, "mapping.yaml"), mapping);
    config(waiver("rule: mapping-complete"));
    const paths = ["events.ndjson", "mapping.yaml", "snapshot-before.json", "snapshot-after.json"];
    const claimed = await run([...paths, "--claim", "runtime", "--complete"]);
    expect(statusOf(reportOf(claimed), "RG-7.1-1")).toBe("inconclusive");
    expect([reportOf(claimed).verdict, claimed.status]).toEqual(["inconclusive", 3]);
    expect(reportOf(await run(paths)).verdict).toBe("no-violations-found-with-waivers");
  });

  it("may be about some inputs, and some pointers", async () => {
    cpSync(BROKEN, join(folder, "logs/old/events.ndjson"));
    config(
      `paths: logs\n${waiver("{rule: event-id-v4, path: logs/old/**, reason: old logs, owner: ada, expires: 2999-01-01}").split("\n").slice(0, 2).join("\n")}\n`,
    );
    const report = reportOf(await run());
    const paths = (isWaived: boolean) =>
      report.findings
        .filter(({ rule, waiver: own }) => rule === "event-id-v4" && (own !== undefined) === isWaived)
        .flatMap(({ locations }) => locations.map(({ path }) => path));
    expect(paths(true)).toEqual(["logs/old/events.ndjson"]);
    expect(paths(false)).toEqual(["logs/events.ndjson"]);
    expect(statusOf(report, "PS-4.1-2")).toBe("violated");
  });

  it.each(["logs/old", "elsewhere"])("may name inputs by an absolute pattern, in %s", async (place) => {
    mkdirSync(join(folder, "own"));
    mkdirSync(join(folder, place), { recursive: true });
    cpSync(BROKEN, join(folder, place, "events.ndjson"));
    config(waiver(`rule: event-id-v4\n    path: ${join(folder, place, "*.ndjson")}`), "own/mplp-check.yaml");
    const log = join(place, "events.ndjson");
    const report = reportOf(await run(["--config", "own/mplp-check.yaml", log, "logs/events.ndjson"]));
    const own = report.findings.filter(({ rule }) => rule === "event-id-v4");
    expect(own.map(({ waiver: given, locations }) => [given?.source, locations[0]?.path])).toEqual([
      [undefined, "logs/events.ndjson"],
      ["waiver", log],
    ]);
  });

  it("by clause covers a finding only where it covers all that the finding breaks", async () => {
    config(`paths: logs\n${waiver("clause: IS-4.3-1")}`);
    const outcome = await run();
    expect(statusOf(reportOf(outcome), "IS-4.3-1")).toBe("violated");
    expect(reportOf(outcome).errors.map(({ message }) => message)).toEqual([
      "the waiver matches no finding: remove it",
    ]);
    config(`paths: logs\n${waiver("clause: [IS-4.3-1, IS-4.3-2]")}`);
    expect(statusOf(reportOf(await run()), "IS-4.3-1")).toBe("waived");
  });

  it("that has ended counts no more, and fails the run", async () => {
    config(`paths: logs\n${waiver("rule: event-id-v4").replace("2999", "2001")}`);
    const outcome = await run();
    expect(statusOf(reportOf(outcome), "PS-4.1-2")).toBe("violated");
    expect(reportOf(outcome).errors).toEqual([
      {
        about: "waiver",
        path: "mplp-check.yaml",
        line: 3,
        message: expect.stringContaining("ended on 2001-12-31"),
      },
    ]);
    expect(outcome.status).toBe(2);
  });

  it("holds on its last day", async () => {
    config(waiver("rule: event-id-v4").replace("2999-12-31", "2026-11-22"));
    const loaded = await loadConfig(join(folder, "mplp-check.yaml"), folder);
    const on = async (today: string) =>
      statusOf(await check([BROKEN], { policy: await loadPolicy(loaded, undefined, today) }), "PS-4.1-2");
    expect([await on("2026-11-21"), await on("2026-11-22"), await on("2026-11-23")]).toEqual([
      "waived",
      "waived",
      "violated",
    ]);
  });
});

describe("a waiver that ends soon", () => {
  const noticed = async (today: string) => {
    const loaded = await loadConfig(join(folder, "mplp-check.yaml"), folder);
    return check([BROKEN], { policy: await loadPolicy(loaded, undefined, today) });
  };
  const notice = {
    about: "waiver",
    path: join("mplp-check.yaml"),
    line: 2,
    message: "the waiver ends on 2026-11-22: fix what it waives, or renew it",
  };

  it.each([
    ["2026-11-07", 0],
    ["2026-11-08", 1],
    ["2026-11-22", 1],
    ["2026-11-23", 0],
  ])("is named on %s: %i", async (today, count) => {
    config(waiver("rule: event-id-v4").replace("2999-12-31", "2026-11-22"));
    const report = await noticed(today);
    const path = join(folder, "mplp-check.yaml");
    expect(report.notices ?? []).toEqual(count === 0 ? [] : [{ ...notice, path }]);
    const text = [...FORMATS.text(report, { color: false, width: 1000 })].join("");
    expect(text.includes(`${path}:2: ${notice.message}`)).toBe(count === 1);
    expect(exitCodeOf(report)).toBe(today === "2026-11-23" ? 2 : 1);
  });

  it("that matches nothing fails the run, or is a note where that is allowed", async () => {
    config(`paths: logs\n${waiver("rule: duplicate-key")}`);
    const stale = await mplpCheck(["--fail-on", "none"], { cwd: folder });
    expect(stale.status).toBe(2);
    expect(stale.stdout.trimEnd().split("\n").at(-1)).toMatch(/; 1 waiver to renew or remove \(exit 2\)\.$/);
    const loaded = await loadConfig(join(folder, "mplp-check.yaml"), folder);
    const report = await check([CLEAN], { policy: await loadPolicy(loaded, undefined, "2026-01-01") });
    for (const format of ["text", "compact", "gitlab", "github", "markdown", "html", "sarif"] as const) {
      const shown = [...FORMATS[format](report, { color: false, width: 1000 })].join("");
      expect([format, shown]).toEqual([
        format,
        expect.not.stringMatching(/not (?:everything was )?checked/i),
      ]);
      expect(shown).toContain("the waiver matches no finding: remove it");
    }
    const allowed = await run(["--fail-on", "none", "--allow-stale"]);
    expect(allowed.status).toBe(0);
    expect(reportOf(allowed)).toMatchObject({
      errors: [],
      notices: [{ about: "waiver", line: 3, message: "the waiver matches no finding: remove it" }],
    });
  });
});
