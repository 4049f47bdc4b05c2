import { isAbsolute, join, relative } from "node:path";
import type { Command, Option } from "commander";
import { ConfigError, type LoadedConfig, nearest } from "../index.js";
import { STDOUT } from "./outputs.js";
import { UsageError } from "./usage-error.js";

/** Options that a configuration and the environment may give too, by their long names. */
const SETTINGS = [
  "claim",
  "fail-on",
  "complete",
  "allow-empty",
  "redact",
  "unwrap",
  "mapping",
  "schemas",
  "invariants",
  "extra-invariants",
  "findings",
  "rejected",
  "baseline",
  "allow-stale",
  "show",
  "max-reported",
  "quiet",
  "max-findings",
  "max-record-bytes",
  "max-state",
  "jobs",
] as const;
const LISTS: readonly string[] = ["claim", "mapping", "invariants", "extra-invariants"];
const PATHS: readonly string[] = [
  "mapping",
  "schemas",
  "invariants",
  "extra-invariants",
  "findings",
  "rejected",
  "baseline",
];

/**
 * Gives options that neither the command line nor the environment says the values of a configuration.
 *
 * @throws ConfigError where an option can make nothing of one
 */
export function applyConfig(program: Command, config: LoadedConfig): void {
  const { folder, values } = config;
  for (const [name, option] of settingsOf(program)) {
    const value = values[name];
    if (value === undefined) continue;
    const texts = [value].flat().map(String);
    const placed = PATHS.includes(name) ? texts.map((path) => fromFolder(folder, path)) : texts;
    const refusal = (reason: string): Error => configError(config, `/${name}`, `${name}: ${reason}`);
    const own = option.isBoolean() ? value : parsed(option, placed, LISTS.includes(name), refusal);
    give(program, option, own, "config", ["default"]);
  }
}

const PREFIX = "MPLP_CHECK_";
/** Variables that are no options: the configuration, and what the templates for CI services tell themselves. */
const OTHER_VARIABLES = ["CONFIG", "PATHS", "VERSION"];
const VARIABLES: readonly string[] = [...SETTINGS.map(inCapitals), ...OTHER_VARIABLES].map(
  (name) => `${PREFIX}${name}`,
);

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

function inCapitals(name: string): string {
  return name.replaceAll("-", "_").toUpperCase();
}

/**
 * Gives options that the command line leaves open the values of the environment: MPLP_CHECK_FAIL_ON and so on.
 *
 * @throws UsageError where an option can make nothing of one
 */
export function applyEnvironment(program: Command, env: NodeJS.ProcessEnv): void {
  for (const [name, option] of settingsOf(program)) {
    const variable = `${PREFIX}${inCapitals(name)}`;
    const text = env[variable];
    if (text === undefined || text === "") continue;
    const isList = LISTS.includes(name);
    const texts = isList ? text.split(",").map((part) => part.trim()) : [text];
    const refusal = (reason: string): Error => new UsageError(`${variable}: ${reason}`);
    const value = option.isBoolean() ? truth(text, variable) : parsed(option, texts, isList, refusal);
    give(program, option, value, "env", ["default", "config"]);
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

/** The settings that a command has an option for. */
function settingsOf(program: Command): (readonly [name: (typeof SETTINGS)[number], option: Option])[] {
  return SETTINGS.flatMap((name) => {
    const option = program.options.find(({ long }) => long === `--${name}`);
    return option === undefined ? [] : [[name, option] as const];
  });
}

function give(
  program: Command,
  option: Option,
  value: unknown,
  source: string,
  weaker: readonly string[],
): void {
  const name = option.attributeName();
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
function parsed(
  option: Option,
  texts: readonly string[],
  isList: boolean,
  refusal: (reason: string) => Error,
): unknown {
  const { parseArg } = option;
  if (parseArg === undefined) return texts[0];
  try {
    return texts.reduce<unknown>(
      (value, text) => parseArg.call(option, text, value),
      isList ? [] : undefined,
    );
  } catch (error) {
    throw refusal(error instanceof Error ? error.message : String(error));
  }
}
