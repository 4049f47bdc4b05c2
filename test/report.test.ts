import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blockChecker } from "../src/engine/block/check-block.js";
import { rulebookOf } from "../src/engine/block/rulebook.js";
import { LogState } from "../src/engine/log/log-state.js";
import { check, exitCodeOf, FAIL_ON, FORMATS, type Report } from "../src/index.js";
import type { Block } from "../src/input/frame/blocks.js";
import { placing } from "../src/input/record/place.js";
import { recordsOf } from "../src/input/record/records.js";
import { NO_TERMS } from "../src/model/likeness.js";
import { NO_POLICY } from "../src/model/policy.js";
import type { LogRecord } from "../src/model/subject.js";
import { HIDES_SECRETS } from "../src/privacy/discretion.js";
import { CLAUSES } from "../src/protocol/clauses/clauses.js";
import { recognise } from "../src/recognise/recognise.js";
import { CHARTS } from "../src/rules/charts/index.js";
import { RULES } from "../src/rules/index.js";
import { completed } from "../src/run/blocks/unhurried.js";
import { loadProtocol } from "../src/run/protocol/load-protocol.js";
import { type Fixture, ROOT, ruleFixtures } from "./support/fixtures.js";
import { some } from "./support/long.js";
import { runs } from "./support/runs.js";

const schema = JSON.parse(readFileSync(join(ROOT, "schemas/report.schema.json"), "utf8")) as object;
const validate = new Ajv({ allErrors: true }).compile(schema);
const fixtures = ruleFixtures();

describe("every report", () => {
  const folderOf = ({ rule, validity }: Fixture): string => `${rule}/${validity}`;
  it.each(some("reports held to their schema", [...new Set(fixtures.map(folderOf))]))(
    "of %s follows its schema and agrees with itself",
    async (folder) => {
      const own = fixtures.filter((fixture) => folderOf(fixture) === folder);
      const report = await check(own.map(({ path }) => path));
      validate(report);
      expect(validate.errors ?? []).toEqual([]);
      agreesWithItself(report);
    },
  );

  it("lists every clause of the catalogue, in its order", async () => {
    const report = await check([join(ROOT, "fixtures/quickstart/events.ndjson")]);
    expect(report.clauses.map(({ id }) => id)).toEqual(CLAUSES.map(({ id }) => id));
  });
});

/** Verdict, statuses, counts, text and exit codes are views of one result. */
function agreesWithItself(report: Report): void {
  const contradictory = report.clauses.filter(({ id, level, status, violations, checked }) => {
    const found = report.findings.filter(
      (finding) => finding.level === level && finding.clauses.includes(id),
    );
    const isCounted = violations === found.reduce((sum, { count }) => sum + count, 0);
    const isViolated = (status === "violated") === violations > 0;
    return !isCounted || !isViolated || (status === "satisfied" && checked === 0);
  });
  expect(contradictory).toEqual([]);
  const brokenMust = report.clauses.some(({ level, status }) => level === "MUST" && status === "violated");
  expect(report.verdict === "nonconformant").toBe(brokenMust);
  for (const failOn of FAIL_ON) {
    const code = exitCodeOf(report, failOn);
    if (code === 0) expect(report.verdict).not.toBe("inconclusive");
    if (failOn === "must" && report.errors.length === 0) expect(code === 1).toBe(brokenMust);
  }
  const text = [...FORMATS.text(report, { color: false, width: Infinity })].join("");
  expect(text).toContain(`${report.verdict}: `);
  for (const { message } of report.findings) expect(text).toContain(message);
}

it("a report of violations fails, even if it lists no finding of them", async () => {
  const report = await check([join(ROOT, "fixtures/quickstart/broken.ndjson")]);
  const bare = { ...report, findings: [] };
  expect([exitCodeOf(bare), exitCodeOf(bare, "should"), exitCodeOf(bare, "none")]).toEqual([1, 1, 0]);
});

describe("a log cut into blocks anywhere", async () => {
  const { protocol } = await loadProtocol({});
  const rulebook = rulebookOf(RULES, CLAUSES, [], CHARTS);
  const reading = {
    read: (block: Block) => ({ records: recordsOf(block) }),
    terms: NO_TERMS,
    isSuspicious: () => true,
    holdsEvent: () => false,
    carriedBy: () => undefined,
    recognise,
    defectsOf: protocol.defectsOf,
    ...placing(() => []),
    discretion: HIDES_SECRETS,
    allowance: { isDummy: () => false },
    shown: ({ text }: LogRecord) => text,
  };
  const checkBlock = blockChecker<Block>(reading, rulebook, { maxFindings: 3, everyOccurrence: false });
  const lines = fixtures
    .filter(({ path }) => path.endsWith(".ndjson"))
    .flatMap(({ path }) => readFileSync(path, "utf8").split("\n"))
    .filter((line) => line.length < 2000);

  let logs = 0;
  const judged = (blocks: readonly string[]) => {
    const log = logs++;
    const state = new LogState(rulebook, { maxFindings: 3, maxState: 1e9, policy: NO_POLICY });
    state.open("log");
    for (const text of blocks)
      state.take(
        completed(checkBlock({ bytes: Buffer.from(text), lines: 0 }, log)),
        text.split("\n").length - 1,
      );
    state.close();
    completed(state.judge({ isComplete: false }));
    const sorted = <T>(map: ReadonlyMap<string, T>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      tallies: sorted(state.ledger.tallies),
      groups: sorted(state.ledger.groups),
      inputs: state.inputs[0]?.counts,
      charts: [...state.charts],
    };
  };

  it("is judged as the whole log", () => {
    const cuts = fc.array(fc.nat(lines.length), { maxLength: 12 });
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { maxLength: 60 }), cuts, (chosen, places) => {
        const ends = [...new Set([...places.map((at) => at % (chosen.length + 1)), chosen.length])].sort(
          (a, b) => a - b,
        );
        const blocks = ends.map((end, index) =>
          chosen
            .slice(ends[index - 1] ?? 0, end)
            .map((line) => `${line}\n`)
            .join(""),
        );
        expect(judged(blocks)).toEqual(judged([chosen.map((line) => `${line}\n`).join("")]));
      }),
      { numRuns: runs(60) },
    );
  });
});
