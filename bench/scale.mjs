// What does each step of a check over several machines take? Makes a log in four shards, runs every step once, one after
// the other, and compares the reports: docs/scale.md has the table.
//
//   node bench/scale.mjs [--bytes 1e9] [--seed 1] [--folder FOLDER]
//
// --folder keeps the shards, and takes those that are there.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measure } from "./measure.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SHARDS = [1, 2, 3, 4];

const { values } = parseArgs({
  options: {
    bytes: { type: "string", default: "1e9" },
    seed: { type: "string", default: "1" },
    folder: { type: "string" },
  },
});
const folder = values.folder ?? mkdtempSync(join(tmpdir(), "mplp-check-scale-"));
mkdirSync(folder, { recursive: true });
const at = (name) => join(folder, name);
const shards = SHARDS.map((number) => at(`shard-${number}.ndjson`));

try {
  await bench();
} finally {
  if (values.folder === undefined) rmSync(folder, { recursive: true });
}

async function bench() {
  for (const [index, shard] of shards.entries()) await writeShard(shard, Number(values.seed) + index);
  const [first] = shards;
  console.log("| step | CPU seconds | peak memory |\n|---|---:|---:|");
  await step("the whole check", [...shards, "-o", at("whole.json")]);
  await step("reading one shard, without a state", [first, "-o", at("one.json")]);
  await step(
    "reading one shard, with a state",
    reading(first, 1, ["--state-out", at("1.state.gz")]),
    at("1.state.gz"),
  );
  for (const partitions of [4, 16]) {
    const states = ["--partitions", String(partitions), "--state-out", at(`dealt-${partitions}-1`)];
    await step(
      `reading one shard, into ${partitions} partitions`,
      reading(first, 1, states),
      at(`dealt-${partitions}-1`),
    );
  }
  await readTheRest();
  await step("merging 4 states", [
    "merge",
    ...SHARDS.map((number) => at(`${number}.state.gz`)),
    "-o",
    at("merged.json"),
  ]);
  for (const partitions of [4, 16]) await judge(partitions);
  for (const name of ["merged", "merged-4", "merged-16"])
    if (readFileSync(at(`${name}.json`), "utf8") !== readFileSync(at("whole.json"), "utf8")) {
      console.log(`${name}.json is not the report of the whole check`);
      process.exitCode = 1;
    }
}

async function writeShard(path, seed) {
  if (existsSync(path)) return;
  const bytes = String(Number(values.bytes) / SHARDS.length);
  const { status, stderr } = await measure(
    [process.execPath, join(ROOT, "bench/generate.mjs"), "--bytes", bytes, "--seed", String(seed)],
    path,
  );
  if (status !== 0) throw new Error(stderr);
}

function reading(shard, number, options) {
  return [
    shard,
    "--part",
    `${number}/${SHARDS.length}`,
    "--fail-on",
    "none",
    "-f",
    "json",
    "-o",
    "/dev/null",
    ...options,
  ];
}

async function readTheRest() {
  for (const number of SHARDS.slice(1)) {
    const shard = shards[number - 1];
    await run(reading(shard, number, ["--state-out", at(`${number}.state.gz`)]));
    for (const partitions of [4, 16])
      await run(
        reading(shard, number, [
          "--partitions",
          String(partitions),
          "--state-out",
          at(`dealt-${partitions}-${number}`),
        ]),
      );
  }
}

async function judge(partitions) {
  const states = SHARDS.map((number) => at(`dealt-${partitions}-${number}`));
  const judging = (number) => [
    "merge",
    ...states,
    "--partition",
    String(number),
    "--state-out",
    at(`judged-${partitions}-${number}.gz`),
  ];
  await step(`judging one of ${partitions} partitions`, judging(2));
  for (let number = 1; number <= partitions; number++) if (number !== 2) await run(judging(number));
  const judged = Array.from({ length: partitions }, (_, index) => at(`judged-${partitions}-${index + 1}.gz`));
  await step(`the last merge of ${partitions} partitions`, [
    "merge",
    ...judged,
    "-o",
    at(`merged-${partitions}.json`),
  ]);
}

async function step(name, args, written) {
  const { cpu, megabytes } = await run(args);
  const size = written === undefined ? "" : ` (${Math.round(sizeOf(written) / 1e6)} MB)`;
  console.log(`| ${name}${size} | ${cpu.toFixed(1)} | ${Math.round(megabytes)} MB |`);
}

async function run(args) {
  const all = [process.execPath, join(ROOT, "bin/mplp-check.js"), ...args, "--no-config", "--quiet"];
  const jobs = args[0] === "merge" ? [] : ["--jobs", "1"];
  const result = await measure([...all, ...jobs], at("stdout"));
  if (result.status !== 0) throw new Error(`${args.join(" ")} ended with ${result.status}: ${result.stderr}`);
  return result;
}

function sizeOf(path) {
  if (!statSync(path).isDirectory()) return statSync(path).size;
  return readdirSync(path).reduce((sum, name) => sum + statSync(join(path, name)).size, 0);
}
