import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { check, exitCodeOf } from "../../src/index.js";
import { ROOT } from "../support/fixtures.js";
import { stored } from "../support/zstd-frames.js";
import type { Attack, Random } from "./attack.js";

const BIN = join(ROOT, "bin/mplp-check.js");
const LOG = readFileSync(join(ROOT, "fixtures/quickstart/events.ndjson"));
/** Four MiB and a little: several blocks, whose ids all differ. */
const LONG = Buffer.concat(
  Array.from({ length: 12_000 }, (_, number) =>
    Buffer.from(
      `${JSON.stringify({
        event_id: `1b671a64-40d5-491e-99b0-${String(number).padStart(12, "0")}`,
        event_type: "more",
        event_family: "intent",
        timestamp: "2026-01-05T08:00:00Z",
        payload: { text: "x".repeat(200) },
      })}\n`,
    ),
  ),
);

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Waits for a process, which must end within a minute. */
function ended(child: ChildProcess): Promise<Ended> {
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
    });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error("did not end within a minute"));
    }, 60_000);
    child.on("error", reject);
    child.on("close", (status) => {
      clearTimeout(timer);
      resolve({ status, ...output });
    });
  });
}

const run = (args: readonly string[], stdout: "pipe" | number = "pipe"): ChildProcess =>
  spawn(process.execPath, [BIN, "--no-config", ...args], { stdio: ["ignore", stdout, "pipe"] });

/** Whatever happens, a fault is told in words, and the trace of an internal error is none of them. */
function expectWords({ stderr }: Ended): void {
  assert.doesNotMatch(stderr, /\n\s+at |internal error|Unhandled|TypeError|RangeError/, stderr);
}

type Fault = (random: Random, folder: string) => Promise<void>;

/** Nothing can be written to the place of the report. */
const fullDevice: Fault = async (random, folder) => {
  if (!existsSync("/dev/full")) return;
  writeFileSync(join(folder, "a.ndjson"), LOG);
  const path = join(folder, "a.ndjson");
  const format = random.pick(["text", "json", "html", "sarif"]);
  const isStdout = random.below(2) === 0;
  const full = isStdout ? openSync("/dev/full", "w") : undefined;
  const to = isStdout ? [] : ["-o", "/dev/full"];
  const end = await ended(run([path, "-f", format, ...to], full));
  if (full !== undefined) closeSync(full);
  expectWords(end);
  assert.equal(end.status, 2, end.stderr);
};

/** A small file system, full in the middle of a report or a state. */
const fullDisk: Fault = async (random, folder) => {
  const disk = join(folder, "disk");
  execFileSync("mkdir", [disk]);
  if (!canMount(disk)) return;
  try {
    writeFileSync(join(folder, "a.ndjson"), LONG);
    const target = join(disk, random.pick(["report.json", "report.html", "all.ndjson", "a.state"]));
    writeFileSync(target, "what was there");
    writeFileSync(join(disk, "filling"), Buffer.alloc(random.below(32_000) + 24_000));
    const option = target.endsWith("state")
      ? ["--state-out", target]
      : target.endsWith("all.ndjson")
        ? ["--findings", target]
        : ["-f", target.endsWith("html") ? "html" : "json", "-o", target];
    const end = await ended(run([join(folder, "a.ndjson"), ...option]));
    expectWords(end);
    const content = readFileSync(target, "utf8");
    if (content === "what was there") assert.equal(end.status, 2, end.stderr);
    else assert.notEqual(end.status, 2, `${end.stderr} ${content.slice(0, 100)}`);
    assert.deepEqual(
      readdirSync(disk).filter((name) => name.startsWith(".mplp-check")),
      [],
    );
  } finally {
    execFileSync("umount", [disk]);
  }
};

