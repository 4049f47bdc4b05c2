import { Command, InvalidArgumentError, Option } from "commander";
import {
  DEFAULT_MAX_FINDINGS,
  DEFAULT_MAX_STATE,
  DEFAULT_RECORD_LIMIT,
  defaultJobs,
  type FailOn,
  FORCED_KINDS,
  type ForcedKind,
  type FormatName,
  type LoadedConfig,
  loadConfig,
  STDIN,
  VERSION,
} from "../index.js";
import { CARRIER_NOUNS, isCarrierName, type Unwrap } from "../model/carriers.js";
import { CLAIM_NAMES, type ClaimName } from "../model/claim.js";
import { refuseBeyond, refuseForeign } from "./confinement.js";
import {
  addReportOptions,
  failOnOption,
  type Output,
  type OutputPlacing,
  outputsOf,
  type Presentation,
} from "./output-options.js";
import { STDOUT } from "./outputs.js";
import { allChosen, parse, positive } from "./parse.js";
import { applyConfig, applyEnvironment, fromFolder, refuseUnknown } from "./settings.js";
import type { Streams } from "./streams.js";
import { UsageError } from "./usage-error.js";

/** A command line, understood. */
export interface Invocation extends Presentation {
  readonly paths: readonly string[];
  readonly outputs: readonly Output[];
  readonly claims: readonly ClaimName[];
  readonly kinds: Readonly<Record<string, ForcedKind>>;
  readonly failOn: FailOn;
  readonly complete: boolean;
  readonly allowEmpty: boolean;
  readonly redact: boolean;
  readonly unwrap: Unwrap;
  readonly maxFindings: number;
  readonly maxRecordBytes: number;
  readonly maxState: number;
  readonly jobs: number;
  readonly color: boolean;
  readonly findings?: string;
  /** Where invalid integration events go. */
  readonly rejected?: string;
  readonly stdinName?: string;
  /** States of earlier runs that this one goes on from. */
  readonly stateIn?: readonly string[];
  /** Where this run's own goes. */
  readonly stateOut?: string;
  /** A file of findings that do not count. */
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly pruneBaseline: boolean;
  readonly allowStale: boolean;
  readonly configuration?: LoadedConfig;
  readonly schemas?: string;
  readonly invariants?: readonly string[];
  readonly extraInvariants?: readonly string[];
}

const EXAMPLES = `
Examples:
  mplp-check events.ndjson                       check one log
  mplp-check logs/ 'more/**/*.ndjson.gz'         folders and globs; several logs form one log
  my-runtime | mplp-check -                      check standard input
  mplp-check audit/ --claim runtime              audit a claim: log, mapping, snapshots, samples
  mplp-check init mapping --from-log e.ndjson    write a mapping document to fill in
  mplp-check events.ndjson -f json -o run.json   write the report as JSON
  mplp-check events.ndjson --fail-on should      let SHOULD findings fail the run too
  mplp-check merge a.state b.state               judge what several machines have checked
  mplp-check explain PS-4.1-2                    what a clause or a rule asks for, with examples

Commands: rules, explain ID, init mapping, report RUN.json, merge STATE..., completion SHELL,
help, version; each has its --help.

Exit codes: 0 nothing at or above --fail-on, 1 violations, 2 could not check, 3 inconclusive.
`;

/** What commander gathers; the rest of an invocation is read from the arguments themselves. */
type Flags = Omit<Invocation, "paths" | "outputs" | "claims" | "kinds" | "configuration"> & {
  readonly claim: readonly ClaimName[];
  readonly as?: Invocation["kinds"];
  readonly mapping?: readonly string[];
  readonly config?: string | false;
  readonly observationsOut?: string;
};

/** What a command line says besides what is to be read. */
export type Telling = Omit<Invocation, "paths" | "kinds">;

/**
 * Reads a command line (without node and script), the environment and the configuration, in this order.
 *
 * @throws UsageError, ConfigError
 */
export async function readInvocation(
  args: readonly string[],
  { env }: Pick<Streams, "env">,
): Promise<Invocation | "list-clauses"> {
  const placing: OutputPlacing = [];
  const program = parse(checkCommand(placing), args);
  if (program.opts<{ listClauses: boolean }>().listClauses) return "list-clauses";
  const telling = await tellingOf(program, placing, env);
  const { as = {}, mapping: mappings = [] } = program.opts<Flags>();
  const kinds = { ...as, ...Object.fromEntries(mappings.map((file) => [file, "mapping" as const])) };
  const named = program.args.length > 0 ? program.args : pathsIn(telling.configuration);
  const paths = [...new Set([...named, ...Object.keys(kinds)])];
  if (paths.length === 0 && telling.stateIn === undefined) throw nothingNamed(telling.configuration);
  return { ...telling, kinds, paths };
}

