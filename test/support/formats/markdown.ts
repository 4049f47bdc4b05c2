import type { Nodes, Root, Table } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { type Facts, NONE, numberOf } from "./facts.js";

export const parseMarkdown = (markdown: string): Root =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

export function* nodesOf(node: Nodes): Iterable<Nodes> {
  yield node;
  if ("children" in node) for (const child of node.children) yield* nodesOf(child);
}

/** What a person reads, without markup. */
export function wordsOf(node: Nodes): string {
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map(wordsOf).join(node.type === "root" ? "\n" : "") : "";
}

/** What the Markdown of a report says; findings that had no room are among those of its headings. */
export function readMarkdown(markdown: string): Omit<Facts, "statuses"> {
  const tree = parseMarkdown(markdown);
  const paragraphs = tree.children.filter(({ type }) => type === "paragraph").map(wordsOf);
  const verdict = paragraphs.find((words) => /^(?!interrupted)[a-z-]+: /.test(words)) ?? "";
  const headings = tree.children
    .filter(({ type }) => type === "heading" || type === "html")
    .map((node) =>
      wordsOf(node)
        .replace(/<\/?\w+>/g, "")
        .trim(),
    );
  const sizes = headings.flatMap((heading) => {
    const [, what = "", findings, places] =
      /^(MUST|SHOULD|MAY|NOTE|Waived): ([\d,]+) (?:defects?|notes?|findings?) at ([\d,]+) places?$/.exec(
        heading,
      ) ?? [];
    const name = what === "Waived" ? "waived" : what;
    return what === "" ? [] : [{ name, findings: numberOf(findings), places: numberOf(places) }];
  });
  const errors = headings.find((heading) => /^In this run: [\d,]+ errors?$/.test(heading));
  return {
    verdict: verdict.replace(/: .*/s, ""),
    coverage: coverageOf(tree),
    tally: { ...NONE, ...Object.fromEntries(sizes.map(({ name, places }) => [name, places])) },
    findings: { ...NONE, ...Object.fromEntries(sizes.map(({ name, findings }) => [name, findings])) },
    errors: numberOf(/[\d,]+/.exec(errors ?? "0")?.[0]),
  };
}

function coverageOf(tree: Root): Record<string, number> {
  const table = tree.children.find((node): node is Table => node.type === "table");
  const [[, ...levels] = [], ...rows] = (table?.children ?? []).map((row) => row.children.map(wordsOf));
  const cells = rows.flatMap(([status = "", ...counts]) =>
    counts.map((count, index) => [`${levels[index]} ${status.replaceAll(" ", "-")}`, count] as const),
  );
  return Object.fromEntries(
    cells.filter(([, count]) => count !== "·").map(([name, count]) => [name, numberOf(count)]),
  );
}
