import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { HtmlValidate } from "html-validate";
import { describe, expect, it } from "vitest";
import { check, type Report } from "../src/index.js";
import { printable } from "../src/model/printable.js";
import { SCRIPT } from "../src/report/html/script.js";
import { STYLE } from "../src/report/html/style/index.js";
import { ROOT, ruleFixtures } from "./support/fixtures.js";
import { attackedReport, harmfulLines } from "./support/hostile.js";
import { fewer, some } from "./support/long.js";
import { AUDIT, BROKEN, busyReport, GOOD, largeReport, rendered } from "./support/reports.js";

const pageOf = (report: Report): string => rendered(report, "html");

const busy = await busyReport();
const reports = {
  clean: await check([GOOD]),
  broken: await check([BROKEN]),
  audit: await check([AUDIT], { claims: ["runtime", "integration"], complete: true }),
  nothing: await check([]),
  busy,
  hostile: attackedReport(busy),
};
const pages = Object.entries(reports).map(([name, report]) => ({ name, report, page: pageOf(report) }));

/** Elements without content, in HTML and in the drawings. */
const HTML_VOID = new Set(["meta", "link", "input"]);
const ELEMENTS = new Set(
  `${[...HTML_VOID].join(" ")} path rect use line circle html head body title style script header nav main footer section article div span p a
  h1 h2 h3 h4 ul ol li dl dt dd table caption thead tbody tfoot tr th td details summary pre code mark strong
  blockquote form label select option button output svg symbol g text tspan circle figure figcaption`.split(
    /\s+/,
  ),
);
const ATTRIBUTES = new Set(
  `lang charset http-equiv content name rel href id class role scope colspan start open hidden aria-label
  aria-labelledby aria-hidden data-status data-level data-tone data-label data-document data-about data-filter
  data-rows data-noun data-section data-rule data-clause data-file data-family data-partial data-line data-stage text-anchor transform x1 x2 y y1 y2 cx cy r viewbox preserveaspectratio d x width height type value autocomplete`.split(
    /\s+/,
  ),
);

interface Tag {
  readonly name: string;
  readonly isEnd: boolean;
  /** It ends itself, as elements of SVG may. */
  readonly isWhole: boolean;
  readonly attributes: readonly (readonly [string, string])[];
}

