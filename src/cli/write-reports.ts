import {
  type FindingLevel,
  FORMATS,
  type FormatName,
  type Report,
  type Selection,
  verdictSentence,
} from "../index.js";
import { say } from "./diagnostics.js";
import { FailedOutputs } from "./failed-outputs.js";
import type { Output } from "./options/placing.js";
import type { OptionValues } from "./options/table.js";
import { STDOUT, writeFileWhole, writeStdout } from "./outputs.js";
import { screen } from "./screen.js";
import type { Streams } from "./streams.js";

/** What of a report people want to see. */
type Presentation = Pick<OptionValues, "show" | "maxReported" | "quiet">;

/**
 * Writes one report in several formats. Unless one of them has told the verdict on standard output, standard error does.
 *
 * @throws OutputError for those that could not be written, once all others are
 */
export async function writeReports(
  report: Report,
  outputs: readonly Output[],
  presentation: Presentation,
  streams: Streams,
): Promise<void> {
  const selection = selectionOf(presentation);
  const failed = new FailedOutputs();
  let isTold = false;
  for (const { format, file } of outputs) {
    const isStdout = file === STDOUT;
    const surface = isStdout ? await screen(streams) : { color: false };
    const text = FORMATS[format](report, { ...surface, ...selection });
    const isWritten = await failed.attempt(() =>
      isStdout ? writeStdout(text, streams) : writeFileWhole(file, text),
    );
    isTold ||= isWritten && isStdout && FOR_PEOPLE.includes(format);
  }
  if (!isTold) summarise(report, streams);
  failed.throwIfAny();
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
