import { type Facts, NONE, numberOf, sums } from "./facts.js";

const LEVEL = "(MUST|SHOULD|MAY|NOTE)";

/** What a text report says. */
export function readText(text: string): Omit<Facts, "statuses"> {
  const lines = text.split("\n");
  const table = lines.slice(lines.findIndex((line) => line.startsWith("clauses ")) + 1);
  const rows = table.slice(0, table.indexOf(""));
  const heads = lines.flatMap((line) => {
    const [, level, waived] = new RegExp(`^(?:[✗!?i] ${LEVEL} +|~ (waived) ${LEVEL} )[A-Z]`).exec(line) ?? [];
    return level === undefined && waived === undefined ? [] : [[waived ?? level ?? "", 1] as const];
  });
  const found = [...(lines.find((line) => line.startsWith("found ")) ?? "").matchAll(/(\d[\d,]*) (\w+)/g)];
  return {
    verdict: /\n([a-z-]+): [^\n]*\n$/.exec(text)?.[1] ?? "",
    coverage: Object.fromEntries(rows.flatMap(coverageOf)),
    tally: { ...NONE, ...sums(found.map(([, count, what = ""]) => [what, numberOf(count)] as const)) },
    findings: { ...NONE, ...sums(heads) },
    errors: lines.filter((line) => line.startsWith("not checked ")).length,
  };
}

function coverageOf(row: string): (readonly [string, number])[] {
  const [, status = "", ...counts] = /^([a-z ]+?) +([\d,·]+) +([\d,·]+) +([\d,·]+)$/.exec(row) ?? [];
  return ["MUST", "SHOULD", "MAY"].flatMap((level, index) => {
    const count = counts[index] ?? "";
    return count === "·" ? [] : [[`${level} ${status.replaceAll(" ", "-")}`, numberOf(count)] as const];
  });
}
