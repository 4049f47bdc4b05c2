// The programs that ours is compared with. None of them is a dependency: npm puts two into a folder of their own.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const FOLDER = join(ROOT, ".cache/bench");
const PACKAGES = { "@sourcemeta/jsonschema": "16.11.0", "ajv-cli": "5.0.0", "ajv-formats": "3.0.1" };
const BIN = join(FOLDER, "node_modules/.bin");

/** One of the project's scripts as a command. */
export function script(name, ...args) {
  return [process.execPath, join(ROOT, name), ...args];
}

/**
 * The other programs, each with the command that reads a log, or with what is lacking.
 *
 * @param files paths of the log as `ndjson` and as one JSON `array`, and of a `schema` for an event and one for an
 *   array of them (`arraySchema`)
 * @param lacking why the packages cannot be used, if they cannot
 */
export function peers({ ndjson, array, schema, arraySchema }, lacking) {
  return [
    { name: "only reading and JSON.parse (`bench/floor.mjs`)", command: script("bench/floor.mjs", ndjson) },
    {
      name: "readline and ajv (`bench/ajv-loop.mjs`)",
      command: script("bench/ajv-loop.mjs", ndjson),
      isValidator: true,
    },
    {
      name: `@sourcemeta/jsonschema ${PACKAGES["@sourcemeta/jsonschema"]}, \`validate --fast -F\``,
      command: [join(BIN, "jsonschema"), "validate", schema, ndjson, "--fast", "-F"],
      lacking,
      isValidator: true,
    },
    {
      name: `ajv-cli ${PACKAGES["ajv-cli"]}, the log as one array`,
      command: [
        process.execPath,
        join(BIN, "ajv"),
        ...["validate", "-s", arraySchema, "-d", array, "-c", "ajv-formats", "--strict=false"],
      ],
      lacking,
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

/** Installs the packages. Says why they cannot be used, if they cannot. */
export function installPeers() {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, "package.json"), JSON.stringify({ private: true, dependencies: PACKAGES }));
  const args = ["install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"];
  const { status } = spawnSync("npm", args, { cwd: FOLDER, stdio: "ignore" });
  const isComplete = status === 0 && existsSync(join(BIN, "jsonschema")) && existsSync(join(BIN, "ajv"));
  return isComplete ? undefined : "npm could not install it";
}
