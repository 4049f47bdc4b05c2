import { parser as commonmark, GFM } from "@lezer/markdown";
import { describe, expect, it } from "vitest";
import { check, type Finding, type Report } from "../src/index.js";
import { printable } from "../src/model/printable.js";
import { readSarif, type SarifLog, type SarifResult } from "./support/formats/sarif.js";
import { HOSTILE, harmfulLines, hostileReport } from "./support/hostile.js";
import { some } from "./support/long.js";
import { AUDIT, BROKEN, busyReport, GOOD, rendered, WAIVED } from "./support/reports.js";

/** Where SARIF has texts in which "[text](1)" is a link. */
const MESSAGE = /\/(?:message|help|shortDescription|fullDescription)\/text$/;

const logOf = (report: Report, format: "sarif" | "sarif-coverage" = "sarif"): SarifLog =>
  readSarif(rendered(report, format));
const resultsOf = (report: Report): readonly SarifResult[] => logOf(report).runs[0].results;

/** Every text of a value, with the names of the members on the way. */
function* textsIn(value: unknown, path = ""): Iterable<readonly [path: string, text: string]> {
  if (typeof value === "string") yield [path, value];
  if (typeof value !== "object" || value === null) return;
  for (const [name, member] of Object.entries(value)) yield* textsIn(member, `${path}/${name}`);
}

const manyPlaces = (finding: Finding, places: number, count: number): Finding => ({
  ...finding,
  count,
  locations: Array.from({ length: places }, (_, index) => ({ path: "log.ndjson", line: index + 1 })),
  related: [],
});

describe("the sarif formats", async () => {
  const busy = await busyReport();

  it.each(some("hostile texts", Object.entries(HOSTILE)))(
    "are sound and harmless with %s in every text",
    (_, text) => {
      const hostile = hostileReport(busy, text);
      expect(resultsOf(hostile).length).toBe(resultsOf(busy).length);
      const texts = [...textsIn(logOf(hostile, "sarif-coverage"))];
      // Help has several lines; in all else a line end would be one of the text's.
      expect(texts.filter(([path, found]) => !path.includes("/help/") && found.includes("\n"))).toEqual([]);
      expect(texts.filter(([, found]) => harmfulLines(found).length > 0)).toEqual([]);
      expect(texts.filter(([path, found]) => MESSAGE.test(path) && found.includes("]("))).toEqual([]);
    },
  );

  it("show hostile text in help as text", async () => {
    const markdown = commonmark.configure(GFM);
    const harmless = ["Document", "Paragraph", "BulletList", "ListItem", "ListMark", "Escape"];
    const report = await check([BROKEN]);
    for (const text of some("hostile texts", Object.values(HOSTILE))) {
      for (const { help } of logOf(hostileReport(report, text)).runs[0].tool.driver.rules) {
        const found = new Set<string>();
        markdown.parse(help.markdown ?? "").iterate({ enter: ({ name }) => void found.add(name) });
        expect([...found].filter((name) => !harmless.includes(name))).toEqual([
          "StrongEmphasis",
          "EmphasisMark",
        ]);
      }
    }
  });
});

describe("a sarif result", () => {
  it("says where, what, which clause and how bad", async () => {
    const result = resultsOf(await check([BROKEN])).find(({ ruleId }) => ruleId === "event-id-v4");
    expect(result).toMatchObject({
      kind: "fail",
      level: "error",
      message: { text: expect.stringMatching(/^event_id is a UUID, but not of version 4; .*\.$/) as string },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: BROKEN, uriBaseId: "%SRCROOT%" },
            region: {
              startLine: 7,
              startColumn: 13,
              snippet: { text: expect.stringMatching(/^"858f/) as string },
            },
            contextRegion: { startLine: 7 },
          },
          logicalLocations: [{ fullyQualifiedName: "/event_id", name: "event_id" }],
        },
      ],
      taxa: [{ id: "PS-4.1-2", toolComponent: { index: 0 } }],
      suppressions: [],
    });
  });

  it("has the level of its finding", async () => {
    const report = await check([BROKEN, "fixtures/rules/stage-stability/invalid", AUDIT]);
    const levels = { MUST: "error", SHOULD: "warning", MAY: "note", NOTE: "note" };
    const expected = report.findings.flatMap(({ level, locations }) => locations.map(() => levels[level]));
    expect(resultsOf(report).map(({ level }) => level)).toEqual(expected);
    expect(new Set(expected)).toContain("warning");
  });

  it("has the other lines of its evidence", async () => {
    const report = await check(["fixtures/rules/event-id-unique/invalid"]);
    const related = resultsOf(report).flatMap(({ relatedLocations = [] }) => relatedLocations);
    const lines = report.findings.flatMap((finding) => finding.related.map(({ line }) => line));
    expect(related.map(({ physicalLocation }) => physicalLocation.region.startLine)).toEqual(lines);
    expect(lines.length).toBeGreaterThan(0);
  });

  it("is suppressed where its finding is waived, with the reason", async () => {
    const results = resultsOf(await check([BROKEN], { policy: WAIVED }));
    expect(results.length).toBeGreaterThan(0);
    for (const { suppressions } of results)
      expect(suppressions).toEqual([
        {
          kind: "external",
          status: "accepted",
          justification: "known, see the tracker",
          properties: {
            source: "waiver",
            owner: "data team",
            expires: "2027-01-31",
            place: "mplp-check.yaml:4",
          },
        },
      ]);
  });

  it("is the same alert when the log grows at its top, and another than its neighbours", async () => {
    const [first] = (await check([BROKEN])).findings;
    const report = { ...(await check([BROKEN])), findings: [manyPlaces(first!, 3, 3)] };
    const findings = report.findings.map((finding) => ({
      ...finding,
      locations: finding.locations.map((location) => ({ ...location, line: location.line + 100 })),
    }));
    const hashes = (one: Report): (string | undefined)[] =>
      resultsOf(one).map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
    expect(hashes({ ...report, findings })).toEqual(hashes(report));
    expect(new Set(hashes(report)).size).toBe(3);
  });

  it.each([
    ["logs/events.ndjson", "logs/events.ndjson"],
    ["./logs//events.ndjson", "logs/events.ndjson"],
    ["../events.ndjson", "../events.ndjson"],
    ["logs\\events.ndjson", "logs/events.ndjson"],
    ["a b#c?d%20e.ndjson", "a%20b%23c%3Fd%2520e.ndjson"],
    ["c:events.ndjson", "c%3Aevents.ndjson"],
    ["größe/日志.ndjson", "gr%C3%B6%C3%9Fe/%E6%97%A5%E5%BF%97.ndjson"],
    ["half \ud800", "half%20%EF%BF%BD"],
    ["/var/log/a b.ndjson", "file:///var/log/a%20b.ndjson"],
    ["/var/../etc/x", "file:///etc/x"],
    ["C:\\logs\\events.ndjson", "file:///C:/logs/events.ndjson"],
    ["\\\\server\\share\\a b.ndjson", "file://server/share/a%20b.ndjson"],
    ["-", "stdin"],
  ])("has the path %s as %s", async (path, uri) => {
    const report = await check([BROKEN]);
    const [first] = report.findings;
    const findings = [{ ...first!, locations: [{ path, line: 1 }] }];
    const [result] = resultsOf({ ...report, findings });
    expect(result?.locations?.[0]?.physicalLocation.artifactLocation.uri).toBe(uri);
  });
});

