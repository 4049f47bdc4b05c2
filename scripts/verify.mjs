// Everything that `npm test` checks, one stage after the other, and a count of all of it at the end.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-verify-"));
const results = join(folder, "results.json");
const bin = (path) => ["node", [join("node_modules", path)]];

const stages = [
  ["build", "node", ["scripts/build.mjs"]],
  ["format and lint", ...bin("@biomejs/biome/bin/biome"), "ci", "--error-on-warnings", "."],
  ["types", ...bin("typescript/bin/tsc"), "-p", "tsconfig.test.json"],
  ["architecture", ...bin("dependency-cruiser/bin/dependency-cruise.mjs"), "src"],
  ["unused code", ...bin("knip/bin/knip.js")],
  ["generated docs", "node", ["scripts/docs.mjs", "--check"]],
  [
    "tests",
    ...bin("vitest/vitest.mjs"),
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${results}`,
  ],
];

let passed = 0;
let failed = 0;
for (const [name, command, args, ...more] of stages) {
  console.log(`\n== ${name}`);
  const { status } = spawnSync(command === "node" ? process.execPath : command, [...args, ...more], {
    stdio: "inherit",
  });
  const counts = name === "tests" ? testCounts() : undefined;
  if (counts !== undefined) {
    passed += counts.passed;
    failed += counts.failed;
  }
  // A runner that fails without a failed test (a crash, no test found) is a failure of its own.
  if (status !== 0 && !(counts?.failed > 0)) failed++;
  if (status === 0) passed++;
}
rmSync(folder, { recursive: true, force: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function testCounts() {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(results, "utf8"));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return undefined;
  }
}
