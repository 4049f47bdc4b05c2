import type { Command } from "commander";
import { type ForcedKind, type FormatName, type LoadedConfig, loadConfig, STDIN } from "../../index.js";
import type { ClaimName } from "../../model/claim.js";
import { checkCommand } from "../check-command.js";
import { STDOUT } from "../outputs.js";
import { parse } from "../parse.js";
import type { Streams } from "../streams.js";
import { UsageError } from "../usage-error.js";
import { otherOnStdout, refuseCombinations, refuseMixed } from "./combinations.js";
import { refuseBeyond, refuseForeign } from "./confinement.js";
import { type Output, type OutputPlacing, outputsOf } from "./placing.js";
import { applyConfig, applyEnvironment, fromFolder, refuseUnknown } from "./settings.js";
import type { OptionValues } from "./table.js";

/** Options that several values share, or whose value has another name. */
type Understood = "as" | "claim" | "config" | "listClauses" | "mapping" | "observationsOut" | "placing";

/** What a command line says about how to judge. */
export interface Judging extends Omit<OptionValues, Understood> {
  readonly claims: readonly ClaimName[];
  readonly configuration?: LoadedConfig;
}

/** What a command line says besides what is to be read. */
export interface Telling extends Judging {
  readonly outputs: readonly Output[];
}

/** A command line, understood. */
export interface Invocation extends Telling {
  readonly paths: readonly string[];
  readonly kinds: Readonly<Record<string, ForcedKind>>;
}

/**
 * Reads a command line (without node and script), the environment and the configuration, in this order.
 *
 * @throws UsageError, ConfigError
 */
export async function readInvocation(
  args: readonly string[],
  { env }: Pick<Streams, "env">,
): Promise<Invocation | "list-clauses"> {
  const program = parse(checkCommand(), args);
  if (program.opts<OptionValues>().listClauses) {
    const [path] = program.args;
    if (program.opts<OptionValues>().placing !== undefined)
      throw new UsageError("--list-clauses writes a list and no report: leave out --format and --output");
    if (path === undefined) return "list-clauses";
    throw new UsageError(`--list-clauses reads nothing: leave it out, or leave out ${path}`);
  }
  const telling = await tellingOf(program, env);
  const kinds = kindsIn(program.opts<OptionValues>());
  const paths = pathsOf(program, kinds, telling.configuration);
  if (paths.length === 0 && telling.stateIn === undefined) throw nothingNamed(telling.configuration);
  refuseIdleName(telling, paths);
  return { ...telling, kinds, paths };
}

/** The paths that the arguments, or else the configuration, name. */
export function pathsOf(
  { args }: Command,
  kinds: Invocation["kinds"],
  configuration: LoadedConfig | undefined,
): readonly string[] {
  const named = args.length > 0 ? args : pathsIn(configuration);
  return [...new Set([...named, ...Object.keys(kinds)])];
}

/** The paths whose kind a command line says. */
export function kindsIn({ as = {}, mapping = [] }: OptionValues): Invocation["kinds"] {
  return { ...as, ...Object.fromEntries(mapping.map((file) => [file, "mapping" as const])) };
}

/** @throws UsageError where standard input has a name and is not read */
export function refuseIdleName(
  { stdinName }: Pick<OptionValues, "stdinName">,
  paths: readonly string[],
): void {
  if (stdinName !== undefined && !paths.includes(STDIN))
    throw new UsageError("--stdin-name names standard input, which is not read: name it too, as -");
}

export function nothingNamed(configuration: LoadedConfig | undefined): UsageError {
  const why = configuration === undefined ? "" : ` (${configuration.file} has no paths)`;
  return new UsageError(`nothing to check${why}: name a log or a folder, or - for standard input`);
}

/**
 * What a command that checks is told: by its arguments, else by the environment, else by the configuration.
 *
 * @throws UsageError, ConfigError
 */
export async function tellingOf(program: Command, env: NodeJS.ProcessEnv): Promise<Telling> {
  const judging = await judgingOf(program, env);
  const { configuration } = judging;
  const values = program.opts<OptionValues>();
  const outputs = outputsFor(values, configuration);
  refuseMixed(values, outputs);
  if (configuration?.origin === "found") await refuseForeign(configuration, program, outputs);
  return { ...judging, outputs };
}

/**
 * The same for a command that judges and writes no report.
 *
 * @throws UsageError, ConfigError
 */
export async function judgingOf(program: Command, env: NodeJS.ProcessEnv): Promise<Judging> {
  refuseUnknown(env);
  applyEnvironment(program, env);
  const configuration = await configurationFor(program);
  if (configuration !== undefined) applyConfig(program, configuration);
  if (configuration?.origin === "found") await refuseBeyond(configuration);
  const values = program.opts<OptionValues>();
  refuseCombinations(values);
  return { ...understood(values), ...(configuration && { configuration }) };
}

/** Values by the names that a run knows them by. */
function understood(values: OptionValues): Omit<Judging, "configuration"> {
  const { as: _as, config: _config, listClauses: _list, mapping: _mapping, placing: _, ...told } = values;
  const { claim: claims, observationsOut, stateOut = observationsOut, ...others } = told;
  return { ...others, claims, ...(stateOut !== undefined && { stateOut }) };
}

/** The configuration that is named, or that of the working folder; none where none is wanted. */
async function configurationFor(program: Command): Promise<LoadedConfig | undefined> {
  const { config } = program.opts<OptionValues>();
  refuseBoth(program);
  return config === false ? undefined : loadConfig(config, process.cwd());
}

/** @throws UsageError where a command line names a configuration and wants none */
function refuseBoth({ rawArgs }: Command & { readonly rawArgs?: readonly string[] }): void {
  const end = rawArgs?.indexOf("--") ?? -1;
  const own = rawArgs?.slice(0, end < 0 ? undefined : end) ?? [];
  if (own.includes("--no-config") && own.some((arg) => /^--config(?:=|$)/.test(arg)))
    throw new UsageError("--config and --no-config contradict each other: give one of them");
}

function pathsIn(configuration: LoadedConfig | undefined): readonly string[] {
  if (configuration === undefined) return [];
  const { folder, values } = configuration;
  return [values.paths ?? []].flat().map((path) => (path === STDIN ? path : fromFolder(folder, path)));
}

/** The reports to write; none if `--findings -` or `--state-out -` is the only output. */
function outputsFor(values: OptionValues, configuration: LoadedConfig | undefined): Output[] {
  const placed = values.placing ?? placingIn(configuration);
  return otherOnStdout(values) !== undefined && placed.length === 0 ? [] : outputsOf(placed);
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
