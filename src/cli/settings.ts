import { isAbsolute, join, relative } from "node:path";
import type { Command, Option } from "commander";
import type { LoadedConfig } from "../index.js";
import { UsageError } from "./usage-error.js";

/** Options that a configuration and the environment may give too, by their long names. */
const SETTINGS = [
  "claim",
  "fail-on",
  "complete",
  "redact",
  "mapping",
  "schemas",
  "invariants",
  "extra-invariants",
  "findings",
  "baseline",
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
  "baseline",
];

/** Gives options that neither the command line nor the environment says the values of a configuration. */
export function applyConfig(program: Command, { folder, values }: LoadedConfig): void {
  for (const [name, option] of settingsOf(program)) {
    const value = values[name];
    if (value === undefined) continue;
    const given = typeof value === "object" ? value : [value];
    const placed = PATHS.includes(name) ? given.map((path) => fromFolder(folder, String(path))) : given;
    const own = name === "max-state" ? option.parseArg?.(String(value), undefined) : placed[0];
    give(program, option, LISTS.includes(name) ? placed : own, "config", ["default"]);
  }
}

/** Gives options that the command line leaves open the values of the environment: MPLP_CHECK_FAIL_ON and so on. */
export function applyEnvironment(program: Command, env: NodeJS.ProcessEnv): void {
  for (const [name, option] of settingsOf(program)) {
    const variable = `MPLP_CHECK_${name.replaceAll("-", "_").toUpperCase()}`;
    const text = env[variable];
    if (text === undefined || text === "") continue;
    const value = option.isBoolean()
      ? truth(text, variable)
      : parsed(option, text, variable, LISTS.includes(name));
    give(program, option, value, "env", ["default", "config"]);
  }
}

/** A path of a configuration as seen from the working folder; an absolute one stays as it is. */
export function fromFolder(folder: string, path: string): string {
  return isAbsolute(path) ? path : join(relative(process.cwd(), folder), path);
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
  throw new UsageError(`error: ${variable} must be true or false\n`);
}

/** Lists are separated by commas. */
function parsed(option: Option, text: string, variable: string, isList: boolean): unknown {
  const { parseArg } = option;
  if (parseArg === undefined) return text;
  const parts = isList ? text.split(",").map((part) => part.trim()) : [text];
  try {
    return parts.reduce<unknown>(
      (value, part) => parseArg.call(option, part, value),
      isList ? [] : undefined,
    );
  } catch (error) {
    throw new UsageError(`error: ${variable}: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}
