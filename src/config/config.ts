import { readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { PositionedDocument } from "../input/documents/document.js";
import { reasonOf } from "../input/reasons.js";
import type { ConfigFile } from "./config-file.js";
import type { Complaint, KnownIds } from "./config-problems.js";

/** A configuration with where it stands. */
export interface LoadedConfig {
  /** The file, as it was found or named. */
  readonly file: string;
  /** Whether it was found, in a folder or above it, or named. */
  readonly origin: "found" | "named";
  /** The folder that its paths are relative to. */
  readonly folder: string;
  readonly values: ConfigFile;
  /** The line of the value that a JSON pointer names, from 1. */
  lineOf(pointer: string): number;
}

/** Thrown where a configuration cannot be used; the message says where and why, a line each. */
export class ConfigError extends Error {}

export const CONFIG_NAMES = ["mplp-check.yaml", "mplp-check.yml", "mplp-check.json"] as const;

/** The configuration of a folder: its own, or that of the nearest folder above it that has one. */
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
 * @throws ConfigError where it is none, with every problem and its place
 */
export async function readConfig(
  file: string,
  origin: LoadedConfig["origin"],
  known: KnownIds,
): Promise<LoadedConfig> {
  const { readDocument } = await import("../input/documents/document.js");
  const document = readDocument(await textOf(file), () => undefined, file);
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
    lineOf: (pointer) => document.placeOf(pointer).line,
  };
}

async function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError(`${file}: ${error.code === "ENOENT" ? "no such file" : reasonOf(error)}`);
  });
}

function placed(file: string, document: PositionedDocument, { pointer, message }: Complaint): string {
  return located(file, document.placeOf(pointer), message);
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
