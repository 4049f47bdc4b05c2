import { type Facts, foundIn, NONE, numberOf, sums } from "./facts.js";

/** One line of a compact report that names a place. */
interface Line {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly severity: string;
  readonly message: string;
}

const PLACE = /^(?<path>.+?):(?<line>\d+):(?<column>\d+): (?<severity>error|warning|note) (?<message>.*)$/;

/** The places of a compact report. */
export function placesIn(text: string): readonly Line[] {
  return text.split("\n").flatMap((each) => {
    const { path = "", line, column, severity = "", message = "" } = PLACE.exec(each)?.groups ?? {};
    return line === undefined
      ? []
      : [{ path, line: Number(line), column: Number(column), severity, message }];
  });
}

/** What a compact report says. */
export function readCompact(
  text: string,
): Omit<Facts, "statuses" | "coverage"> & { readonly listed: number } {
  const places = placesIn(text);
  const isError = (line: string): boolean => /(?:^|: )error:? (?:not checked|waiver|baseline): /.test(line);
  return {
    verdict: /(?:^|\n)([a-z-]+): [^\n]*\n$/.exec(text)?.[1] ?? "",
    ...foundIn(/^mplp-check: found: (.*)$/m.exec(text)?.[1] ?? ""),
    errors: text.split("\n").filter(isError).length,
    listed:
      places.filter(({ message }) => message.endsWith("]")).length +
      numberOf(/^mplp-check: ([\d,]+) more places? not listed/m.exec(text)?.[1] ?? "0"),
  };
}

/** What a summary says: of its rules too, which tell the places only. */
export function readSummary(text: string): Omit<Facts, "statuses" | "coverage"> {
  const lines = text.split("\n");
  const rows = lines.flatMap((line) => {
    const [, level = "", places] = /^[✗!?i] (MUST|SHOULD|MAY|NOTE) +([\d,]+) {2}\S/.exec(line) ?? [];
    return places === undefined ? [] : [[level, numberOf(places)] as const];
  });
  const found = foundIn(lines.filter((line) => line.startsWith("found ")).join(" "));
  const tally = { ...NONE, ...sums(rows), waived: found.tally.waived };
  return {
    verdict: /\n([a-z-]+): [^\n]*\n$/.exec(text)?.[1] ?? "",
    findings: found.findings,
    tally,
    errors: lines.filter((line) => /^(?:not checked|waiver|baseline) /.test(line)).length,
  };
}