function nothingNamed(configuration: LoadedConfig | undefined): UsageError {
  const why = configuration === undefined ? "" : ` (${configuration.file} has no paths)`;
  return new UsageError(`nothing to check${why}: name a log or a folder, or - for standard input`);
}

/**
 * What a command that checks is told: by its arguments, else by the environment, else by the configuration.
 *
 * @throws UsageError, ConfigError
 */
export async function tellingOf(
  program: Command,
  placing: OutputPlacing,
  env: NodeJS.ProcessEnv,
): Promise<Telling> {
  refuseUnknown(env);
  applyEnvironment(program, env);
  const configuration = await configurationFor(program.opts<Flags>().config, env);
  if (configuration !== undefined) applyConfig(program, configuration);
  const isFound = configuration?.origin === "found";
  if (isFound) await refuseBeyond(configuration);
  const { claim: claims, as: _as, mapping: _mapping, config: _config, ...flags } = program.opts<Flags>();
  const { observationsOut, stateOut = observationsOut, ...rest } = flags;
  if (observationsOut !== undefined && stateOut !== observationsOut)
    throw new UsageError("--state-out and --observations-out are one thing; give one of them");
  if (rest.findings !== undefined && rest.stateIn !== undefined)
    throw new UsageError("--findings does not go with --state-in: a state has no single occurrences");
  if (rest.rejected !== undefined && rest.stateIn !== undefined)
    throw new UsageError("--rejected does not go with --state-in: a state has no single events");
  if (rest.rejected === STDOUT) throw new UsageError("--rejected needs a file");
  if (rest.stdinName === "") throw new UsageError("--stdin-name is empty");
  if (stateOut === STDOUT) throw new UsageError("--state-out needs a file");
  for (const file of [rest.findings, rest.rejected, rest.baseline, rest.writeBaseline, stateOut])
    refuseNoFile(file);
  const isPlaced = placing.length > 0;
  if (!isPlaced) placing.push(...placingIn(configuration));
  const outputs = rest.findings === STDOUT && placing.length === 0 ? [] : outputsOf(placing);
  if (rest.findings === STDOUT && outputs.some(({ file }) => file === STDOUT))
    throw new UsageError(
      "--findings - and a report cannot both go to standard output; give the report an --output",
    );
  if (isFound) {
    const configured = (name: "findings" | "rejected"): string | undefined =>
      program.getOptionValueSource(name) === "config" && rest[name] !== STDOUT ? rest[name] : undefined;
    await refuseForeign(configuration, isPlaced ? [] : outputs, {
      findings: configured("findings"),
      rejected: configured("rejected"),
    });
  }
  return {
    ...rest,
    claims,
    outputs,
    ...(stateOut !== undefined && { stateOut }),
    ...(configuration && { configuration }),
  };
}

/** The configuration that is named, or that of the working folder; none where none is wanted. */
async function configurationFor(
  named: string | false | undefined,
  env: NodeJS.ProcessEnv,
): Promise<LoadedConfig | undefined> {
  if (named === false) return undefined;
  return loadConfig(named ?? (env.MPLP_CHECK_CONFIG || undefined), process.cwd());
}

function pathsIn(configuration: LoadedConfig | undefined): readonly string[] {
  if (configuration === undefined) return [];
  const { folder, values } = configuration;
  return [values.paths ?? []].flat().map((path) => (path === STDIN ? path : fromFolder(folder, path)));
}

function placingIn(configuration: LoadedConfig | undefined): OutputPlacing {
  if (configuration === undefined) return [];
  const { folder, values } = configuration;
  return (values.output ?? []).flatMap(({ format: name, file }) => {
    // The schema of configurations enumerates them.
    const format = name as FormatName;
    if (file === undefined) return [{ format }];
    return [{ format }, { file: file === STDOUT ? file : fromFolder(folder, file) }];
  });
}

function refuseNoFile(file: string | undefined): void {
  if (file === "") throw new UsageError("an output file has no name");
}

