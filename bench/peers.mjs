// The programs that ours is compared with. None of them is a dependency: together they take 200 MB, which nobody needs
// who does not run this. npm puts them into a folder of their own.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const FOLDER = join(ROOT, ".cache/bench");
const PACKAGES = {
  "@sourcemeta/jsonschema": "16.11.0",
  "ajv-cli": "5.0.0",
  "ajv-formats": "3.0.1",
  "@duckdb/node-api": "1.5.6-r.1",
  "@nozbe/simdjson": "3.9.4",
};
const MODULES = join(FOLDER, "node_modules");
const BIN = join(MODULES, ".bin");
const SIMDJSON = join(FOLDER, `simdjson-${PACKAGES["@nozbe/simdjson"]}`);

/** One of the project's scripts as a command. */
export function script(name, ...args) {
  return [process.execPath, join(ROOT, name), ...args];
}

/** A module of one of the packages. */
export function peerModule(name) {
  return createRequire(join(FOLDER, "package.json"))(name);
}

/**
 * The other programs, each with the command that reads a log, or with what is `lacking`.
 *
 * @param files paths of the log as `ndjson` and as one JSON `array`, and of a `schema` for an event and one for an
 *   array of them (`arraySchema`)
 * @param lacking why npm's packages, and the program with simdjson, cannot be used, if they cannot
 */
export function peers({ ndjson, array, schema, arraySchema }, lacking) {
  return [...inJavaScript({ ndjson, array, arraySchema }, lacking), ...others({ ndjson, schema }, lacking)];
}

function inJavaScript({ ndjson, array, arraySchema }, { packages }) {
  return [
    {
      name: "readline and ajv (`bench/ajv-loop.mjs`)",
      command: script("bench/ajv-loop.mjs", ndjson),
      isValidator: true,
    },
    {
      name: `ajv-cli ${PACKAGES["ajv-cli"]}, the log as one array`,
      command: [
        process.execPath,
        join(BIN, "ajv"),
        ...["validate", "-s", arraySchema, "-d", array, "-c", "ajv-formats", "--strict=false"],
      ],
      lacking: packages,
      isValidator: true,
    },
  ];
}

function others({ ndjson, schema }, { packages, simdjson }) {
  return [
    {
      name: `@sourcemeta/jsonschema ${PACKAGES["@sourcemeta/jsonschema"]}, \`validate --fast -F\``,
      command: [join(BIN, "jsonschema"), "validate", schema, ndjson, "--fast", "-F"],
      lacking: packages,
      isValidator: true,
    },
    ...["1", "2"].map((threads) => ({
      name: `DuckDB ${PACKAGES["@duckdb/node-api"]}, \`bench/checks.sql\`, threads: ${threads}`,
      command: script("bench/duckdb.mjs", ndjson, "--threads", threads),
      lacking: packages,
      isValidator: true,
    })),
    {
      name: `simdjson ${PACKAGES["@nozbe/simdjson"]} (\`bench/simdjson.cpp\`)`,
      command: [SIMDJSON, ndjson],
      lacking: simdjson,
      isValidator: true,
    },
    {
      name: "jq `empty` (no check at all)",
      command: ["jq", "empty", ndjson],
      lacking: hasProgram("jq") ? undefined : "jq is not installed",
    },
  ];
}

export function hasProgram(name) {
  return spawnSync(name, ["--version"]).status === 0;
}

/** Installs the packages and builds what is built. Gives the reasons why `packages` or `simdjson` cannot be used. */
export function installPeers() {
  const packages = installPackages();
  return { packages, simdjson: packages ?? buildSimdjson() };
}

function installPackages() {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, "package.json"), JSON.stringify({ private: true, dependencies: PACKAGES }));
  const args = ["install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"];
  const { status } = spawnSync("npm", args, { cwd: FOLDER, stdio: "ignore" });
  const isComplete = Object.keys(PACKAGES).every((name) => existsSync(join(MODULES, name)));
  return status === 0 && isComplete ? undefined : "npm could not install it";
}

function buildSimdjson() {
  if (!hasProgram("g++")) return "there is no g++ to build it";
  const library = join(MODULES, "@nozbe/simdjson/src");
  const sources = [join(ROOT, "bench/simdjson.cpp"), join(library, "simdjson.cpp")];
  const args = ["-std=c++17", "-O3", "-DNDEBUG", "-I", library, ...sources, "-o", SIMDJSON];
  console.error("building bench/simdjson.cpp");
  return spawnSync("g++", args, { stdio: "ignore" }).status === 0 ? undefined : "g++ could not build it";
}
