import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Script } from "node:vm";

const require = createRequire(import.meta.url);

/** The folder of the bundle, where this file is built to. */
const FOLDER = import.meta.dirname;

/** Each Node.js has files of its own: what one has compiled may mean something else to another. */
const COMPILED = `.${process.version}-${process.platform}-${process.arch}.compiled`;

/** A file of the bundle that has been loaded. */
interface Loaded {
  readonly script: Script;
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
  const script = scriptOf(name);
  const module = { script, exports: {} };
  loaded.set(name, module);
  script.runInThisContext()(module.exports, requireInside, FOLDER);
  return module.exports;
}

/** The line before the text is the same line, so that traces name the lines of the file. */
function scriptOf(name: string): Script {
  const filename = join(FOLDER, name);
  const code = `(function (exports, require, __dirname) {${readFileSync(filename, "latin1")}\n})`;
  const cachedData = compiledBefore(name);
  return new Script(code, { filename, ...(cachedData && { cachedData }) });
}

/** Nothing if another Node.js has built the package. */
function compiledBefore(name: string): Buffer | undefined {
  try {
    return readFileSync(join(FOLDER, name + COMPILED));
  } catch {
    return undefined;
  }
}

/** What files of the bundle have as `require`. */
function requireInside(id: string): unknown {
  return id.startsWith("./") ? load(id.slice(2)) : require(id);
}

/** What has been loaded, by the names of the files that keep it compiled: only the build writes them. */
export function scripts(): ReadonlyMap<string, Script> {
  return new Map([...loaded].map(([name, { script }]) => [name + COMPILED, script]));
}
