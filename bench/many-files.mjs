// How long do very many small logs take? Checks folders of one-line files, each ten times as large as the one before:
// files per second should stay what they are, and memory should grow by a few kilobytes a file.
//
//   node bench/many-files.mjs [--files 1e5] [--folder FOLDER]
//
// Ends with 1 where the largest folder takes more than twice as long for each file as the one before. --folder keeps
// the files, and takes those that are there. CPU time is of all threads of the process, in user mode.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measure } from "./measure.mjs";
import { script } from "./peers.mjs";

const { values } = parseArgs({
  options: { files: { type: "string", default: "1e5" }, folder: { type: "string" } },
});
const most = Number(values.files);
const folder = values.folder ?? mkdtempSync(join(tmpdir(), "mplp-check-many-files-"));
mkdirSync(folder, { recursive: true });
try {
  await bench();
} finally {
  if (values.folder === undefined) rmSync(folder, { recursive: true });
}

async function bench() {
  const rows = [];
  for (const files of [most / 100, most / 10, most].map(Math.ceil)) {
    const { seconds, cpu, megabytes, status, stderr } = await measure(
      script("bin/mplp-check.js", "--no-config", written(files)),
    );
    if (status !== 0) throw new Error(`${files} files: ended with ${status}: ${stderr}`);
    rows.push({ files, seconds, cpu });
    const rate = Math.round(files / seconds);
    console.log(
      `${files} files: ${seconds.toFixed(2)} s, ${rate} files/s, ${cpu.toFixed(2)} s CPU, ${Math.round(megabytes)} MB`,
    );
  }
  const [start, , last] = rows;
  const before = rows[1];
  const marginal = (from, to) => (to.cpu - from.cpu) / (to.files - from.files);
  const [earlier, later] = [marginal(start, before), marginal(before, last)];
  console.log(
    `each further file: ${(earlier * 1000).toFixed(2)} ms CPU, then ${(later * 1000).toFixed(2)} ms`,
  );
  if (later > 2 * earlier) process.exitCode = 1;
}

/** A folder of so many logs of one event, a thousand in each folder below. */
function written(files) {
  const path = join(folder, `files-${files}`);
  if (existsSync(path)) return path;
  for (let number = 0; number < files; number++) {
    const part = join(`${path}.part`, String(Math.floor(number / 1000)));
    if (number % 1000 === 0) mkdirSync(part, { recursive: true });
    writeFileSync(join(part, `${number}.ndjson`), `${JSON.stringify(event(number))}\n`);
  }
  renameSync(`${path}.part`, path);
  return path;
}

function event(number) {
  return {
    event_id: `1b671a64-40d5-491e-99b0-${String(number).padStart(12, "0")}`,
    event_type: "agent_run",
    event_family: "runtime_execution",
    timestamp: new Date(Date.UTC(2026, 0, 5) + number * 1000).toISOString(),
    project_id: "5d0f9a52-8c3e-4b7a-9b61-0f6f0f6b3a11",
    execution_id: `2c782b75-51e6-4a2f-8ac1-${String(number).padStart(12, "0")}`,
    executor_kind: "agent",
    status: "running",
    payload: {},
  };
}
