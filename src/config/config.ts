import { readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { PositionedDocument } from "../documents/document.js";
import { whyNotRead } from "../input/open/why-not-read.js";
import type { ConfigFile } from "./config-file.js";
import type { ConfigProblem } from "./config-problem.js";
import type { KnownIds } from "./config-problems.js";

/** A configuration with where it stands. */
export interface LoadedConfig {
  /** The file, as it was found or named. */
  readonly file: string;
  /** Whether it was found, in a folder or above it, or named. */
  readonly origin: "found" | "named";
  /** The folder that its paths are relative to. */
  readonly folder: string;
  readonly values: ConfigFile;
  /** Where the value that a JSON pointer names stands, from 1. */
  placeOf(pointer: string): { readonly line: number; readonly column: number };
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

/** Blank lines and comments: a configuration in which nothing is decided yet. */
const SAYS_NOTHING = /^(?:\ufeff?[ \t]*(?:#.*|---[ \t]*)?(?:\r?\n|$))*$/;

async function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch(async (error: unknown) => {
    throw new ConfigError(`${file}: ${await whyNotRead(file, error)}`);
  });
}

function placed(file: string, document: PositionedDocument, { pointer, message }: ConfigProblem): string {
  return located(file, document.placeOf(pointer), `${keyed(pointer)}${message}`);
}

/** The settings on the way to a value, as people write it: "waivers[0].owner: ". */
function keyed(pointer: string): string {
  const [first = "", ...others] = pointer.slice(1).split("/").map(withoutEscapes);
  const path = others.map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`)).join("");
  return first === "" ? "" : `${first}${path}: `;
}

function withoutEscapes(token: string): string {
  return token.replaceAll("~1", "/").replaceAll("~0", "~");
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
