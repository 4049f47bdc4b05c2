import { access } from "node:fs/promises";
import { Command } from "commander";
import { type ExitCode, initMapping } from "../index.js";
import { say } from "./diagnostics.js";
import { STDOUT, writeFileWhole, writeStdout } from "./outputs.js";
import { parse } from "./parse.js";
import { UsageError } from "./usage-error.js";

const DEFAULT_FILE = "mapping.yaml";

export function initCommand(): Command {
  return new Command("mplp-check init")
    .description("Writes a ModulePSG mapping document to fill in.")
    .argument("<what>", "mapping")
    .option("--from-log <file>", 'fill in what a log shows; "-" is standard input')
    .option("-o, --output <file>", 'where to write it; "-" is standard output', DEFAULT_FILE)
    .helpOption("-h, --help", "print this help");
}

/**
 * Runs `mplp-check init mapping`: writes a mapping document to fill in.
 *
 * @param args the arguments after "init"
 * @throws UsageError where they cannot be followed, or a file is in the way
 */
export async function init(args: readonly string[]): Promise<ExitCode> {
  const program = parse(initCommand(), args);
  if (program.args[0] !== "mapping") throw new UsageError("error: only a mapping can be initialised\n");
  const { fromLog, output } = program.opts<{ fromLog?: string; output: string }>();
  if (output !== STDOUT && (await exists(output))) throw new UsageError(`error: ${output} exists already\n`);
  const skeleton = await initMapping(fromLog);
  if (output === STDOUT) {
    await writeStdout([skeleton]);
    return 0;
  }
  await writeFileWhole(output, [skeleton]);
  say(`wrote ${output}: change it to what the runtime does`);
  return 0;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
