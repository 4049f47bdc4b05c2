import { stat } from "node:fs/promises";
import type { Command } from "commander";
import { type ConfigError, isInside, type LoadedConfig, STDIN, splitPattern } from "../../index.js";
import { settingPath } from "../../model/pointer.js";
import { isReplaceable, type Written } from "../earlier-report.js";
import { STDOUT } from "../outputs.js";
import type { Output } from "./placing.js";
import { configError, fromFolder, rowsSaidIn } from "./settings.js";
import type { OptionValues } from "./table.js";

/**
 * A configuration that was found, not named, may be anyone's: it names nothing outside its folder, to read or to write.
 * Links count as what they lead to.
 *
 * @throws ConfigError
 */
export async function refuseBeyond(config: LoadedConfig): Promise<void> {
  for (const [pointer, path] of pathsNamed(config))
    if (!(await isWithin(path, config))) throw beyond(config, pointer);
}

/**
 * What such a configuration alone has written replaces nothing but earlier reports.
 *
 * @throws ConfigError where a file is there that is no report of this program
 */
export async function refuseForeign(
  config: LoadedConfig,
  program: Command,
  outputs: readonly Output[],
): Promise<void> {
  const isPlaced = program.getOptionValueSource("placing") !== undefined;
  for (const [index, { format, file }] of isPlaced ? [] : outputs.entries())
    if (file !== STDOUT && !(await isOurs(file, format)))
      throw foreign(config, `/output/${index}/file`, file);
  const values = program.opts<OptionValues>();
  for (const name of ["findings", "rejected"] as const) {
    const file = program.getOptionValueSource(name) === "config" ? values[name] : undefined;
    if (file !== undefined && file !== STDOUT && !(await isOurs(file, name)))
      throw foreign(config, `/${name}`, file);
  }
}

/** A pipe or a device is not a report. */
async function isOurs(path: string, format: Written): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined || (found.isFile() && (await isReplaceable(path, format)));
}

/** What a configuration names, each with where it does. */
function pathsNamed({ values }: LoadedConfig): (readonly [pointer: string, path: string])[] {
  const { output = [] } = values;
  const settings = rowsSaidIn("configuration").filter(({ kind }) => kind.isPath);
  const inputs = ["paths", ...settings.map(({ name }) => name)].flatMap((name) => {
    const value = values[name] ?? [];
    const paths = [value].flat().map(String);
    return paths.map(
      (path, index) => [Array.isArray(value) ? `/${name}/${index}` : `/${name}`, path] as const,
    );
  });
  const outputs = output.flatMap(({ file }, index) =>
    file === undefined ? [] : [[`/output/${index}/file`, file] as const],
  );
  return [...inputs, ...outputs].filter(([, path]) => path !== STDIN && path !== STDOUT);
}

/** A part of a pattern that leads upward. */
const UPWARD = /(?:^|[/\\{,])\.\.(?:$|[/\\},])/;

async function isWithin(path: string, { folder }: LoadedConfig): Promise<boolean> {
  if (await isInside(fromFolder(folder, path), folder)) {
    const { folder: base, rest } = splitPattern(path);
    return !UPWARD.test(rest) && isInside(fromFolder(folder, base), folder);
  }
  return false;
}

function beyond(config: LoadedConfig, pointer: string): ConfigError {
  const message = `${settingPath(pointer)} leads out of the folder of the configuration, which mplp-check found by itself`;
  return configError(config, pointer, `${message}: name it with --config, or leave it out with --no-config`);
}

function foreign(config: LoadedConfig, pointer: string, file: string): ConfigError {
  const message = `${file} exists and is no earlier report of mplp-check in this format`;
  return configError(
    config,
    pointer,
    `${message}: a configuration that was found replaces nothing else; remove the file, or use --config`,
  );
}
