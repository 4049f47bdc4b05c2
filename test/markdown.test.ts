import fc from "fast-check";
import type { Nodes, Root } from "mdast";
import { describe, expect, it } from "vitest";
import { check, type Report } from "../src/index.js";
import { printable, withoutCommands } from "../src/model/printable.js";
import { undemonstrated } from "../src/model/verdict.js";
import { code, prose } from "../src/report/markdown/text.js";
import { nodesOf, parseMarkdown, wordsOf } from "./support/formats/markdown.js";
import { HOSTILE, harmfulLines, hostileReport } from "./support/hostile.js";
import { some } from "./support/long.js";
import { BROKEN, busyReport, ending, endings, hugeReport, rendered as write } from "./support/reports.js";
import { runs } from "./support/runs.js";

const rendered = (report: Report): string => write(report, "markdown");
const texts = Object.entries(HOSTILE);

const OURS = new Set(
  "root heading paragraph text strong inlineCode code list listItem table tableRow tableCell html".split(" "),
);
const OUR_TAGS = /^<details>\n<summary>[A-Za-z ]+: [\d,]+ [\w ,]+<\/summary>$|^<\/details>$/;
/** What a forge makes something of in text that is no code. */
const ACTED_ON = [
  /[<>@#~`|[\]{}*_\\^&$/%!+=]/,
  /:\w+:/,
  /www\./i,
  /\b[A-Z]+-\d/,
  /\b(?=\w*\d)[0-9a-f]{7,40}\b/i,
  /\b[a-f]{7,40}\b/i,
];

/** The page is made of our own markup, and text that is not in code means nothing to anybody. */
function expectHarmless(markdown: string): Root {
  const tree = parseMarkdown(markdown);
  const nodes = [...nodesOf(tree)];
  expect(nodes.filter(isForeign)).toEqual([]);
  expect(harmfulLines(markdown)).toEqual([]);
  const tags = nodes.flatMap((node) => (node.type === "html" ? [node.value] : []));
  expect(tags.filter((tag) => tag === "</details>")).toHaveLength(tags.length / 2);
  return tree;
}

function isForeign(node: Nodes): boolean {
  if (node.type === "html") return !OUR_TAGS.test(node.value);
  if (node.type === "text") return ACTED_ON.some((pattern) => pattern.test(node.value));
  if (node.type === "listItem") return typeof node.checked === "boolean";
  if (node.type === "list") return node.ordered === true;
  return !OURS.has(node.type) || (node.type === "heading" && ![2, 3, 4].includes(node.depth));
}

const codeOf = (tree: Root): string[] =>
  [...nodesOf(tree)].flatMap((node) =>
    node.type === "inlineCode" || node.type === "code" ? node.value.split("\n") : [],
  );

const shapeOf = ({ children }: Root) => children.map(({ type }) => type);

describe("the Markdown report", async () => {
  const busy = await busyReport();
  const broken = await check([BROKEN]);
  const plain = parseMarkdown(rendered(hostileReport(busy, "plain")));

  it.each(some("hostile texts", texts))(
    "shows %s as text, in a page of the same shape as any",
    (_name, text) => {
      const markdown = rendered(hostileReport(busy, text));
      const tree = expectHarmless(markdown);
      if (!markdown.includes("**Left out")) expect(shapeOf(tree)).toEqual(shapeOf(plain));
    },
  );

  const paths = texts.filter(([, text]) => text !== "" && text.length < 190);
  it.each(paths)("shows all of a path that is %s", (_name, text) => {
    const line = busy.findings[0]?.locations[0]?.line;
    const codes = codeOf(parseMarkdown(rendered(hostileReport(busy, text))));
    expect(codes.join("\n")).toContain(withoutCommands(`- ${printable(text)}:${line}`).slice(2));
  });

  it("takes nothing but harmless text for words, whatever is put together", () => {
    const pieces = texts.flatMap(([, text]) => text.split(" ")).filter(({ length }) => length < 50);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...pieces, " ", "and", '"', "(", ")"), { maxLength: 12 }),
        (some) => {
          expectHarmless(
            `- x **${prose(some.join(""))}** y: ${prose(some.join(" "))} ${code(some.join(""))}\n`,
          );
        },
      ),
      { numRuns: runs(300) },
    );
  });

  it("is harmless and complete however a run ends", async () => {
    for (const { report } of await endings()) {
      const markdown = rendered(report);
      const tree = expectHarmless(markdown);
      if (!markdown.includes("**Left out")) expectComplete(report, tree);
    }
  });

  it("keeps below the limit, cuts whole entries and says what is missing", () => {
    const report = hugeReport(broken, 700);
    const markdown = rendered(report);
    expect(Buffer.byteLength(markdown)).toBeLessThan(65_536);
    expect(Buffer.byteLength(markdown)).toBeGreaterThan(60_000);
    const tree = expectHarmless(markdown);
    const read = wordsOf(tree);
    const shown = [...read.matchAll(/what is wrong with (\w+) number \d+ in all/g)].map(([, level]) => level);
    const left = /Left out.*: (\d+) MUST defects, 700 SHOULD defects, 700 MAY defects, 700 notes/.exec(read);
    expect(shown.length).toBeGreaterThan(100);
    expect(shown.filter((level) => level === "MUST").length + Number(left?.[1])).toBe(700);
    expect(read.match(/what is wrong/g)).toHaveLength(shown.length);
    expect(read).toContain("MUST: 700 defects at 700,000,000 places");
  });

  it("never loses the number of a finding's places", () => {
    expect(rendered(hugeReport(broken, 1))).toContain("999,999 more places");
  });

  it("says why findings are waived, and does not count them", async () => {
    const read = wordsOf(parseMarkdown(rendered(await ending("broken, partly waived"))));
    expect(read).toContain("MUST: 3 defects at 3 places");
    expect(read).toContain(
      "Reason: known, see the tracker (waiver, data team, until 2027-01-31, mplp-check.yaml:4)",
    );
    expect(read).toContain("Its own level is MUST: the configuration changed it.");
  });

  it("says what an interrupted run did not read", () => {
    const read = wordsOf(parseMarkdown(rendered({ ...hugeReport(broken, 0), interrupted: true })));
    expect(read).toContain("interrupted: not all of the input was read");
  });
});

function expectComplete(report: Report, tree: Root): void {
  const read = wordsOf(tree);
  const codes = codeOf(tree);
  for (const { message, clauses, locations, hint = "", waiver } of report.findings) {
    expect(read).toContain(message);
    expect(read).toContain(waiver?.reason ?? hint);
    expect(codes).toEqual(expect.arrayContaining([...clauses]));
    const { path, line, column, absent } = locations[0]!;
    const place = [path, line, column].filter((part) => part !== undefined).join(":");
    expect(codes).toContain(absent === true ? path : place);
  }
  for (const { path, line, message } of report.errors)
    expect(read).toContain(`${line === undefined ? path : `${path}:${line}`}: ${message}`);
  for (const { id, title, reason = "" } of undemonstrated(report))
    expect(read).toContain(`${id} ${title}: ${reason}`);
}
