// Runs a script of ours twice at once: what two runs that share nothing gain is what a machine's second core gives.
//
//   node bench/twice.mjs bin/mplp-check.js events.ndjson --jobs 1
import { spawn } from "node:child_process";
import { once } from "node:events";

const runs = [1, 2].map(() => spawn(process.execPath, process.argv.slice(2), { stdio: "ignore" }));
const ends = await Promise.all(runs.map((run) => once(run, "close")));
process.exitCode = ends.find(([status]) => status !== 0)?.[0] ?? 0;
