import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { readJson } from "../../documents/json.js";
import { linesOf, type RawProblem } from "../../documents/places.js";
import { readBounded } from "../../input/open/bounded.js";
import { reasonOf } from "../../input/open/reasons.js";
import { MAX_DEPTH, tooDeepAt, withoutMark } from "../../model/parsed-json.js";
import { type PackageText, packageTexts } from "../../package/package-file.js";

/** One schema or invariant file, parsed. */
export interface ParsedFile {
  readonly path: string;
  readonly name: string;
  readonly text: string;
  readonly content: unknown;
}

/** Thrown if a protocol file, or a file of this program, cannot be read or parsed; the message names its path. */
export class UnreadableFile extends Error {}

/** The largest official file has a few thousand bytes. */
const MOST_BYTES = 16e6;

/** Folders of the official `schemas/v2` layout that a check uses. */
const SCHEMA_FOLDERS = ["events", "integration", "learning"];

/**
 * Reads the schemas of a folder laid out like the official `schemas/v2`; the bundled ones by default.
 *
 * @throws UnreadableFile
 */
export async function readSchemas(folder?: string): Promise<ParsedFile[]> {
  if (folder === undefined)
    return parsedAll(
      SCHEMA_FOLDERS.flatMap((name) => packageTexts(`schemas/${name}`)),
      parseJson,
    );
  const files: ParsedFile[] = [];
  for (const name of SCHEMA_FOLDERS) {
    files.push(...(await readFolder(join(folder, name), ".schema.json", parseJson)));
  }
  return files;
}

/**
 * Reads invariant files: each path is a file or a folder of .yaml files; the bundled ones by default.
 *
 * @throws UnreadableFile
 */
export async function readInvariants(paths?: readonly string[]): Promise<ParsedFile[]> {
  if (paths === undefined) return parsedAll(packageTexts("invariants"), parseYaml);
  const files: ParsedFile[] = [];
  for (const path of paths) {
    const isFolder = await reading(path, async () => (await stat(path)).isDirectory());
    if (isFolder) files.push(...(await readFolder(path, ".yaml", parseYaml)));
    else files.push(await readOne(path, path, parseYaml));
  }
  return files;
}

type Parse = (text: string) => unknown | Promise<unknown>;

/** Files of the package. */
function parsedAll(files: readonly PackageText[], parse: Parse): Promise<ParsedFile[]> {
  return Promise.all(
    files.map(async ({ name, text }) => ({ path: name, name, text, content: await parse(text) })),
  );
}

async function readFolder(folder: string, ending: string, parse: Parse): Promise<ParsedFile[]> {
  const names = await reading(folder, () => readdir(folder));
  const wanted = names.filter((name) => name.endsWith(ending)).sort();
  if (wanted.length === 0) throw new UnreadableFile(`${folder}: no ${ending} file in this folder`);
  return Promise.all(wanted.map((name) => readOne(join(folder, name), name, parse)));
}

async function readOne(path: string, name: string, parse: Parse): Promise<ParsedFile> {
  const bytes = await reading(path, () => readBounded(path, MOST_BYTES));
  const text = withoutMark(bytes.toString());
  return { path, name, text, content: await reading(path, async () => parse(text)) };
}

function parseJson(text: string): unknown {
  if (tooDeepAt(text) >= 0) throw new Error(`values nest more than ${MAX_DEPTH} levels deep`);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw faultIn(text, readJson(text).problems[0]);
  }
}

/** A parser's own message quotes the text, and may cut a secret in it. */
function faultIn(text: string, problem: RawProblem | undefined): Error {
  const { offset, message } = problem ?? { offset: 0, message: "This is not valid JSON." };
  const { line, column } = linesOf(text)(offset);
  return new Error(`line ${line}, column ${column}: ${message}`);
}

async function parseYaml(text: string): Promise<unknown> {
  const { load, YAMLException } = await import("js-yaml");
  try {
    return load(text);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw faultIn(text, { offset: error.mark?.position ?? 0, message: error.reason });
  }
}

async function reading<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw new UnreadableFile(`${path}: ${reasonOf(error)}`);
  }
}
