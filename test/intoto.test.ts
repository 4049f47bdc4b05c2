import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check } from "../src/index.js";
import { ROOT } from "./support/fixtures.js";
import { readIntoto } from "./support/formats/intoto.js";
import { HOSTILE, hostileReport } from "./support/hostile.js";
import { BROKEN, busyReport, ending, GOOD, rendered } from "./support/reports.js";

describe("the intoto format", async () => {
  const busy = await busyReport();

  it.each(Object.entries(HOSTILE))("keeps the rules with %s in every text", (_, text) => {
    const { subject, predicate } = readIntoto(rendered(hostileReport(busy, text), "intoto"));
    expect(new Set(subject.map(({ digest }) => digest?.sha256))).toEqual(
      new Set(busy.inputs.map(({ sha256 }) => sha256)),
    );
    expect(predicate.failedTests).toEqual(readIntoto(rendered(busy, "intoto")).predicate.failedTests);
  });

  it("is about the bytes of the inputs, each once", async () => {
    const { subject } = readIntoto(rendered(await check([BROKEN, GOOD, BROKEN]), "intoto"));
    const digestOf = (path: string): string =>
      createHash("sha256")
        .update(readFileSync(join(ROOT, path)))
        .digest("hex");
    expect(subject).toEqual([BROKEN, GOOD].map((name) => ({ name, digest: { sha256: digestOf(name) } })));
  });

  it.each([
    ["conforming", "PASSED"],
    ["good", "PASSED"],
    ["broken", "FAILED"],
    ["good, claimed", "WARNED"],
    ["broken, waived", "WARNED"],
    ["conforming but for what is waived", "WARNED"],
    ["nothing", "WARNED"],
    ["no evidence", "WARNED"],
    ["an unreadable input", "WARNED"],
    ["interrupted", "WARNED"],
    ["given up", "WARNED"],
  ])("of a run that is %s, the result is %s", async (name, result) => {
    expect(readIntoto(rendered(await ending(name), "intoto")).predicate.result).toBe(result);
  });

  it("says what qualifies the verdict", async () => {
    const report = { ...(await ending("good, claimed")), unaccountedStates: 8 };
    const { annotations } = readIntoto(rendered(report, "intoto")).predicate.configuration[0];
    expect(annotations.summary).toContain("not demonstrated by this evidence");
    expect(annotations.conditions.join()).toContain("8 states without a part");
    expect(readIntoto(rendered(busy, "intoto")).predicate.configuration[0].annotations.open.join()).toContain(
      "interrupted",
    );
  });

  it("lists no clause as passed or warned that nothing has decided", async () => {
    const report = await ending("good, claimed");
    const { passedTests, warnedTests } = readIntoto(rendered(report, "intoto")).predicate;
    const open = report.clauses.filter(({ status }) => ["inconclusive", "not-exercised"].includes(status));
    expect(open.length).toBeGreaterThan(0);
    for (const { id } of open) expect([...passedTests, ...warnedTests]).not.toContain(id);
  });
});