function canMount(disk: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** The reader of the report goes away. */
const closedPipe: Fault = async (random, folder) => {
  const path = join(folder, "a.ndjson");
  writeFileSync(path, LONG);
  const child = run([path, "-f", random.pick(["json", "html", "text"]), "--findings", "/dev/null"]);
  const after = random.below(2) === 0;
  if (after) child.stdout?.once("data", () => child.stdout?.destroy());
  else child.stdout?.destroy();
  const end = await ended(child);
  expectWords(end);
  assert.ok([0, 1, 3].includes(end.status ?? -1), `${end.status} ${end.stderr}`);
};

/** A file that nobody may read, among others. */
const unreadable: Fault = async (_random, folder) => {
  if (process.getuid?.() === 0) return;
  writeFileSync(join(folder, "a.ndjson"), LOG);
  writeFileSync(join(folder, "b.ndjson"), LOG);
  chmodSync(join(folder, "b.ndjson"), 0);
  const report = await check([folder]);
  assert.equal(exitCodeOf(report), 2);
  assert.match(JSON.stringify(report.errors), /permission denied/);
};

/** Something happens to the file while it is read. */
const underWay: Fault = async (random, folder) => {
  const path = join(folder, "a.ndjson");
  writeFileSync(path, LONG);
  const happens = random.pick([
    () => unlinkSync(path),
    () => renameSync(path, `${path}.1`),
    () => truncateSync(path, random.below(LONG.length)),
    () => appendFileSync(path, LOG),
    () => writeFileSync(path, LOG),
  ]) as () => void;
  let block = random.below(2);
  const report = await check([path], {
    claims: random.pick([[], ["runtime"]]),
    onProgress: () => {
      if (block-- === 0) happens();
    },
  });
  assert.notEqual(report.inputs[0]?.change, undefined);
  assert.equal(report.errors.length > 0, report.claims.length > 0);
};

/** Compressed data that breaks off, or of which a byte is another. */
const damaged: Fault = async (random, folder) => {
  const isGzip = random.below(2) === 0;
  const log = random.below(2) === 0 ? LOG : LONG;
  const bytes = isGzip ? gzipSync(log) : stored(log);
  const isCut = !isGzip || random.below(2) === 0;
  const at = random.below(bytes.length - 1) + 1;
  const broken = isCut ? bytes.subarray(0, at) : Buffer.from(bytes);
  if (!isCut) broken[at] = (broken[at] ?? 0) ^ (1 << random.below(8));
  const path = join(folder, random.pick(["a.ndjson", "a.ndjson.gz", "a.ndjson.zst", "a"]));
  writeFileSync(path, broken);
  const report = await check([path], { jobs: 1, claims: ["runtime"] });
  const isSame = !isCut && isReadableAs(broken, log);
  if (isSame) assert.deepEqual(report.errors, []);
  else
    assert.equal(exitCodeOf(report), 2, `${isGzip ? "gzip" : "zstd"} ${isCut ? "cut" : "changed"} at ${at}`);
  assert.notEqual(report.verdict, "conformant");
};

/** What is changed in a header may mean nothing. */
function isReadableAs(bytes: Buffer, content: Buffer): boolean {
  try {
    return gunzipSync(bytes).equals(content);
  } catch {
    return false;
  }
}

/** A signal at any time: a report of what was checked by then, or none, and nothing left behind. */
const signalled: Fault = async (random, folder) => {
  const path = join(folder, "a.ndjson");
  writeFileSync(path, Buffer.concat(Array.from({ length: 12 }, () => LONG)));
  const report = join(folder, "report.json");
  const signal = random.pick<NodeJS.Signals>(["SIGINT", "SIGTERM"]);
  const child = run([path, "-f", "json", "-o", report, "--jobs", String(1 + random.below(2))]);
  const timer = setTimeout(() => child.kill(signal), 100 + random.below(1500));
  const end = await ended(child);
  clearTimeout(timer);
  expectWords(end);
  if (existsSync(report)) assert.equal(JSON.parse(readFileSync(report, "utf8")).schemaVersion, 1);
  const left = readdirSync(folder).filter((name) => name !== "a.ndjson" && name !== "report.json");
  assert.deepEqual(left, []);
  // Before the program has told the system what it wants to do about signals, they end it.
  assert.ok([null, 0, 1, 130, 143].includes(end.status), `${end.status} after ${signal}: ${end.stderr}`);
};

const CHEAP: readonly Fault[] = [damaged, damaged, damaged, underWay, unreadable];
const FAULTS: readonly Fault[] = [...CHEAP, ...CHEAP, fullDevice, fullDisk, closedPipe, signalled];

/** What may go wrong around the checker: it says so, and nothing is half done. */
export const faults: Attack = {
  of: "faults",
  async run(random, folder) {
    const fault = random.pick(FAULTS);
    await fault(random, folder);
    return 1;
  },
};
