import { FORMATS, type Report, type Surface, verdictSentence } from "../index.js";
import { loggable } from "../model/printable.js";
import type { Output } from "./output-options.js";
import { STDOUT, writeFileWhole, writeStdout } from "./outputs.js";

/** Writes one report in several formats; where none of them is text on the screen, standard error says how it ended. */
export async function writeReports(report: Report, outputs: readonly Output[]): Promise<void> {
  for (const { format, file } of outputs) {
    const isStdout = file === STDOUT;
    const text = FORMATS[format](report, isStdout ? screen() : { color: false });
    await (isStdout ? writeStdout(text) : writeFileWhole(file, text));
  }
  if (!outputs.some(({ format, file }) => format === "text" && file === STDOUT)) summarise(report);
}

/** Lines that are longer are hard to read, however wide the terminal is. */
const WIDEST = 120;

/** What standard output can show. */
function screen(): Surface {
  const color = wantsColor();
  // Some terminals say that they have no columns at all.
  const { isTTY, columns } = process.stdout;
  return isTTY === true && columns > 0 ? { color, width: Math.min(columns, WIDEST) } : { color };
}

function wantsColor(): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  return process.stdout.isTTY === true;
}

function summarise(report: Report): void {
  for (const { path, line, message } of report.errors) {
    const place = `${loggable(path)}${line === undefined ? "" : `:${line}`}`;
    process.stderr.write(`mplp-check: ${place}: ${loggable(message)}\n`);
  }
  process.stderr.write(`mplp-check: ${report.verdict}: ${verdictSentence(report)}\n`);
}
