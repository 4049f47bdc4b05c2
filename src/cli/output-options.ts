import { type Command, Option } from "commander";
import { FAIL_ON, FORMAT_NAMES, type FormatName } from "../index.js";
import { STDOUT } from "./outputs.js";
import { chosen } from "./parse.js";
import { UsageError } from "./usage-error.js";

/** One report to write: its format and where it goes. */
export interface Output {
  readonly format: FormatName;
  readonly file: string;
}

/** What --format and --output said, in their order: a file belongs to the format before it. */
export type Placing = { format?: FormatName; file?: string }[];

/** Adds -f and -o, which may come several times. */
export function addReportOptions(program: Command, placing: Placing): Command {
  return program
    .addOption(
      new Option("-f, --format <name>", "report format, repeatable")
        .choices(FORMAT_NAMES)
        .argParser((name: string) => void placing.push({ format: chosen(FORMAT_NAMES, name) })),
    )
    .addOption(
      new Option(
        "-o, --output <file>",
        "where the report of the preceding --format goes (default: stdout)",
      ).argParser((file: string) => void placing.push({ file })),
    );
}

export function failOnOption(): Option {
  return new Option("--fail-on <level>", "lowest level that fails the run").choices(FAIL_ON).default("must");
}

/**
 * Pairs each --output with the --format before it; a format without one goes to standard output.
 *
 * @throws UsageError where two go to one place
 */
export function outputsOf(placing: Placing): Output[] {
  const outputs: { format: FormatName; file?: string }[] = [];
  for (const { format, file } of placing) {
    if (format !== undefined) {
      outputs.push({ format });
      continue;
    }
    if (file === "") throw new UsageError("error: an output file has no name\n");
    if (outputs.length === 0) outputs.push({ format: "text" });
    const last = outputs.at(-1);
    if (last === undefined || file === undefined) continue;
    if (last.file !== undefined) throw new UsageError(`error: two --output for the format ${last.format}\n`);
    last.file = file;
  }
  if (outputs.length === 0) outputs.push({ format: "text" });
  const placed = outputs.map(({ format, file = STDOUT }) => ({ format, file }));
  const files = new Set(placed.map(({ file }) => file));
  if (files.size < placed.length)
    throw new UsageError("error: two reports cannot go to the same place; give each an --output\n");
  return placed;
}
