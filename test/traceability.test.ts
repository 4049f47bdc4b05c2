import { describe, expect, it } from "vitest";
import { CLAUSES } from "../src/protocol/clauses/clauses.js";
import { RULES } from "../src/rules/index.js";
import { ruleFixtures } from "./support/fixtures.js";

const fixtures = ruleFixtures();

/** Rules that cite clauses of other rules: they add findings or keep a clause open, and `checked` does not count them. */
const WITHOUT_COUNT = [
  "unrecognised-record",
  "snapshot-usable",
  "snapshots-cover-log",
  "snapshot-id-unique",
  "mapping-readable",
  "mapping-documents",
  "sa-steps-ended",
  "map-sessions-ended",
  "integration-kind-known",
  "beyond-the-protocol",
  "file-has-families",
  "configuration-in-audit",
  "input-changed",
];

/** Clauses that several rules put to the test, each with other events. */
const SHARED = ["IS-13.2-1", "IS-13.2-2", "RG-4.4-1", "RG-7.1-3", "RG-7.1-4", "RG-7.2-2", "RG-7.2-3"];

describe("the clause catalogue", () => {
  it("has no id twice", () => {
    const ids = CLAUSES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(CLAUSES.map(({ id }) => id))("%s has a rule", (id) => {
    expect(RULES.some((rule) => rule.clauses.includes(id))).toBe(true);
  });

  it("is put to the test by one rule a clause, so that no check is counted twice", () => {
    const counting = RULES.filter(({ id }) => !WITHOUT_COUNT.includes(id));
    const citedTwice = CLAUSES.filter(({ id }) => !SHARED.includes(id)).flatMap(({ id }) => {
      const rules = counting.filter(({ clauses }) => clauses.includes(id)).map((rule) => rule.id);
      return rules.length > 1 ? [`${id}: ${rules.join(", ")}`] : [];
    });
    expect(citedTwice).toEqual([]);
  });
});

describe("every rule", () => {
  it.each(RULES.map((rule) => [rule.id, rule] as const))("%s says what it is", (id, rule) => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(rule.clauses.length).toBeGreaterThan(0);
    for (const text of [rule.title, rule.why, rule.fix]) expect(text.length).toBeGreaterThan(10);
  });

  it("has an id of its own", () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  });
});

/** Clauses of which nothing but notes, or nothing at all, is ever said: clauses.ts says so of each. */
const NEVER_BROKEN = [
  "IS-13.2-1",
  "IS-13.2-2",
  "IS-4.2-4",
  "IS-7.1-3",
  "PS-4.1-9",
  "RG-7.1-4",
  "RG-7.2-1",
  "RG-7.2-2",
  "RG-7.2-4",
  "IS-7.2-1",
  "IS-7.2-2",
  "IS-13.1-3",
  "IS-13.2-4",
  "IS-13.3-1",
  "IS-13.3-2",
  "IS-12-1",
  "RG-6-1",
  "RG-4.1-1",
];

describe("every clause that a rule can break", () => {
  const breakable = CLAUSES.filter((clause) => !NEVER_BROKEN.includes(clause.id));

  it.each(breakable.map((clause) => [clause.id, clause.level] as const))(
    "%s has a log that breaks it at its own level",
    (id, level) => {
      const breaking = fixtures.filter(({ expected }) =>
        expected.some((finding) => finding.level === level && finding.clauses.includes(id)),
      );
      expect(breaking.map(({ name }) => name)).not.toEqual([]);
    },
  );
});
