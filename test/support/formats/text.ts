import { expect } from "vitest";
import { type Facts, foundIn, NONE, numberOf, sums } from "./facts.js";

const LEVEL = "(MUST|SHOULD|MAY|NOTE)";

/** What a text report says. */
export function readText(text: string): Omit<Facts, "statuses"> {
  const lines = text.split("\n");
  const table = lines.slice(lines.findIndex((line) => line.startsWith("clauses ")) + 1);
  const rows = table.slice(0, table.indexOf(""));
  const heads = lines.flatMap((line) => {
    const [, level, waived] =
      new RegExp(`^(?:[✗!?i] ${LEVEL} +|~ (waived) ${LEVEL} )[^ \\d]`).exec(line) ?? [];
    return level === undefined && waived === undefined ? [] : [[waived ?? level ?? "", 1] as const];
  });
  const { tally, findings } = foundIn(factIn(lines, "found"));
  expect({ ...NONE, ...sums(heads) }).toEqual(findings);
  return {
    verdict: /\n([a-z-]+): [^\n]*\n$/.exec(text)?.[1] ?? "",
    coverage: Object.fromEntries(rows.flatMap(coverageOf)),
    tally,
    findings,
    errors: lines.filter((line) => line.startsWith("not checked ")).length,
  };
}

/** All lines of what stands under a label, as one. */
function factIn(lines: readonly string[], label: string): string {
  const at = lines.findIndex((line) => line.startsWith(`${label} `));
  const end = lines.findIndex((line, index) => index > at && !line.startsWith("   "));
  return at === -1 ? "" : lines.slice(at, end).join(" ");
}

function coverageOf(row: string): (readonly [string, number])[] {
  const [, status = "", ...counts] = /^([a-z ]+?) +([\d,·]+) +([\d,·]+) +([\d,·]+)$/.exec(row) ?? [];
  return ["MUST", "SHOULD", "MAY"].flatMap((level, index) => {
    const count = counts[index] ?? "";
    return count === "·" ? [] : [[`${level} ${status.replaceAll(" ", "-")}`, numberOf(count)] as const];
  });
}