describe("a sarif log over GitHub's limits", () => {
  it("has no more than 20 tags for a rule and 100 related locations for a result", async () => {
    const report = await check([BROKEN]);
    const [first] = report.findings;
    const clauses = report.clauses.map(({ id }) => id);
    const related = Array.from({ length: 300 }, () => ({ path: "log.ndjson", line: 1 }));
    const { results, tool } = logOf({ ...report, findings: [{ ...first!, clauses, related }] }).runs[0];
    expect(tool.driver.rules[0]?.properties?.tags.length).toBe(20);
    expect(results[0]?.taxa.length).toBe(clauses.length);
    expect(results[0]).toMatchObject({ properties: { relatedNotListed: 200 } });
    expect(results[0]?.relatedLocations?.length).toBe(100);
  });

  it("cuts long descriptions and messages", async () => {
    const report = hostileReport(await check([BROKEN]), HOSTILE["many pairs"]);
    const texts = [...textsIn(logOf(report, "sarif-coverage"))].filter(
      ([path]) => MESSAGE.test(path) && !path.includes("/help/"),
    );
    expect(texts.filter(([, text]) => text.length > 1024)).toEqual([]);
    expect(texts.some(([, text]) => text.length === 1024)).toBe(true);
    expect(resultsOf(report)[0]?.message.text).toMatch(/^(x😀)+x?…$/u);
  });
});

describe("what sarif says of clauses and of the run", () => {
  it("is every clause with its status, in the taxonomy", async () => {
    const report = await check([AUDIT], { claims: ["runtime"] });
    const { taxa } = logOf(report).runs[0].taxonomies[0];
    expect(taxa.map(({ id }) => id)).toEqual(report.clauses.map(({ id }) => id));
    for (const [index, { status, checked }] of report.clauses.entries())
      expect(taxa[index]?.properties).toMatchObject({ status, checked });
  });

  it("is what an attestation says, and where", async () => {
    const report = await check([AUDIT], { claims: ["runtime"] });
    const clause = report.clauses.find(({ status }) => status === "attested")!;
    const { results } = logOf(report, "sarif-coverage").runs[0];
    const result = results.find(({ ruleId }) => ruleId === clause.id)!;
    expect(result.message.text).toContain(printable(clause.attestation!.statement));
    expect(result.locations?.[0]?.physicalLocation.region.startLine).toBe(clause.attestation!.line);
  });

  it("is that it could not be carried out, with every error", async () => {
    const report = await check([BROKEN, "fixtures/no-such-file.ndjson"]);
    const [{ executionSuccessful, toolExecutionNotifications }] = logOf(report).runs[0].invocations;
    expect(executionSuccessful).toBe(false);
    expect(toolExecutionNotifications).toMatchObject(
      report.errors.map(({ message }) => ({
        level: "error",
        descriptor: { id: "not-checked" },
        message: { text: message },
      })),
    );
    expect(logOf(await check([BROKEN])).runs[0].invocations[0].executionSuccessful).toBe(true);
  });

  it("is what a claim lacks", async () => {
    const report = await check([GOOD], { claims: ["runtime"] });
    const notes = logOf(report).runs[0].invocations[0].toolExecutionNotifications;
    const missing = notes.filter(({ descriptor }) => descriptor.id === "not-demonstrated");
    expect(missing.map(({ message }) => message.text.split(",")[0])).toContain("RG-7.1-4");
    for (const { level } of missing) expect(level).toBe("warning");
  });
});
