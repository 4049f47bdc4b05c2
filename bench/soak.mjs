// Does `mplp-check listen` keep its memory flat while events come for long, and is its report right at the end?
//
//   node bench/soak.mjs [--minutes 60] [--rate 500] [--events-a-request 10] [--invalid 0.01] [--keep FOLDER]
//
// Events of bench/generate.mjs are posted at an even rate, some of them wrong. Meanwhile a client reads the findings as
// they come, and another one reads the metrics. Ends with 1 if an event is lost, or if the report of /stop is not that
// of a check of the capture. Needs Linux: memory is read from /proc.
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** Rows of the table, however long the run is. */
const ROWS = 12;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "60" },
    rate: { type: "string", default: "500" },
    "events-a-request": { type: "string", default: "10" },
    invalid: { type: "string", default: "0.01" },
    keep: { type: "string" },
  },
});
const seconds = Number(values.minutes) * 60;
const perRequest = Number(values["events-a-request"]);
const every = (perRequest / Number(values.rate)) * 1000;
const total = Math.ceil((seconds * 1000) / every) * perRequest;
const folder = values.keep ?? mkdtempSync(join(tmpdir(), "mplp-check-soak-"));
mkdirSync(folder, { recursive: true });

const server = await startServer();
try {
  const run = await soak(server);
  const report = await (await fetch(new URL("/stop", server.url), { method: "POST" })).text();
  const [exitCode] = await server.ended;
  print(run, await compared(report), exitCode);
} finally {
  server.child.kill("SIGKILL");
  if (values.keep === undefined) rmSync(folder, { recursive: true });
}

async function startServer() {
  const ready = join(folder, "ready.json");
  const args = ["listen", "--port", "0", "--capture", "capture.ndjson", "--ready-file", ready];
  const child = spawn(process.execPath, [join(ROOT, "bin/mplp-check.js"), ...args, "--quiet"], {
    cwd: folder,
    stdio: "ignore",
  });
  const ended = once(child, "exit");
  while (!existsSync(ready)) await sleep(20);
  return { child, ended, url: JSON.parse(readFileSync(ready, "utf8")).url };
}

/** Posts all events, a request each `every` milliseconds, late ones at once. */
async function soak({ url, child }) {
  const found = readFindings(url);
  const samples = [];
  const waits = [];
  const bodies = bodiesOf(createInterface({ input: source().stdout }));
  const began = performance.now();
  const underWay = new Set();
  let acknowledged = 0;
  let sampled = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < total / perRequest; index++) {
    const { value: body } = await bodies.next();
    await sleep(began + index * every - performance.now());
    const sent = performance.now();
    const posting = post(url, body).then(() => {
      acknowledged += perRequest;
      waits.push(performance.now() - sent);
      underWay.delete(posting);
    });
    underWay.add(posting);
    if (sent - sampled < (seconds * 1000) / (ROWS * 10)) continue;
    sampled = sent;
    await (await fetch(new URL("/metrics", url))).text();
    samples.push({ seconds: (sent - began) / 1000, resident: residentOf(child.pid), acknowledged });
  }
  await Promise.all(underWay);
  const took = (performance.now() - began) / 1000;
  return { samples, waits, acknowledged, took, found: found() };
}

function source() {
  const options = ["--events", String(total), "--invalid", values.invalid];
  return spawn(process.execPath, [join(ROOT, "bench/generate.mjs"), ...options], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function* bodiesOf(lines) {
  let body = [];
  for await (const line of lines) {
    body.push(line);
    if (body.length < perRequest) continue;
    yield `${body.join("\n")}\n`;
    body = [];
  }
}

async function post(url, body) {
  const headers = { "Content-Type": "application/x-ndjson" };
  const answer = await fetch(new URL("/v1/events", url), { method: "POST", headers, body });
  await answer.text();
  if (answer.status !== 202) throw new Error(`a request was answered with ${answer.status}`);
}

/** @returns tells how many findings have come by the stream until it is called */
function readFindings(url) {
  let count = 0;
  (async () => {
    const { body } = await fetch(new URL("/findings", url));
    const decoder = new TextDecoder();
    for await (const chunk of body)
      count += decoder.decode(chunk, { stream: true }).split("event: finding").length - 1;
  })().catch(() => {});
  return () => count;
}

function residentOf(pid) {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(kilobytes) / 1000;
}

/** Checks the capture as a file: the report of /stop must be the same. */
async function compared(report) {
  const capture = join(folder, "capture.ndjson");
  writeFileSync(join(folder, "stop.json"), report);
  const args = [
    join(ROOT, "bin/mplp-check.js"),
    "capture.ndjson",
    "-f",
    "json",
    "-o",
    "check.json",
    "--quiet",
  ];
  await once(spawn(process.execPath, args, { cwd: folder, stdio: "ignore" }), "exit");
  let lines = 0;
  for await (const _line of createInterface({ input: createReadStream(capture) })) lines++;
  const { verdict, findings } = JSON.parse(report);
  const count = findings.reduce((sum, finding) => sum + finding.count, 0);
  return { isSame: readFileSync(join(folder, "check.json"), "utf8") === report, lines, verdict, count };
}

function print({ samples, waits, acknowledged, took, found }, { isSame, lines, verdict, count }, exitCode) {
  console.log("| minutes | events | resident MB, median | most |\n|---:|---:|---:|---:|");
  const size = Math.ceil(samples.length / ROWS);
  for (let first = 0; first < samples.length; first += size) {
    const part = samples.slice(first, first + size);
    const resident = part.map((sample) => sample.resident).sort((a, b) => a - b);
    const last = part.at(-1);
    console.log(
      `| ${(last.seconds / 60).toFixed(1)} | ${last.acknowledged.toLocaleString("en")} | ${quantile(resident, 0.5).toFixed(0)} | ${resident.at(-1).toFixed(0)} |`,
    );
  }
  waits.sort((a, b) => a - b);
  const [median, high] = [0.5, 0.999].map((share) => quantile(waits, share).toFixed(1));
  console.log(`
${acknowledged} events in ${took.toFixed(0)} s (${(acknowledged / took).toFixed(0)} a second), answered after ${median} ms (median), ${high} ms (of 1,000 requests 999), ${waits.at(-1).toFixed(0)} ms (all)
${lines} lines in the capture, ${found} findings by the stream, ${count} in the report
verdict ${verdict}, exit code ${exitCode}; the report of /stop ${isSame ? "is" : "is not"} that of a check of the capture`);
  if (!isSame || lines !== acknowledged || acknowledged !== total) process.exitCode = 1;
}

function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
