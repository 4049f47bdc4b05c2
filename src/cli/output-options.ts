import { type Command, Option } from "commander";
import { FAIL_ON, FORMAT_NAMES, type FormatName } from "../index.js";
import { contradicts, formatFor } from "./format-endings.js";
import { STDOUT } from "./outputs.js";
import { chosen, positive } from "./parse.js";
import { colourless, type Streams } from "./streams.js";
import { UsageError } from "./usage-error.js";

/** One report to write: its format and where it goes. */
export interface Output {
  readonly format: FormatName;
  readonly file: string;
}

/** What --format and --output said, in their order: a file belongs to the format before it. */
export type OutputPlacing = { format?: FormatName; file?: string }[];

/** Adds -f and -o, which may come several times, and --no-color. */
export function addReportOptions(program: Command, placing: OutputPlacing): Command {
  return program
    .addOption(
      new Option("-f, --format <name>", "report format, repeatable")
        .choices(FORMAT_NAMES)
        .argParser((name: string) => void placing.push({ format: chosen(FORMAT_NAMES, name) })),
    )
    .addOption(
      new Option(
        "-o, --output <file>",
        "where the report of the preceding --format goes (default: stdout); without one, its ending says the format",
      ).argParser((file: string) => void placing.push({ file })),
    )
    .addOption(
      new Option("--show <level>", "findings that text, compact and summary show; milder ones are counted")
        .choices(SHOWN)
        .argParser((name: string) => chosen(SHOWN, name))
        .default("note"),
    )
    .option("--max-reported <n>", "findings that they show; the others are counted by rule", positive)
    .option("--quiet", "text, compact and summary say the verdict alone", false)
    .addOption(colourOption());
}

export function colourOption(): Option {
  return new Option("--no-color", "no colours, whatever the terminal and the environment say");
}

/** The streams as --no-color wants them. */
export function streamsFor({ color }: { readonly color: boolean }, streams: Streams): Streams {
  return color ? streams : colourless(streams);
}

const SHOWN = ["must", "should", "may", "note"] as const;

/** What of a report people want to see. */
export interface Presentation {
  readonly show: (typeof SHOWN)[number];
  readonly maxReported?: number;
  readonly quiet: boolean;
}

export function failOnOption(): Option {
  return new Option("--fail-on <level>", "lowest level that fails the run")
    .choices(FAIL_ON)
    .argParser((name: string) => chosen(FAIL_ON, name))
    .default("must");
}

/**
 * Pairs each --output with the --format before it. A format without one goes to standard output; an --output without a
 * format takes that of its ending.
 *
 * @throws UsageError where two go to one place, an ending contradicts its format, or an --output stands before its format
 */
export function outputsOf(placing: OutputPlacing): Output[] {
  const pairs = pairsOf(placing);
  refuseEarly(pairs);
  const outputs = pairs.map(({ format, file = STDOUT }) => ({ format: format ?? formatFor(file), file }));
  if (outputs.length === 0) return [{ format: "text", file: STDOUT }];
  for (const output of outputs) refuseContradiction(output);
  if (new Set(outputs.map(({ file }) => file)).size < outputs.length)
    throw new UsageError("two reports cannot go to the same place; give each an --output");
  return outputs;
}

function pairsOf(placing: OutputPlacing): OutputPlacing {
  const pairs: OutputPlacing = [];
  for (const each of placing) {
    const last = pairs.at(-1);
    if (each.file === "") throw new UsageError("an output file has no name");
    if (each.format !== undefined || last?.format === undefined) pairs.push({ ...each });
    else if (last.file === undefined) Object.assign(last, each);
    else throw new UsageError(`two --output for the format ${last.format}`);
  }
  return pairs;
}

/** Whoever puts a file before the format means that format. */
function refuseEarly(pairs: OutputPlacing): void {
  const early = pairs.findIndex(({ format }) => format === undefined);
  const late = pairs.find(
    ({ format, file }, index) => early !== -1 && index > early && format && file === undefined,
  );
  if (late === undefined) return;
  const file = pairs[early]?.file ?? "";
  throw new UsageError(
    `--output ${file} stands before --format ${late.format}; say -f ${late.format} -o ${file}`,
  );
}

function refuseContradiction({ format, file }: Output): void {
  if (!contradicts(format, file)) return;
  throw new UsageError(
    `${file} does not look like a report of the format ${format}; give it another ending or another --format`,
  );
}
