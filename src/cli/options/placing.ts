import type { FormatName } from "../../index.js";
import { contradicts, formatFor } from "../format-endings.js";
import { STDOUT } from "../outputs.js";
import { UsageError } from "../usage-error.js";

/** One report to write: its format and where it goes. */
export interface Output {
  readonly format: FormatName;
  readonly file: string;
}

/** What --format and --output said, in their order: a file belongs to the format before it. */
export type OutputPlacing = { format?: FormatName; file?: string }[];

/**
 * Pairs each --output with the --format before it. A format without one goes to standard output; an --output without a
 * format takes that of its ending.
 *
 * @throws UsageError where two go to one place, an ending contradicts its format or has none, or an --output stands
 * before its format
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
    else
      throw new UsageError(
        `two --output for the format ${last.format}: name the format of ${each.file} with another -f before it`,
      );
  }
  return pairs;
}

/** If a user puts a file before the format, the file is meant for that format. */
function refuseEarly(pairs: OutputPlacing): void {
  const early = pairs.findIndex(({ format }) => format === undefined);
  const late = pairs.find(
    ({ format, file }, index) => early !== -1 && index > early && format && file === undefined,
  );
  if (late === undefined) return;
  const { format = "text" } = late;
  const file = pairs[early]?.file ?? "";
  // Where the ending asks for another format, two reports are meant.
  const meant = contradicts(format, file)
    ? `-f ${formatFor(file)} -o ${file} -f ${format}`
    : `-f ${format} -o ${file}`;
  throw new UsageError(`--output ${file} stands before --format ${format}; say ${meant}`);
}

function refuseContradiction({ format, file }: Output): void {
  if (!contradicts(format, file)) return;
  throw new UsageError(
    `${file} does not look like a report of the format ${format}; give it another ending or another --format`,
  );
}
