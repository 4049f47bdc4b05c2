import { type DefaultTreeAdapterTypes, parse } from "parse5";
import { type Facts, foundIn, NONE, numberOf, sums } from "./facts.js";

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

function* elementsOf(node: Node): Iterable<Element> {
  if (!("childNodes" in node)) return;
  for (const child of node.childNodes) {
    if ("tagName" in child) yield child;
    yield* elementsOf(child);
  }
}

const attribute = (element: Element, name: string): string =>
  element.attrs.find((attr) => attr.name === name)?.value ?? "";

const wordsOf = (node: Node): string => {
  if ("value" in node) return node.value;
  return "childNodes" in node ? node.childNodes.map(wordsOf).join("") : "";
};

/** What a page says, as a browser reads it. */
export function readHtml(page: string): Facts {
  const elements = [...elementsOf(parse(page))];
  const within = (id: string): Element[] =>
    [...elements].filter((element) => attribute(element, "id") === id).flatMap((it) => [...elementsOf(it)]);
  const title = wordsOf(elements.find(({ tagName }) => tagName === "h1")!);
  const fact = elements.filter(({ tagName }) => tagName === "div").map((div) => div.childNodes.map(wordsOf));
  const [, found = ""] = fact.find(([name]) => name === "Findings") ?? [];
  const findings = (section: string): Element[] =>
    within(section).filter(({ attrs }) =>
      attrs.some(({ name, value }) => name === "class" && value === "finding"),
    );
  return {
    verdict: title.toLowerCase().replace(",", "").replaceAll(" ", "-"),
    statuses: Object.fromEntries(
      within("clauses")
        .filter(({ tagName, attrs }) => tagName === "tr" && attrs.some(({ name }) => name === "id"))
        .map((row) => [wordsOf(row.childNodes[0]!), attribute(row, "data-status")]),
    ),
    coverage: coverageOf(within("coverage")),
    tally: foundIn(found).tally,
    findings: {
      ...NONE,
      ...sums(findings("findings").map((one) => [attribute(one, "data-level"), 1] as const)),
      waived: findings("waived").length,
    },
    errors: within("errors").filter(({ tagName }) => tagName === "li").length,
  };
}

function coverageOf(elements: readonly Element[]): Record<string, number> {
  const counts = elements.filter(({ tagName }) => tagName === "a");
  return Object.fromEntries(
    counts.map((link) => {
      const { level, status } = Object.fromEntries(new URLSearchParams(attribute(link, "data-filter")));
      return [`${level} ${status}`, numberOf(wordsOf(link))];
    }),
  );
}
