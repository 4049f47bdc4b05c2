import { join } from "node:path";
import { check, type Report } from "../../src/index.js";
import { ROOT, ruleFixtures } from "./fixtures.js";

/** Reports of many kinds: each rule's broken logs, the audit, claims, nothing read, a log that is clean. */
export async function realReports(): Promise<readonly (readonly [name: string, report: Report])[]> {
  const at = (path: string): string => join(ROOT, "fixtures", path);
  const broken = ruleFixtures().filter(({ validity }) => validity === "invalid");
  const byRule = new Map(broken.map((fixture) => [fixture.rule, fixture]));
  const reports: (readonly [string, Report])[] = [];
  for (const { name, path, options } of byRule.values()) reports.push([name, await check([path], options)]);
  return [
    ...reports,
    ["quickstart, clean", await check([at("quickstart/events.ndjson")])],
    ["quickstart, broken", await check([at("quickstart/broken.ndjson")])],
    ["quickstart, claimed", await check([at("quickstart/events.ndjson")], { claims: ["runtime"] })],
    ["audit", await check([at("audit/conforming")], { claims: ["runtime", "integration"] })],
    ["specification's examples", await check([at("spec-examples")])],
    ["nothing", await check([at("no/such/*.ndjson"), at("nowhere.ndjson")])],
    ["waived", await waivedReport()],
  ];
}

/** The broken log, with one kind of finding waived and another one reported as MAY. */
function waivedReport(): Promise<Report> {
  return check([join(ROOT, "fixtures/quickstart/broken.ndjson")], {
    policy: {
      digest: "waived",
      treatmentOf: ({ rule }) => {
        if (rule === "event-id-v4")
          return { waiver: { source: "waiver", reason: "until the ids are new", owner: "core team" } };
        return rule === "stage-status-known" ? { level: "MAY" } : {};
      },
      complaintsAbout: () => [],
    },
  });
}
