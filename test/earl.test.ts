import { describe, expect, it } from "vitest";
import { check } from "../src/index.js";
import { readEarl } from "./support/formats/earl.js";
import { attackedReport, HOSTILE, hostileReport } from "./support/hostile.js";
import { some } from "./support/long.js";
import { BROKEN, busyReport, ending, GOOD, rendered } from "./support/reports.js";

describe("the earl format", async () => {
  const busy = await busyReport();

  it.each(some("hostile texts", Object.entries(HOSTILE)))(
    "is RDF without the network, with %s in every text",
    async (_, text) => {
      const { clauses, inputs } = await readEarl(rendered(hostileReport(busy, text), "earl"));
      const statuses = clauses.map(({ id, status }) => [id, status] as const);
      expect(new Map(statuses)).toEqual(new Map(busy.clauses.map(({ id, status }) => [id, status])));
      expect(inputs.length).toBe(busy.inputs.length);
    },
  );

  it("is RDF with a hostile text in place of each name too", async () => {
    const { clauses } = await readEarl(rendered(attackedReport(busy), "earl"));
    expect(clauses.length).toBe(busy.clauses.length);
  });

  it("names the tool, the inputs with digests, and each clause", async () => {
    const report = await check([GOOD, BROKEN]);
    const { assertor, inputs, clauses, whole } = await readEarl(rendered(report, "earl"));
    expect(assertor).toEqual({ name: "mplp-check", version: report.tool.version });
    expect(inputs).toEqual(
      report.inputs.map(({ path, sha256 }) => ({ title: path, identifier: `sha256:${sha256}` })),
    );
    expect(new Map(clauses.map(({ id, title }) => [id, title]))).toEqual(
      new Map(report.clauses.map(({ id, title }) => [id, title])),
    );
    expect(clauses.length).toBe(report.clauses.length);
    expect(whole.title).toBe("MPLP v1.0.0");
  });

  it("says why it cannot tell, and what failed", async () => {
    const report = { ...busy, clauses: busy.clauses.map(({ reason: _, ...clause }) => clause) };
    for (const one of [busy, report]) {
      const { clauses, whole } = await readEarl(rendered(one, "earl"));
      const told = clauses.filter(({ outcome }) => ["cantTell", "failed"].includes(outcome));
      expect(told.filter(({ info }) => info.join("") === "")).toEqual([]);
      expect(whole.info.join("\n")).toContain("fixtures/no-such-file");
    }
    const violated = (await readEarl(rendered(await check([BROKEN]), "earl"))).clauses;
    expect(violated.find(({ id }) => id === "PS-4.1-2")).toMatchObject({
      outcome: "failed",
      info: ["MUST: event_id is a UUID, but not of version 4."],
    });
  });

  it("says what qualifies the verdict", async () => {
    const report = { ...(await ending("good")), unaccountedStates: 8 };
    const { whole } = await readEarl(rendered(report, "earl"));
    expect(whole.status).toBe("no-violations-found");
    expect(whole.info.join("\n")).toContain("8 states without a part");
  });

  it.each([
    ["conforming", "passed"],
    ["good", "cantTell"],
    ["broken", "failed"],
    ["broken, waived", "cantTell"],
    ["conforming but for what is waived", "cantTell"],
    ["nothing", "cantTell"],
    ["an unreadable input", "cantTell"],
  ])("of a run that is %s, says of the whole: %s", async (name, outcome) => {
    const { whole } = await readEarl(rendered(await ending(name), "earl"));
    expect(whole.outcome).toBe(outcome);
  });
});
