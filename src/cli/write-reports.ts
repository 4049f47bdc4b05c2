import {
  type FindingLevel,
  FORMATS,
  type FormatName,
  type Report,
  type Selection,
  verdictSentence,
} from "../index.js";
import { say } from "./diagnostics.js";
import type { Output } from "./options/placing.js";
import type { OptionValues } from "./options/table.js";
import { STDOUT, writeFileWhole, writeStdout } from "./outputs.js";
import { screen } from "./screen.js";
import type { Streams } from "./streams.js";

/** What of a report people want to see. */
type Presentation = Pick<OptionValues, "show" | "maxReported" | "quiet">;

/** Writes one report in several formats; where none of them says so on standard output, standard error says how it ended. */
export async function writeReports(
  report: Report,
  outputs: readonly Output[],
  presentation: Presentation,
  streams: Streams,
): Promise<void> {
  const selection = selectionOf(presentation);
  for (const { format, file } of outputs) {
    const isStdout = file === STDOUT;
    const surface = isStdout ? await screen(streams) : { color: false };
    const text = FORMATS[format](report, { ...surface, ...selection });
    await (isStdout ? writeStdout(text, streams) : writeFileWhole(file, text));
  }
  if (!outputs.some(({ format, file }) => FOR_PEOPLE.includes(format) && file === STDOUT))
    summarise(report, streams);
}

/** Formats that end with the verdict. */
const FOR_PEOPLE: readonly FormatName[] = ["text", "compact", "summary"];

/** A report as a text that no terminal shows. */
export function rendered(report: Report, format: FormatName, presentation: Presentation): string {
  return [...FORMATS[format](report, { color: false, ...selectionOf(presentation) })].join("");
}

/** What of the findings a report for people shows. */
function selectionOf({ show, maxReported, quiet }: Presentation): Selection {
  const level = show.toUpperCase() as FindingLevel;
  return { show: level, quiet, ...(maxReported !== undefined && { maxReported }) };
}

function summarise(report: Report, streams: Streams): void {
  for (const { path, line, message } of report.errors)
    say(streams, `${path}${line === undefined ? "" : `:${line}`}: ${message}`);
  say(streams, `${report.verdict}: ${verdictSentence(report)}`);
}
