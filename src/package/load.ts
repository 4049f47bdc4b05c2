import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Script } from "node:vm";
import { crc32 } from "node:zlib";

const require = createRequire(import.meta.url);

/** The folder of the bundle, where this file is built to. */
const FOLDER = import.meta.dirname;

/** Each Node.js has files of its own: what one has compiled may mean something else to another. */
const COMPILED = `.${process.version}-${process.platform}-${process.arch}.compiled`;

/** Bytes before what V8 has made of a file: a checksum, and four more, because V8 wants the rest aligned. */
const HEAD_BYTES = 8;

/** A file of the bundle, and what V8 has made of it. */
interface Source {
  readonly text: Buffer;
  readonly script: Script;
}

/** A file of the bundle that has been loaded. */
interface Loaded {
  readonly source: Source;
  readonly exports: unknown;
}

const loaded = new Map<string, Loaded>();

/**
 * Loads a file of the bundle as `require` does, but compiled already if the build has kept that for this Node.js.
 *
 * @param name such as "cli.cjs"
 */
export function load(name: string): unknown {
  const known = loaded.get(name);
  if (known !== undefined) return known.exports;
  const source = sourceOf(name);
  const module = { source, exports: {} };
  loaded.set(name, module);
  source.script.runInThisContext()(module.exports, requireInside, FOLDER);
  return module.exports;
}

/** The line before the text is the same line, so that traces name the lines of the file. */
function sourceOf(name: string): Source {
  const filename = join(FOLDER, name);
  const text = readFileSync(filename);
  const code = `(function (exports, require, __dirname) {${text.toString("latin1")}\n})`;
  const cachedData = compiledBefore(name, text);
  return { text, script: new Script(code, { filename, ...(cachedData && { cachedData }) }) };
}

/** Nothing if another Node.js has built the package, or if one of the two files has changed since: V8 would not notice. */
function compiledBefore(name: string, text: Buffer): Buffer | undefined {
  try {
    const file = readFileSync(join(FOLDER, name + COMPILED));
    const compiled = file.subarray(HEAD_BYTES);
    return file.readUInt32LE(0) === checksumOf(text, compiled) ? compiled : undefined;
  } catch {
    return undefined;
  }
}

function checksumOf(text: Buffer, compiled: Buffer): number {
  return crc32(compiled, crc32(text));
}

/** What files of the bundle have as `require`. */
function requireInside(id: string): unknown {
  return id.startsWith("./") ? load(id.slice(2)) : require(id);
}

/** What has been loaded, by the names of the files that keep it compiled: only the build writes them. */
export function sources(): ReadonlyMap<string, Source> {
  return new Map([...loaded].map(([name, { source }]) => [name + COMPILED, source]));
}

/** What the build writes to the file that keeps a source compiled. */
export function compiledFile({ text, script }: Source): Buffer {
  const compiled = script.createCachedData();
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32LE(checksumOf(text, compiled));
  return Buffer.concat([head, compiled]);
}
