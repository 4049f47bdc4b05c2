import { stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { PositionedDocument } from "../documents/document.js";
import { readBounded } from "../input/open/bounded.js";
import { whyNotRead } from "../input/open/why-not-read.js";
import { settingPath } from "../model/pointer.js";
import type { ConfigFile } from "./config-file.js";
import type { ConfigProblem } from "./config-problem.js";
import type { KnownIds } from "./config-problems.js";

/** A configuration and its location. */
export interface LoadedConfig {
  /** The file, as found or as named by the user. */
  readonly file: string;
  /** "found" in a folder or above it, or "named" by the user. */
  readonly origin: "found" | "named";
  /** Paths in the configuration are relative to this folder. */
  readonly folder: string;
  readonly values: ConfigFile;
  /** The 1-based place of the value at a JSON pointer. */
  placeOf(pointer: string): { readonly line: number; readonly column: number };
}

/** Thrown if a configuration is not usable. The message gives each problem and its place, one per line. */
export class ConfigError extends Error {}

export const CONFIG_NAMES = ["mplp-check.yaml", "mplp-check.yml", "mplp-check.json"] as const;

/** The configuration of the folder, or of the nearest folder above it with a configuration. */
export async function findConfig(folder: string): Promise<string | undefined> {
  for (const name of CONFIG_NAMES) {
    const file = join(folder, name);
    if (await isFile(file)) return file;
  }
  const above = dirname(folder);
  return above === folder ? undefined : findConfig(above);
}

/**
 * Reads a configuration.
 *
 * @throws ConfigError if the configuration is not usable, with every problem and its place
 */
export async function readConfig(
  file: string,
  origin: LoadedConfig["origin"],
  known: KnownIds,
): Promise<LoadedConfig> {
  const { readDocument } = await import("../documents/document.js");
  const text = await textOf(file);
  const document = readDocument(SAYS_NOTHING.test(text) ? "{}" : text, file);
  const problems = document.problems.map((problem) => located(file, problem, problem.message, problem.hint));
  if (problems.length > 0) throw new ConfigError(problems.join("\n"));
  const { complaintsAbout } = await import("./config-problems.js");
  const complaints = await complaintsAbout(document.value, known);
  if (complaints.length > 0)
    throw new ConfigError(complaints.map((each) => placed(file, document, each)).join("\n"));
  const values = document.value as ConfigFile;
  return {
    file,
    origin,
    folder: dirname(resolve(file)),
    values,
    placeOf: document.placeOf,
  };
}

/** Only blank lines and comments: a configuration that decides nothing yet. */
const SAYS_NOTHING = /^(?:\ufeff?[ \t]*(?:#.*|---[ \t]*)?(?:\r?\n|$))*$/;

/** People write configurations by hand. */
const MOST_BYTES = 4e6;

async function textOf(file: string): Promise<string> {
  const bytes = await readBounded(file, MOST_BYTES).catch(async (error: unknown) => {
    throw new ConfigError(`${file}: ${await whyNotRead(file, error)}`);
  });
  return bytes.toString();
}

function placed(file: string, document: PositionedDocument, { pointer, message }: ConfigProblem): string {
  return located(
    file,
    document.placeOf(pointer),
    pointer === "" ? message : `${settingPath(pointer)}: ${message}`,
  );
}

function located(
  file: string,
  { line, column }: { line: number; column: number },
  message: string,
  hint?: string,
): string {
  return `${file}:${line}:${column}: ${message}${hint === undefined ? "" : ` ${hint}`}`;
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
