import { isAbsolute, join, relative } from "node:path";
import type { Command } from "commander";
import { ConfigError, type LoadedConfig, nearest } from "../../index.js";
import { STDOUT } from "../outputs.js";
import { parse } from "../parse.js";
import type { Streams } from "../streams.js";
import { UsageError } from "../usage-error.js";
import type { Kind } from "./kinds.js";
import type { Elsewhere } from "./row.js";
import { type NamedRow, OPTIONS } from "./table.js";

/**
 * Gives options that neither the command line nor the environment says the values of a configuration.
 *
 * @throws ConfigError where an option can make nothing of one
 */
export function applyConfig(program: Command, config: LoadedConfig): void {
  const { folder, values } = config;
  for (const { name, kind, gives } of settingsOf(program, "configuration")) {
    const value = values[name];
    if (value === undefined) continue;
    const texts = [value].flat().map(String);
    const placed = kind.isPath === true ? texts.map((path) => fromFolder(folder, path)) : texts;
    const refusal = (reason: string): Error => configError(config, `/${name}`, `${name}: ${reason}`);
    const own = kind.parse === undefined ? value : parsed(kind, placed, refusal);
    give(program, gives, own, "config", ["default"]);
  }
}

const PREFIX = "MPLP_CHECK_";

/** The variable that says an option. */
export function variableOf(name: string): string {
  return `${PREFIX}${name.replaceAll("-", "_").toUpperCase()}`;
}

/** What the templates for CI services tell themselves. */
const OF_TEMPLATES = ["paths"];
const VARIABLES = [...rowsSaidIn("environment").map(({ name }) => name), ...OF_TEMPLATES].map(variableOf);

/**
 * A variable that is misspelled would change nothing, without a word.
 *
 * @throws UsageError where there is one that means nothing
 */
export function refuseUnknown(env: NodeJS.ProcessEnv): void {
  for (const variable of Object.keys(env)) {
    if (!variable.startsWith(PREFIX) || VARIABLES.includes(variable)) continue;
    const meant = nearest(variable.toUpperCase(), VARIABLES);
    const advice = meant === undefined ? "unset it" : `did you mean ${meant}?`;
    throw new UsageError(`there is no variable ${variable}; ${advice}`);
  }
}

/**
 * Reads the arguments of a command that takes no configuration, and the environment for the options that they leave
 * open.
 *
 * @throws UsageError, HelpAsked
 */
export function parseWithEnvironment(
  command: Command,
  args: readonly string[],
  { env }: Pick<Streams, "env">,
): Command {
  const program = parse(command, args);
  refuseUnknown(env);
  applyEnvironment(program, env);
  return program;
}

/**
 * Gives options that the command line leaves open the values of the environment: MPLP_CHECK_FAIL_ON and so on.
 *
 * @throws UsageError where an option can make nothing of one
 */
export function applyEnvironment(program: Command, env: NodeJS.ProcessEnv): void {
  for (const { name, kind, gives } of settingsOf(program, "environment")) {
    const variable = variableOf(name);
    const text = env[variable];
    if (text === undefined || text === "") continue;
    const texts = kind.repeats === undefined ? [text] : text.split(",").map((part) => part.trim());
    const refusal = (reason: string): Error => new UsageError(`${variable}: ${reason}`);
    const value = kind.parse === undefined ? truth(text, variable) : parsed(kind, texts, refusal);
    give(program, gives, value, "env", ["default", "config"]);
  }
}

/** What is wrong with the value that a JSON pointer names. */
export function configError({ file, placeOf }: LoadedConfig, pointer: string, message: string): ConfigError {
  const { line, column } = placeOf(pointer);
  return new ConfigError(`${file}:${line}:${column}: ${message}`);
}

/** A path of a configuration as seen from the working folder; an absolute one stays as it is. */
export function fromFolder(folder: string, path: string): string {
  return isAbsolute(path) || path === STDOUT ? path : join(relative(process.cwd(), folder), path);
}

/** The options that may be said there too. */
export function rowsSaidIn(place: Elsewhere): readonly NamedRow[] {
  return OPTIONS.filter(({ elsewhere = [] }) => elsewhere.includes(place));
}

/** Those of them that a command has. */
function settingsOf({ options }: Command, place: Elsewhere): readonly NamedRow[] {
  return rowsSaidIn(place).filter(({ name }) => options.some(({ long }) => long === `--${name}`));
}

function give(
  program: Command,
  name: string,
  value: unknown,
  source: string,
  weaker: readonly string[],
): void {
  const present = program.getOptionValueSource(name);
  if (present === undefined || weaker.includes(present))
    program.setOptionValueWithSource(name, value, source);
}

function truth(text: string, variable: string): boolean {
  if (/^(?:1|true|yes)$/i.test(text)) return true;
  if (/^(?:0|false|no)$/i.test(text)) return false;
  throw new UsageError(`${variable} must be true or false`);
}

/** What an option makes of the texts of a list, or of the one that it has. */
function parsed(kind: Kind<unknown>, texts: readonly string[], refusal: (reason: string) => Error): unknown {
  const none = kind.repeats === undefined ? undefined : [];
  try {
    return texts.reduce<unknown>((value, text) => kind.parse?.(text, value), none);
  } catch (error) {
    throw refusal(error instanceof Error ? error.message : String(error));
  }
}