/** The command line without a command's name: `mplp-check [paths...]`. */
export function checkCommand(placing: OutputPlacing): Command {
  const program = new Command("mplp-check")
    .description("Checks MPLP v1.0.0 event logs: judges every clause, cites every finding.")
    .argument(
      "[paths...]",
      'files, folders, globs, or "-" for standard input; gzip and zstd are read as they are',
    )
    .optionsGroup("Reports:");
  return addReportOptions(program, placing)
    .option("--findings <file>", "write every place of every finding as NDJSON; - is standard output")
    .option(
      "--rejected <file>",
      "write every invalid integration event, with what is wrong with it, as NDJSON",
    )
    .optionsGroup("What is checked:")
    .addOption(
      new Option(
        "--claim <name>",
        "what the evidence must demonstrate; repeatable, or a list: runtime,integration",
      )
        .choices(CLAIM_NAMES)
        .argParser(claimParser)
        .default([], "no claim"),
    )
    .optionsGroup("What counts:")
    .addOption(failOnOption())
    .option("--baseline <file>", "findings that were there before do not count")
    .option("--write-baseline <file>", "write the findings of this run as a baseline, and end with 0")
    .option("--prune-baseline", "take findings that are there no more out of the baseline", false)
    .option("--allow-stale", "a waiver or baseline entry that matches nothing is a note, no error", false)
    .option("--config <file>", "default: mplp-check.yaml of this folder or the nearest above")
    .option("--no-config", "use no configuration")
    .optionsGroup("What is checked:")
    .option("--complete", "the log covers the whole run: open obligations become violations", false)
    .option("--allow-empty", "a log that is named may hold no record", false)
    .addOption(
      new Option("--mapping <file>", "read this file as the ModulePSG mapping; repeatable").argParser(
        gathered,
      ),
    )
    .addOption(
      new Option(
        "--as <kind:path>",
        `read a path as one of ${FORCED_KINDS.join(", ")}; repeatable`,
      ).argParser(kindAndPath),
    )
    .addOption(
      new Option(
        "--unwrap <what>",
        "take events out of what carries them: auto, none, a carrier, or a JSON pointer",
      )
        .argParser(unwrapping)
        .default("auto"),
    )
    .optionsGroup("Reports:")
    .option(
      "--redact",
      "mask values, ids and names that MPLP does not know; secrets are masked always",
      false,
    )
    .optionsGroup("What is checked:")
    .option("--schemas <dir>", "use these schemas, laid out like the official schemas/v2")
    .option("--invariants <path>", "use these invariants, a file or a folder; repeatable", gathered)
    .option("--extra-invariants <path>", "check these too; they change no verdict; repeatable", gathered)
    .optionsGroup("Parts of a log:")
    .option("--stdin-name <name>", 'what standard input is called in the report, instead of "-"')
    .option(
      "--state-in <file>",
      "go on from the state of an earlier run, as if its inputs came first; repeatable",
      gathered,
    )
    .option("--state-out <file>", "write the state of this run; .gz is compressed")
    .option("--observations-out <file>", "the same: what a part of a log leaves to mplp-check merge")
    .optionsGroup("Limits:")
    .option(
      "--max-findings <n>",
      "locations listed per finding; counting never stops",
      positive,
      DEFAULT_MAX_FINDINGS,
    )
    .option("--max-record-bytes <n>", "largest record that is read", positive, DEFAULT_RECORD_LIMIT)
    .addOption(
      new Option(
        "--max-state <size>",
        "memory for rules that compare events, e.g. 500MB; beyond it they end undecided",
      )
        .argParser(byteSize)
        .default(DEFAULT_MAX_STATE, "4GB"),
    )
    .addOption(
      new Option("--jobs <n>", "threads that check a large log; the report does not depend on it")
        .argParser(positive)
        .default(defaultJobs(), "one a core"),
    )
    .optionsGroup("Other:")
    .option("--list-clauses", "list the clauses that a report speaks of", false)
    .version(VERSION, "-v, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", EXAMPLES);
}

function claimParser(given: string, earlier: readonly ClaimName[]): readonly ClaimName[] {
  return [...new Set([...earlier, ...allChosen(CLAIM_NAMES, given)])];
}

function kindAndPath(
  text: string,
  earlier: Readonly<Record<string, ForcedKind>> = {},
): Readonly<Record<string, ForcedKind>> {
  const kind = FORCED_KINDS.find((known) => text.startsWith(`${known}:`));
  const path = kind === undefined ? "" : text.slice(kind.length + 1);
  if (kind === undefined || path === "")
    throw new InvalidArgumentError(`It must be KIND:PATH, with a KIND of ${FORCED_KINDS.join(", ")}.`);
  return { ...earlier, [path]: kind };
}

function unwrapping(text: string): Unwrap {
  if (text === "auto" || text === "none" || isCarrierName(text)) return text;
  if (text.length <= 1000 && /^\/(?:[^~]|~[01])*$/s.test(text)) return text as `/${string}`;
  const names = Object.keys(CARRIER_NOUNS).join(", ");
  throw new InvalidArgumentError(`It must be auto, none, ${names}, or a JSON pointer such as /detail.`);
}

function gathered(path: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, path];
}

const UNITS: Readonly<Record<string, number>> = { "": 1, K: 1e3, M: 1e6, G: 1e9 };

function byteSize(text: string): number {
  const [, digits = "", unit = ""] = /^(\d{1,15}(?:\.\d{1,3})?)([KMG]?)B?$/i.exec(text) ?? [];
  const bytes = Math.floor(Number(digits) * (UNITS[unit.toUpperCase()] ?? Number.NaN));
  if (digits === "" || bytes < 1) throw new InvalidArgumentError("It must be a size, such as 500MB or 4GB.");
  return bytes;
}
