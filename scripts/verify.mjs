// Everything that these commands check, and a count of all of it at the end:
//
//   npm test              checks of the code, and all tests outside test/real
//   npm run test:real     the tests in test/real: of real clusters, browsers, servers, installations and much data
//   npm run test:all      both, with all of their cases (test/support/long.ts)
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";

const REAL = "test/real";
/** What each command does; without an argument it is `npm test`. */
const COMMANDS = {
  "": { hasChecks: true, tests: ["--exclude", `${REAL}/**`], env: {} },
  "--real": { hasChecks: false, tests: [`${REAL}/`], env: {} },
  "--all": { hasChecks: true, tests: [], env: { TEST_RUNS: "all" } },
};
const command = COMMANDS[process.argv.slice(2).join(" ")];
if (command === undefined) throw new Error("the argument is --real, --all or none");

const folder = mkdtempSync(join(tmpdir(), "mplp-check-verify-"));
const results = join(folder, "results.json");
const bin = (path) => join("node_modules", path);

/** The lines run side by side, the stages of a line one after the other: two cores have two lines. */
const checks = [
  [
    ["build", "scripts/build.mjs", "--if-changed"],
    // These look at what is built, too.
    ["generated docs", "scripts/docs.mjs", "--check"],
    ["unused code", bin("knip/bin/knip.js")],
    ["architecture", bin("dependency-cruiser/bin/dependency-cruise.mjs"), "src"],
  ],
  [
    ["format and lint", bin("@biomejs/biome/bin/biome"), "ci", "--error-on-warnings", "."],
    ["types", bin("@typescript/native/bin/tsc"), "-p", "tsconfig.test.json"],
  ],
];
const tests = [
  bin("vitest/vitest.mjs"),
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${results}`,
  // Many tests wait, for processes of their own or for a time: their core would be idle. Vitest takes 150% for 100%.
  `--maxWorkers=${Math.ceil(availableParallelism() * 1.5)}`,
  ...command.tests,
];

let passed = 0;
let failed = 0;
await Promise.all(
  (command.hasChecks ? checks : []).map(async (stages) => {
    for (const stage of stages) count(await checked(...stage));
  }),
);
console.log("\n== tests");
const env = { ...process.env, ...command.env };
const { status } = await ended(spawn(process.execPath, tests, { stdio: "inherit", env }));
const counts = testCounts();
passed += counts?.passed ?? 0;
failed += counts?.failed ?? 0;
// A runner that fails without a failed test (a crash) is a failure of its own, and so is one that ran no test.
if (status === 0 || !(counts?.failed > 0)) count(status === 0 && counts?.passed > 0);
rmSync(folder, { recursive: true, force: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Runs a stage; prints what it says once it has ended, so that stages side by side do not mix. */
async function checked(name, ...args) {
  const start = performance.now();
  const { status, output } = await ended(
    spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] }),
  );
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`\n== ${name} (${seconds} s)`);
  process.stdout.write(output);
  return status === 0;
}

/** Waits for the end of a process, and gives its exit code with all it printed, if that came through pipes. */
function ended(child) {
  const pieces = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (piece) => pieces.push(piece));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, output: Buffer.concat(pieces) }));
  });
}

function count(isPassed) {
  if (isPassed) passed++;
  else failed++;
}

function testCounts() {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(results, "utf8"));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return undefined;
  }
}
