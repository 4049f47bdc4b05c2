// Does the built checker find every injected defect and nothing else? Generates a log with defects, has it
// checked, and compares. Ends with 1 on any difference.
//
//   node bench/defects.mjs [--events 2e6] [--defects 200] [--seed 1] [--complete] [--keep FOLDER]
//   node bench/defects.mjs --expect expected.ndjson --findings findings.ndjson      compares two files only
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measure } from "./measure.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** How many differences are printed of each sort. */
const SHOWN = 20;
/** Rules whose notes follow from defects of other kinds: another project_id, another stage_order. */
const FOLLOWING = ["single-graph-per-project", "stage-orders"];

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "2e6" },
    defects: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    complete: { type: "boolean", default: false },
    keep: { type: "string" },
    expect: { type: "string" },
    findings: { type: "string" },
  },
});

if (values.expect !== undefined && values.findings !== undefined)
  summarise(await linesOf(values.expect), await linesOf(values.findings));
else await generateAndCompare();

async function generateAndCompare() {
  const folder = values.keep ?? (await mkdtemp(join(tmpdir(), "mplp-check-defects-")));
  await mkdir(folder, { recursive: true });
  try {
    await judge((name) => join(folder, name));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 2;
  } finally {
    if (values.keep === undefined) await rm(folder, { recursive: true });
  }
}

async function judge(fileOf) {
  const [log, expect, findings] = ["log", "expected", "findings"].map((name) => fileOf(`${name}.ndjson`));
  const { events, defects, seed } = values;
  const complete = values.complete ? ["--complete"] : [];
  const order = ["--events", events, "--defects", defects, "--seed", seed, "--expect", expect, ...complete];
  const generated = await run("bench/generate.mjs", order, log);
  const options = ["--findings", findings, "-f", "json", ...complete];
  const checked = await run("bin/mplp-check.js", [log, ...options], fileOf("run.json"));
  const report = JSON.parse(await readFile(fileOf("run.json"), "utf8"));
  const size = Math.round((await stat(log)).size / 1e6);
  const { records } = report.inputs[0];
  const cost = ({ seconds, megabytes: peak }) =>
    `in ${seconds} s${Number.isNaN(peak) ? "" : `, at most ${peak} MB resident`}`;
  console.log(
    `seed ${seed}: ${records} events, ${size} MB, written ${cost(generated)}; checked ${cost(checked)}`,
  );
  const occurrences = await linesOf(findings);
  summarise(await linesOf(expect), occurrences);
  const counted = report.findings.reduce((sum, { count }) => sum + count, 0);
  if (counted === occurrences.length) return;
  console.log(`the report counts ${counted} findings, --findings has ${occurrences.length}`);
  process.exitCode = 1;
}

/** Runs one of the project's scripts, with a file as its standard output. Violations are no failure. */
async function run(script, args, output) {
  const command = [process.execPath, join(ROOT, script), ...args];
  const { status, stderr, seconds, megabytes } = await measure(command, output);
  const hasRun = status === 0 || (status === 1 && script.startsWith("bin/"));
  if (!hasRun) throw new Error(`${script} ended with ${status}: ${stderr}`);
  return { seconds: seconds.toFixed(1), megabytes: Math.round(megabytes) };
}

async function linesOf(path) {
  const values = [];
  for await (const line of createInterface({ input: createReadStream(path) })) values.push(JSON.parse(line));
  return values;
}

function summarise(expected, occurrences) {
  const { missing, unexpected } = difference(expected, occurrences);
  const lost = new Set(missing);
  const kinds = groupedBy(expected, ({ kind }) => kind);
  for (const [kind, defects] of kinds)
    console.log(`  ${defects.filter((defect) => !lost.has(defect)).length} of ${defects.length}  ${kind}`);
  for (const defect of missing.slice(0, SHOWN)) console.log(`missing ${JSON.stringify(defect)}`);
  for (const finding of unexpected.slice(0, SHOWN)) console.log(`unexpected ${JSON.stringify(finding)}`);
  const found = expected.length - missing.length;
  console.log(
    `${expected.length} defects of ${kinds.size} kinds: ${found} found, ${missing.length} missing, ${unexpected.length} unexpected`,
  );
  process.exitCode = missing.length + unexpected.length === 0 ? 0 : 1;
}

/** Pairs expectations and occurrences one to one; what is left over on either side is a difference. */
function difference(expected, occurrences) {
  const unexpected = new Set(occurrences);
  const byPlace = groupedBy(occurrences, placeOf);
  const missing = expected.filter((defect) => {
    const candidates = byPlace.get(placeOf(defect)) ?? [];
    const match = candidates.find((finding) => unexpected.has(finding) && hasEvidence(finding, defect));
    return !unexpected.delete(match);
  });
  return { missing, unexpected: [...unexpected].filter(({ rule }) => !FOLLOWING.includes(rule)) };
}

/** What Map.groupBy does, which Node 20 lacks. */
function groupedBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function placeOf({ rule, clauses, level, line, pointer }) {
  return JSON.stringify([rule, [...clauses].sort(), level, line, pointer]);
}

/** Whether a finding refers to the lines besides its own that make the defect. */
function hasEvidence({ related = [] }, { related: lines }) {
  return lines === undefined || String(related.map(({ line }) => line)) === String(lines);
}
