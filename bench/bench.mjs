// How fast is the built checker, and how fast are others? Every round runs every command once, one after the other;
// what counts are medians, and of times the ratios within a round. docs/performance.md says more.
//
//   npm run bench -- [--bytes 1e8] [--rounds 5] [--seed 1] [--only PATTERN] [--folder FOLDER] [--write FILE]
//
// --only takes a regular expression for the names of rows. --folder keeps the logs, and takes those that are there.
// --write puts the tables into a Markdown file, between <!-- bench --> and <!-- /bench -->, instead of printing them.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { casesFor } from "./cases.mjs";
import { writeLogs } from "./logs.mjs";
import { measure } from "./measure.mjs";
import { markdown } from "./tables.mjs";

const { values } = parseArgs({
  options: {
    bytes: { type: "string", default: "1e8" },
    rounds: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    folder: { type: "string" },
    write: { type: "string" },
  },
});
const folder = values.folder ?? mkdtempSync(join(tmpdir(), "mplp-check-bench-"));
mkdirSync(folder, { recursive: true });
try {
  await bench();
} finally {
  if (values.folder === undefined) rmSync(folder, { recursive: true });
}

async function bench() {
  const logs = await writeLogs(folder, { bytes: Number(values.bytes), seed: values.seed });
  const only = new RegExp(values.only, "i");
  const cases = (await casesFor(logs)).filter(({ name, isReference }) => isReference || only.test(name));
  await measureAll(
    cases.filter(({ lacking }) => lacking === undefined),
    Number(values.rounds),
  );
  const text = markdown(cases, logs, Number(values.rounds));
  if (values.write === undefined) console.log(text);
  else insert(values.write, text);
}

/** Runs all cases once a round, each round beginning with another one. What fails is not run again. */
async function measureAll(cases, rounds) {
  for (const one of cases) one.runs = [];
  for (let round = 0; round < rounds; round++) {
    const first = round % cases.length;
    for (const one of [...cases.slice(first), ...cases.slice(0, first)]) {
      if (one.lacking !== undefined) continue;
      const run = await measure(one.command);
      console.error(`round ${round + 1} of ${rounds}: ${run.seconds.toFixed(2)} s  ${one.name}`);
      if (run.status === one.status) one.runs.push(run);
      else one.lacking = `ended with ${run.status}${reasonIn(run.stderr)}`;
    }
  }
}

/** The line of an error message that names the error, in words that a table can hold. */
function reasonIn(stderr) {
  const lines = stderr.split("\n").map((line) => line.trim());
  const line = lines.find((candidate) => /error/i.test(candidate)) ?? lines[0] ?? "";
  return line === "" ? "" : `: ${line.slice(0, 100).replaceAll("|", "/")}`;
}

function insert(path, text) {
  const before = readFileSync(path, "utf8");
  const section = /(?<=<!-- bench -->\n).*(?=<!-- \/bench -->)/s;
  if (!section.test(before)) throw new Error(`${path} has no <!-- bench --> with <!-- /bench --> after it`);
  writeFileSync(
    path,
    before.replace(section, () => text),
  );
}
