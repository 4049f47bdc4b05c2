import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { baselineText, check, loadConfig, loadPolicy } from "../src/index.js";
import { type Fixture, ROOT, ruleFixtures } from "./support/fixtures.js";
import { some } from "./support/long.js";
import { judgings, partedLogs, slices, writtenParts } from "./support/parts.js";
import { runs } from "./support/runs.js";
import { type Judging, statesOfTests } from "./support/states.js";

const { folder, expectTheSame } = statesOfTests();

const fixtures = ruleFixtures();

/** So many rules share a log: most of what a run costs does not depend on what it is of. */
const RULES_A_LOG = 6;

/** All fixtures: those of some rules together, as far as their runs are told the same. */
function severalRules(): readonly (readonly [string, readonly Fixture[], Judging])[] {
  const byOptions = new Map<string, Set<string>>();
  for (const { rule, options } of fixtures) {
    const told = JSON.stringify(options);
    byOptions.set(told, (byOptions.get(told) ?? new Set()).add(rule));
  }
  return [...byOptions].flatMap(([told, rules]) => {
    return slices([...rules], RULES_A_LOG).map((set) => {
      const own = fixtures.filter(
        ({ rule, options }) => set.includes(rule) && JSON.stringify(options) === told,
      );
      return [`${set.join(", ")} ${told}`, own, JSON.parse(told) as Judging] as const;
    });
  });
}

describe("the parts of a log, mapped apart and judged together", () => {
  const mappings = fc.record({
    maxFindings: fc.constantFrom(1, 3, 20),
    maxRecordBytes: fc.constantFrom(1e6, 1e6, 1e6, 250),
    redact: fc.boolean(),
  });

  it("give the report of one run over all of them", async () => {
    await fc.assert(
      fc.asyncProperty(
        partedLogs,
        mappings,
        judgings,
        fc.boolean(),
        async (parts, mapping, judging, isCompressed) => {
          await expectTheSame(writtenParts(parts, folder), mapping, judging, isCompressed);
        },
      ),
      { numRuns: runs(25), interruptAfterTimeLimit: 20_000 },
    );
  });

  it.each(some("rule fixtures in parts of a log", severalRules()))(
    "for the fixtures of %s",
    async (_rules, own, options) => {
      // What belongs together stands in several parts, and each part has several inputs.
      const parts = [0, 1].map((turn) => own.filter((_, at) => at % 2 === turn).map(({ path }) => path));
      await expectTheSame(parts, { maxFindings: 2 }, options);
    },
  );

  it("for an audit, with its mapping, snapshots and samples apart", async () => {
    const audit = (name: string): string => join(ROOT, "fixtures/audit/conforming", name);
    const parts = [
      [audit("snapshot-before.json"), audit("mapping.yaml")],
      [audit("events.ndjson"), audit("samples.ndjson")],
      [audit("snapshot-after.json"), join(ROOT, "fixtures/quickstart/broken.ndjson")],
    ];
    await expectTheSame(parts, {}, { claims: ["runtime"], complete: true });
  });

  it("under waivers, a baseline and levels of one's own, by path", async () => {
    const config = join(folder, "mplp-check.yaml");
    const baseline = join(folder, "baseline.json");
    const broken = [
      join(ROOT, "fixtures/quickstart/broken.ndjson"),
      ...fixtures
        .filter(({ rule, validity }) => rule === "safe-path" && validity === "invalid")
        .map(({ path }) => path),
    ];
    writeFileSync(
      config,
      `rules: {safe-path: note}
overrides: [{paths: b.ndjson, rules: {safe-path: off, integration-wrapped: note}}]
waivers: [{rule: event-id-v4, reason: known since May, owner: us, expires: "2999-12-31"}]
`,
    );
    const [a = "", b = ""] = ["a", "b"].map((name) => {
      const path = join(folder, `${name}.ndjson`);
      writeFileSync(path, Buffer.concat(broken.map((file) => readFileSync(file))));
      return path;
    });
    // Of what one part alone has, there is more in both: each part keeps within its quota, and the whole does not.
    for (const known of [[a, b], [a]]) {
      const { findings } = await check(known);
      const own = findings.filter(({ rule }) => rule === "stage-status-known");
      writeFileSync(baseline, baselineText(own));
      const policy = await loadPolicy(await loadConfig(config, folder), baseline, "2026-12-01");
      const report = await check([a, b], { policy });
      const decided = report.findings.map(({ waiver, ownLevel }) => waiver?.source ?? ownLevel);
      expect([...new Set(decided)].filter((each) => each !== undefined).sort()).toEqual([
        "SHOULD",
        ...(known.length > 1 ? ["baseline"] : []),
        "configuration",
        "waiver",
      ]);
      await expectTheSame([[a], [b]], { policy }, { complete: true });
    }
  });

  it("with what could not be read, and with evidence folders", async () => {
    const pack = join(folder, "pack");
    mkdirSync(join(pack, "timeline"), { recursive: true });
    mkdirSync(join(pack, "integrity"));
    writeFileSync(join(pack, "manifest.json"), "{}");
    writeFileSync(join(pack, "integrity/sha256sums.txt"), `${"0".repeat(64)}  manifest.json\nnonsense\n`);
    writeFileSync(join(pack, "timeline/a.ndjson"), '{"event_family":"intent"}\n');
    const broken = join(folder, "broken.ndjson.gz");
    writeFileSync(broken, gzipSync("{}\n".repeat(1000)).subarray(0, 30));
    const parts = [
      ["nowhere.ndjson", pack],
      [broken, "no/such/*.ndjson"],
      [join(ROOT, "fixtures/quickstart")],
    ];
    await expectTheSame(parts, { maxRecordBytes: 300 }, {});
  });
});
