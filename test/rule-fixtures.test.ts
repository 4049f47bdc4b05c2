import { describe, expect, it } from "vitest";
import { RULES } from "../src/rules/index.js";
import { check } from "../src/run/check.js";
import { compare, type Expected, occurrencesOf, ruleFixtures } from "./support/fixtures.js";

const fixtures = ruleFixtures();

describe("fixtures/rules", () => {
  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))(
    "%s",
    async (_name, { path, rule, validity, options, expected, clauses }) => {
      const report = await check([path], { ...options, maxFindings: 1000 });
      const found = occurrencesOf(report).filter(
        (finding) => finding.rule === rule || !isOfEveryLog(finding),
      );
      const wanted = [...expected].sort(compare);
      expect(found.map(({ message: _m, hint: _h, ...place }) => place)).toEqual(
        wanted.map(({ message: _m, hint: _h, ...place }) => place),
      );
      for (const [index, { message = "", hint = "" }] of wanted.entries()) {
        expect(found[index]?.message).toContain(message);
        expect(found[index]?.hint).toContain(hint);
      }
      const statuses = report.clauses.filter(({ id }) => id in clauses).map(({ id, status }) => [id, status]);
      expect(Object.fromEntries(statuses)).toEqual(clauses);
      const own = found.filter((finding) => finding.rule === rule && finding.level !== "NOTE");
      if (validity === "invalid") expect(found.some((finding) => finding.rule === rule)).toBe(true);
      else expect(own).toEqual([]);
    },
  );
});

/** Notes that nearly every fixture would have, since its events name no project: only those of its own rule show it. */
function isOfEveryLog({ rule }: Expected): boolean {
  return rule === "project-id-left-out";
}

/** Rules that no fixture can break: why. */
const UNBREAKABLE: Readonly<Record<string, string>> = {
  "beyond-the-protocol": "needs schemas or invariants of the user's own: test/own-files.test.ts",
  "crosscut-coverage": "coverage only, never a finding: test/audit.test.ts",
  "tool-coverage": "coverage only, never a finding",
  "drift-events": "evidence that is missing is no finding: test/audit.test.ts",
  "rollback-snapshots": "evidence that is missing is no finding: test/audit.test.ts",
  "rollback-events": "evidence that is missing is no finding: test/audit.test.ts",
  "samples-collected": "evidence that is missing is no finding: test/audit.test.ts",
  "configuration-in-audit": "is about the run, not about a log: test/configuration-in-report.test.ts",
  "input-changed": "is about a file while it is read: test/changed-inputs.test.ts",
  "graph-ledger": "a table of the report, never a finding: test/graph-ledger.test.ts",
};

describe("every rule", () => {
  it.each(RULES.map(({ id }) => id).filter((id) => !(id in UNBREAKABLE)))(
    "%s has a log that breaks it, one that keeps it and a false alarm avoided",
    (id) => {
      const own = fixtures.filter(({ rule }) => rule === id);
      expect(own.filter(({ validity }) => validity === "invalid")).not.toEqual([]);
      expect(
        own.filter(({ validity, name }) => validity === "valid" && !name.includes("/false-alarm")),
      ).not.toEqual([]);
      expect(own.filter(({ name }) => name.includes("/valid/false-alarm"))).not.toEqual([]);
    },
  );
});
