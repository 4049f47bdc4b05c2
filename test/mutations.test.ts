import { describe, expect, it } from "vitest";
import { exitCodeOf } from "../src/index.js";
import { Audit, checkAudit } from "./support/audit.js";
import { some } from "./support/long.js";
import { MUTATIONS, type Mutation } from "./support/mutations.js";

const cases = (isRefused: boolean): (readonly [string, Mutation])[] =>
  MUTATIONS.filter((mutation) => mutation.isRefused === isRefused).map((mutation) => [
    mutation.name,
    mutation,
  ]);

async function reportOf({ change, options }: Mutation) {
  const audit = new Audit();
  change(audit);
  return checkAudit(audit, options);
}

describe("mutations of a conforming audit", () => {
  it("are of many kinds", () => {
    expect(new Set(MUTATIONS.map(({ name }) => name)).size).toBe(MUTATIONS.length);
    expect(cases(true).length).toBeGreaterThan(120);
  });

  it("start from an audit that is conformant", async () => {
    const report = await checkAudit(new Audit());
    expect([report.verdict, exitCodeOf(report)]).toEqual(["conformant", 0]);
  });

  it.each(some("mutations of an audit", cases(true)))(
    "that a human would refuse are never conformant: %s",
    async (_name, mutation) => {
      const report = await reportOf(mutation);
      expect(["nonconformant", "inconclusive"]).toContain(report.verdict);
      expect(exitCodeOf(report)).not.toBe(0);
    },
  );

  it.each(some("mutations of an audit", cases(false)))(
    "that a human would accept stay conformant: %s",
    async (_name, mutation) => {
      const report = await reportOf(mutation);
      expect([report.verdict, exitCodeOf(report), report.errors]).toEqual(["conformant", 0, []]);
    },
  );
});