/** Every tag of a page. Whatever is no tag that this page writes, to the letter, is an error. */
function tagsOf(page: string): Tag[] {
  const markup = page.replace("<!DOCTYPE html>", "").replace(STYLE, "").replace(SCRIPT, "");
  const parts = markup.split("<").slice(1);
  return parts.map((part) => {
    const match = /^(\/?)([a-z][a-z0-9]*)((?: [a-zA-Z-]+[12]?(?:="[^"<>]*")?)*)(\/?)>[^<>]*$/.exec(part);
    if (match === null) throw new Error(`no tag: <${part.slice(0, 200)}`);
    const [, slash, name = "", list = "", end] = match;
    const attributes = [...list.matchAll(/ ([a-zA-Z-]+[12]?)(?:="([^"]*)")?/g)];
    return {
      name,
      isEnd: slash === "/",
      isWhole: end === "/" || HTML_VOID.has(name),
      attributes: attributes.map(([, key = "", value = ""]) => [key.toLowerCase(), value] as const),
    };
  });
}

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39|#35|#58);/g, (_, name: string) => {
    return { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#35": "#", "#58": ":" }[name] ?? "";
  });
}

/** What is wrong with a page, whatever is in it. */
function faultsOf(page: string): string[] {
  const faults: string[] = [];
  const open: string[] = [];
  for (const { name, isEnd, isWhole, attributes } of tagsOf(page)) {
    if (!ELEMENTS.has(name)) faults.push(`element ${name}`);
    for (const [key, value] of attributes) {
      if (!ATTRIBUTES.has(key)) faults.push(`attribute ${key}`);
      if (key === "href" && !(name === "link" ? ICON : TARGET).test(value)) faults.push(`link to ${value}`);
    }
    if (isEnd && open.pop() !== name) faults.push(`end of ${name}`);
    if (!isEnd && !isWhole) open.push(name);
  }
  if (open.length > 0) faults.push(`not closed: ${open.join(" ")}`);
  if (page.split(/<(?:script|style)/).length !== 3) faults.push("another script or style");
  return [...faults, ...harmfulLines(page)];
}

const ICON = /^data:image\/svg\+xml,[\w%.!~*()-]+$/;
const TARGET =
  /^(?:#[\w.-]+|https:\/\/github\.com\/mplp-check\/mplp-check\/blob\/main\/docs\/rules\/[a-z0-9-]+\.md)$/;

/** Every link must lead somewhere, and to one place only. */
function looseEndsOf(page: string): string[] {
  const attributes = tagsOf(page).flatMap((tag) => tag.attributes);
  const valuesOf = (name: string): string[] =>
    attributes.filter(([key]) => key === name).map(([, value]) => value);
  const ids = valuesOf("id");
  const targets = new Set(ids.map((id) => `#${id}`));
  const seen = new Set<string>();
  const repeated = ids.filter((id) => seen.size === seen.add(id).size);
  return [...repeated, ...valuesOf("href").filter((link) => link.startsWith("#") && !targets.has(link))];
}

/** What a report says and its page does not. */
function missingOf(page: string, report: Report): string[] {
  const places = report.findings.flatMap(({ locations, related }) => [...locations, ...related]);
  const said = [
    report.protocol.digest,
    ...report.clauses.flatMap(({ id, title, source, reason = "" }) => [id, title, source, reason]),
    ...report.clauses.flatMap(({ attestation }) => [
      attestation?.statement ?? "",
      attestation?.evidence ?? "",
    ]),
    ...report.inputs.flatMap(({ path, sha256 }) => [path, sha256]),
    ...report.findings.flatMap(({ message, hint = "", fingerprint }) => [message, hint, fingerprint]),
    ...report.findings.flatMap(({ count }) =>
      count === 1 ? [] : `Found at ${count.toLocaleString("en-US")} places`,
    ),
    ...report.findings.flatMap(({ waiver }) => [
      waiver?.reason ?? "",
      waiver?.owner ?? "",
      waiver?.expires ?? "",
    ]),
    ...report.rules.flatMap(({ why, fix }) => [why, fix]),
    ...places.map(({ path, line, absent }) => (absent ? `${path} (the whole file)` : `${path}:${line}`)),
    ...places.map(({ pointer = "" }) => pointer),
    ...places.map(({ excerpt }) => (excerpt === undefined ? "" : `data-line="${excerpt.line}"`)),
    ...report.errors.map(({ message }) => message),
    ...report.packs.flatMap(({ path, otherVersion = "", checksumOnly, notChecked, withoutChecksum }) => [
      path,
      otherVersion,
      ...checksumOnly,
      ...notChecked,
      ...withoutChecksum,
    ]),
    ...report.graphs.map(({ graph_id }) => graph_id),
    ...report.crosscuts.flatMap(({ crosscut, areas, events }) => [crosscut, ...areas, ...events]),
  ];
  const text = unescaped(page);
  return [...new Set(said)].filter((part) => !text.includes(printableLines(part)));
}

/** As the page shows it. */
function printableLines(text: string): string {
  return text
    .split("\n")
    .map(printable)
    .join("\n")
    .replace(/[\ufffe\uffff]/g, "\ufffd");
}

describe("the page of many rule fixtures together", () => {
  it("is sound and complete", async () => {
    const report = await check(
      some("rule fixtures together", ruleFixtures()).map(({ path }) => path),
      { maxFindings: 1 },
    );
    expect(report.findings.length).toBeGreaterThan(fewer("rule fixtures together", 600));
    const page = pageOf(report);
    expect(faultsOf(page)).toEqual([]);
    expect(looseEndsOf(page)).toEqual([]);
    expect(missingOf(page, report)).toEqual([]);
  });
});

describe("a page", () => {
  it.each(pages)("of the report $name is sound and complete", ({ page, report }) => {
    expect(faultsOf(page)).toEqual([]);
    expect(missingOf(page, report)).toEqual([]);
  });

  it.each(pages)("of the report $name has no loose ends", ({ page }) => {
    expect(looseEndsOf(page)).toEqual([]);
  });

  it.each(some("pages held to the standard of HTML", pages))(
    "of the report $name is valid HTML",
    async ({ page }) => {
      const validator = new HtmlValidate({
        extends: ["html-validate:standard", "html-validate:a11y"],
        rules: {
          // The filters apply as they change.
          "wcag/h32": "off",
          // Some browsers take a table that is laid out otherwise for no table.
          "no-redundant-role": "off",
          "prefer-native-element": "off",
        },
      });
      const { results } = await validator.validateString(page);
      const messages = results.flatMap((result) => result.messages);
      expect(
        messages.map(({ ruleId, message, line, column }) => `${line}:${column} ${ruleId}: ${message}`),
      ).toEqual([]);
    },
  );

  it("is the same for the same report", () => {
    expect(pageOf(reports.busy)).toBe(pageOf(reports.busy));
  });

  it("allows its own style and script, and nothing else", () => {
    const { page } = pages[0]!;
    const hashOf = (element: string): string => {
      const text = new RegExp(`<${element}[^>]*>([^]*?)</${element}>`).exec(page)?.[1] ?? "";
      expect(text.length).toBeGreaterThan(1000);
      return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    };
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(page)?.[1] ?? "";
    const rules = Object.fromEntries(policy.split("; ").map((rule) => rule.split(/ (.*)/)));
    expect(rules).toEqual({
      "default-src": "'none'",
      "style-src": hashOf("style"),
      "script-src": hashOf("script"),
      "img-src": "data:",
      "base-uri": "'none'",
      "form-action": "'none'",
      "require-trusted-types-for": "'script'",
      "trusted-types": "'none'",
    });
  });

  it("stays small: 20 findings of 20 places, and 2,000 findings", () => {
    expect(pageOf(largeReport(reports.busy, 20, 20)).length).toBeLessThan(350_000);
    const page = pageOf(largeReport(reports.busy, 2000, 1));
    expect(page.length).toBeLessThan(5_000_000);
    expect(page).not.toMatch(/<details class="finding"[^>]* open>/);
  });

  it("never moves by itself", () => {
    expect(STYLE).not.toMatch(/animation|transition|smooth/);
  });

  it.each([
    ["style.css", STYLE],
    ["script.js", SCRIPT],
  ])("has a %s that Biome would take as a file of its own", (name, text) => {
    const biome = join(ROOT, "node_modules/@biomejs/biome/bin/biome");
    const args = [biome, "check", "--write", `--stdin-file-path=${name}`];
    const file = text.trimStart();
    expect(execFileSync(process.execPath, args, { cwd: ROOT, input: file, encoding: "utf8" })).toBe(file);
  });
});
