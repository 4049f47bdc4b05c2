import { Command, InvalidArgumentError } from "commander";
import { isDay } from "../model/day.js";
import { isPlaceholder } from "../model/placeholder.js";
import { notEmpty } from "./parse.js";

/** The options of the command, as commander gives them. */
export interface StatementOptions {
  readonly product: string;
  readonly version: string;
  readonly contact: string;
  readonly validUntil: string;
  readonly date?: string;
  readonly output: string;
}

export function statementCommand(): Command {
  return new Command("mplp-check statement")
    .description("Writes a statement of conformance in YAML, if the JSON report of a run allows one.")
    .argument("<report>", 'a report written with -f json; "-" is standard input', notEmpty)
    .requiredOption("--product <name>", "name of the product", words)
    .requiredOption("--version <version>", "version of the product", words)
    .requiredOption("--contact <address>", "address for questions of readers", words)
    .requiredOption("--valid-until <day>", "the last day of the statement, such as 2027-06-30", day)
    .option("--date <day>", "the day of the statement; no clock is read", day)
    .option("-o, --output <file>", 'where to write it; "-" is standard output', "-")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", EXIT_CODES);
}

const EXIT_CODES = `
Exit codes: 0 written, 1 the report allows no statement, 2 the report could not be read, or wrong usage.
`;

function day(text: string): string {
  if (isDay(text)) return text;
  throw new InvalidArgumentError("It must be a day of the calendar, such as 2027-06-30.");
}

/** A version may be one digit and an address short, which are placeholders elsewhere. */
function words(text: string): string {
  if (/[\d@]/.test(text) || !isPlaceholder(text)) return text;
  throw new InvalidArgumentError("It is blank or a placeholder: give the real value.");
}
