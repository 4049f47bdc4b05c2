import { access } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Argument, Command } from "commander";
import { type ExitCode, initMapping, isReadError, publishedAt, whyNotRead } from "../index.js";
import { CONFIG_TEMPLATE } from "./config-template.js";
import { say } from "./diagnostics.js";
import { STDOUT, writeFileWhole, writeStdout } from "./outputs.js";
import { parse } from "./parse.js";
import type { Streams } from "./streams.js";
import { UsageError } from "./usage-error.js";

/** What can be written to begin with. */
export const INITIAL = ["config", "mapping"] as const;

interface Initial {
  readonly file: string;
  /** The schema by which editors complete and check the file. */
  readonly schema: string;
  readonly advice: string;
  text(fromLog: string | undefined): Promise<string>;
}

const INITIALS: Readonly<Record<(typeof INITIAL)[number], Initial>> = {
  config: {
    file: "mplp-check.yaml",
    schema: "config.schema.json",
    advice: "remove the # from the settings that you want; every run in this folder and below uses them",
    text: async (fromLog) => {
      if (fromLog !== undefined) throw new UsageError("--from-log is for init mapping only");
      return CONFIG_TEMPLATE;
    },
  },
  mapping: {
    file: "mapping.yaml",
    schema: "mapping.schema.json",
    advice: "change it to what the runtime does",
    text: mappingFrom,
  },
};

/** @throws UsageError where the log cannot be read, NoEvents */
async function mappingFrom(log: string | undefined): Promise<string> {
  return initMapping(log).catch(async (error: unknown) => {
    if (log === undefined || !isReadError(error)) throw error;
    throw new UsageError(`${log}: ${await whyNotRead(log, error)}; --from-log takes one log`);
  });
}

export function initCommand(): Command {
  return new Command("mplp-check init")
    .description("Writes a configuration (mplp-check.yaml) or a ModulePSG mapping document to fill in.")
    .addArgument(new Argument("<what>", "what to write").choices(INITIAL))
    .option("--from-log <file>", 'mapping: fill in what a log shows; "-" is standard input')
    .option(
      "-o, --output <file>",
      'where to write it; "-" is standard output (default: mplp-check.yaml, mapping.yaml)',
    )
    .helpOption("-h, --help", "print this help");
}

/**
 * Runs `mplp-check init config` or `init mapping`: writes a file to fill in.
 *
 * @param args the arguments after "init"
 * @throws UsageError where they cannot be followed, or a file is in the way
 */
export async function init(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const program = parse(initCommand(), args);
  const [what] = program.args as [(typeof INITIAL)[number]];
  const { file, schema, advice, text } = INITIALS[what];
  const { fromLog, output = file } = program.opts<{ fromLog?: string; output?: string }>();
  if (output !== STDOUT && (await exists(output)))
    throw new UsageError(`${output} exists already: remove it, or name another file with --output`);
  const written = [
    `# yaml-language-server: $schema=${await addressOf(schema, output)}\n`,
    await text(fromLog),
  ];
  if (output === STDOUT) {
    await writeStdout(written, streams);
    return 0;
  }
  await writeFileWhole(output, written);
  say(streams, `wrote ${output}: ${advice}`);
  return 0;
}

/** Where an editor finds a schema: in the project's own packages, or else in the repository. */
async function addressOf(schema: string, output: string): Promise<string> {
  const own = `node_modules/mplp-check/schemas/${schema}`;
  if (await exists(join(output === STDOUT ? "." : dirname(output), own))) return `./${own}`;
  return publishedAt(`schemas/${schema}`);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
