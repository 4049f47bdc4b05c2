import type { Surface } from "../index.js";
import { FailedOutputs } from "./failed-outputs.js";
import { type OutputPlacing, outputsOf } from "./options/placing.js";
import { STDOUT, writeFileWhole, writeStdout } from "./outputs.js";
import { screen } from "./screen.js";
import type { Streams } from "./streams.js";
import { UsageError } from "./usage-error.js";

/** One output of a command whose formats are not those of reports. */
export interface OwnOutput<Name extends string> {
  readonly format: Name;
  readonly file: string;
}

/**
 * Where a command writes, and in which of its own formats.
 *
 * @param subject what it writes, with its verb: "a trend is"
 * @throws UsageError where the ending of a file asks for another format
 */
export function ownOutputsOf<Name extends string>(
  placing: OutputPlacing,
  names: readonly Name[],
  subject: string,
): readonly OwnOutput<Name>[] {
  return outputsOf(placing).map(({ format, file }) => {
    const name = names.find((known) => known === format);
    if (name !== undefined) return { format: name, file };
    throw new UsageError(`${file}: ${subject} written as ${names.join(", ")}; name one with -f`);
  });
}

/**
 * Renders what a command has made, and writes it to each of its outputs.
 *
 * @throws OutputError for those that could not be written, once all others are
 */
export async function writeInOwnFormats<Made, Name extends string>(
  made: Made,
  outputs: readonly OwnOutput<Name>[],
  formats: Readonly<Record<Name, (made: Made, surface: Surface) => Iterable<string>>>,
  streams: Streams,
): Promise<void> {
  const failed = new FailedOutputs();
  for (const { format, file } of outputs) {
    const isStdout = file === STDOUT;
    const text = formats[format](made, isStdout ? await screen(streams) : { color: false });
    await failed.attempt(() => (isStdout ? writeStdout(text, streams) : writeFileWhole(file, text)));
  }
  failed.throwIfAny();
}
