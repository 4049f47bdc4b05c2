// Holds the checker to a judge of its own, line by line, until so many lines of generated logs are checked.
//
//   node test/fuzz/run.mjs [--lines 1e6] [--seed 1] [--batch 20000]
//   npm run fuzz -- --lines 1e6 --seed 7                               builds first
//
// Each log has --batch lines and a seed; the first has --seed, the next one more. Prints each line on which checker and
// judge disagree, the smallest log that shows it, and the command that makes it again. Ends with 1 if there was one.
import { parseArgs } from "node:util";
import { readTypeScript } from "../attack/typescript.mjs";

const { values } = parseArgs({
  options: {
    lines: { type: "string", default: "1e6" },
    seed: { type: "string", default: "1" },
    batch: { type: "string", default: "20000" },
  },
});

const limits = { lines: Number(values.lines), seed: Number(values.seed), batch: Number(values.batch) };
/** So many kinds of differences get a smallest log. */
const SHOWN = 12;
if (Object.values(limits).every((number) => number > 0)) await fuzz();
else {
  console.error("fuzz: --lines, --seed and --batch are numbers above 0");
  process.exitCode = 2;
}

async function fuzz() {
  readTypeScript();
  const { Fuzz } = await import("./fuzz.ts");
  const { protocolOf, readTexts } = await import("./judge/protocol.ts");
  const fuzz = new Fuzz(protocolOf(readTexts()));
  const start = performance.now();
  const rate = (lines) => Math.round((lines / (performance.now() - start)) * 1000);
  try {
    const failures = await fuzz.run(
      { ...limits, shown: SHOWN },
      {
        failed: (failure) => console.log(told(failure)),
        checked: (lines, count) =>
          console.error(`${lines} of ${limits.lines} lines, ${rate(lines)} lines/s, ${count} differences`),
      },
    );
    console.log(`${limits.lines} lines, ${failures.length} differences, ${rate(limits.lines)} lines/s`);
    if (failures.length > 0) process.exitCode = 1;
  } finally {
    fuzz.end();
  }
}

function told({ what, about, message, seed, line, text, smallest, isComplete }) {
  const log = smallest.map((each) => `    ${each.toString("latin1").slice(0, 2000)}\n`).join("");
  return [
    `${what} at line ${line} of the log of seed ${seed}: ${about} ${message}`,
    `  ${text.slice(0, 2000)}`,
    `  again: npm run fuzz -- --seed ${seed} --lines ${limits.batch} --batch ${limits.batch}`,
    smallest.length > 0 ? `  the smallest log${isComplete ? ", with --complete" : ""}:\n${log}` : "",
  ].join("\n");
}
