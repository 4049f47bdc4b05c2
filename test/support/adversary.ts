import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { ROOT } from "./fixtures.js";
import { HOSTILE } from "./hostile.js";
import { fewer } from "./long.js";

/** Put together here, so that nobody takes this file for a leak. */
export const TOKEN = ["gh", "p_", "Rk3vQ8nB5zL1", "yH7tD2wS9cX4", "aJ6mP0eU8fGo"].join("");
/** What lies outside of the audited folder, and must neither be shown nor be changed. */
export const PRECIOUS = "the private notes of somebody else";

const CLEAN = readFileSync(join(ROOT, "fixtures/quickstart/events.ndjson"), "utf8");
const [FIRST = ""] = CLEAN.split("\n");

export const isRoot = process.getuid?.() === 0;

/** Undocumented modules in the source_module of updates, one an event. */
export const MODULES = fewer("modules of a hostile mapping", 50_000);

/**
 * Fills a folder with what an adversary would hand over for an audit, beside one sound log.
 *
 * @param outside a folder that links lead to
 */
export function handOver(folder: string, outside: string): void {
  const at = (name: string): string => join(folder, name);
  writeFileSync(join(outside, "notes.txt"), PRECIOUS);
  writeFileSync(join(outside, "events.ndjson"), `${FIRST.replace(/\}$/, `,"note":"${PRECIOUS}"}`)}\n`);
  cpSync(join(ROOT, "fixtures/audit/conforming"), at("sound"), { recursive: true });
  links(at, outside);
  hidden(at);
  compressed(at);
  names(folder);
  secrets(at);
  nested(at);
  crowds(at);
  pack(at("pack"));
  execFileSync("mkfifo", [at("pipe.ndjson")]);
  writeFileSync(at("archive.zip"), Buffer.from("504b0304140000000800", "hex"));
  mkdirSync(at("closed"));
  writeFileSync(at("closed/events.ndjson"), CLEAN);
  if (!isRoot) chmodSync(at("closed"), 0);
}

type At = (name: string) => string;

function links(at: At, outside: string): void {
  symlinkSync(join(outside, "events.ndjson"), at("out.ndjson"));
  symlinkSync(outside, at("elsewhere"));
  symlinkSync("/etc/passwd", at("passwd.ndjson"));
  symlinkSync("round-b", at("round-a"));
  symlinkSync("round-a", at("round-b"));
  symlinkSync(".", at("self"));
  symlinkSync("/dev/zero", at("endless.ndjson"));
}

function hidden(at: At): void {
  writeFileSync(at(".hidden.ndjson"), CLEAN);
  mkdirSync(at(".git"));
  writeFileSync(at(".git/config"), "[core]\n");
  let deep = at("deep");
  // A path of 3 KiB: each of its folders can be entered.
  for (let depth = 0; depth < 300; depth++) deep = join(deep, `folder${depth % 10}`);
  mkdirSync(deep, { recursive: true });
  writeFileSync(join(deep, "events.ndjson"), CLEAN);
}

function compressed(at: At): void {
  // A million to one: what is unpacked is never held.
  const zeros = gzipSync(Buffer.alloc(64 << 20), { level: 9 });
  writeFileSync(at("bomb.ndjson.gz"), Buffer.concat(Array.from({ length: 8 }, () => zeros)));
  writeFileSync(at("twice.ndjson.gz"), gzipSync(gzipSync(CLEAN)));
  writeFileSync(
    at("behind.ndjson.gz"),
    Buffer.concat([gzipSync(CLEAN), Buffer.alloc(9), Buffer.from(`{"event_id":"${PRECIOUS}"}\n`)]),
  );
  writeFileSync(at("cut.ndjson.gz"), gzipSync(CLEAN).subarray(0, 400));
}

function names(folder: string): void {
  const texts = [
    "--output=x",
    "-o",
    "--config=evil.yaml",
    "a\nb",
    "\u001b[2J\u001b]0;title\u0007",
    "::error::x",
    "<script>alert(1)</script>",
    "$(touch pwned)",
    HOSTILE["bidirectional marks"],
  ];
  for (const text of texts) writeFileSync(join(folder, `${text.replaceAll("/", "")}.ndjson`), CLEAN);
  const broken = Buffer.concat([
    Buffer.from(`${folder}/`),
    Buffer.from([0xff, 0xfe, 0x80]),
    Buffer.from(".ndjson"),
  ]);
  // Not every file system takes such a name.
  try {
    writeFileSync(broken, CLEAN);
  } catch {}
}

function secrets(at: At): void {
  const event = JSON.parse(FIRST) as Record<string, unknown>;
  writeFileSync(at(`${TOKEN}.ndjson`), CLEAN);
  mkdirSync(at(`folder ${TOKEN}`));
  writeFileSync(at(`folder ${TOKEN}/letter.txt`), "nothing");
  writeFileSync(
    at("leak.ndjson"),
    [
      { ...event, event_id: `id ${TOKEN}`, [TOKEN]: 1 },
      { ...event, payload: { deep: { [`member ${TOKEN}`]: `https://x:${TOKEN}@git.example/a.git` } } },
      { ...event, event_family: TOKEN, timestamp: TOKEN },
    ]
      .map((each) => `${JSON.stringify(each)}\n`)
      .join(""),
  );
  appendFileSync(at("leak.ndjson"), `{"event_id":"${TOKEN}", broken\n`);
}

function nested(at: At): void {
  const deep = (open: string, close: string): string =>
    FIRST.replace(/\}$/, `,"deep":${open.repeat(200_000)}1${close.repeat(200_000)}}`);
  writeFileSync(at("nested.ndjson"), [FIRST, deep("[", "]"), deep('{"a":', "}"), FIRST, ""].join("\n"));
}

function crowds(at: At): void {
  const update = {
    event_type: "psg_changed",
    event_family: "graph_update",
    timestamp: "2026-01-05T08:00:00Z",
    graph_id: "2f1c8d1e-64b5-4c1a-9a53-7b0d4c6e9f20",
    update_kind: "node_add",
    node_delta: 1,
    edge_delta: 0,
  };
  const updates = Array.from({ length: MODULES }, (_, number) => ({
    event_id: `1b671a64-40d5-491e-99b0-${String(number).padStart(12, "0")}`,
    ...update,
    source_module: `module ${number}`,
  }));
  writeFileSync(at("crowd.ndjson"), updates.map((each) => `${JSON.stringify(each)}\n`).join(""));
}

/** An evidence pack whose manifest and checksums are lies. */
function pack(folder: string): void {
  mkdirSync(join(folder, "timeline"), { recursive: true });
  mkdirSync(join(folder, "integrity"));
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ protocol_version: "9.9.9", verified: true }));
  writeFileSync(join(folder, "timeline/events.ndjson"), CLEAN);
  copyFileSync(join(folder, "timeline/events.ndjson"), join(folder, "timeline/more.ndjson"));
  const zeros = "0".repeat(64);
  const outside = createHash("sha256").update(PRECIOUS).digest("hex");
  const sums = [
    `${zeros}  timeline/events.ndjson`,
    `${outside}  ../../outside/notes.txt`,
    `${zeros}  /etc/passwd`,
    `${zeros}  missing.txt`,
  ];
  writeFileSync(join(folder, "integrity/sha256sums.txt"), `${sums.join("\n")}\n`);
  writeFileSync(join(folder, "integrity/pack.sha256"), `${zeros}\n`);
}

/** All that is in a folder, with the content of files, as far as it can be read. */
export function contentsOf(folder: string): Readonly<Record<string, string>> {
  const contents: Record<string, string> = {};
  for (const entry of readdirSync(folder, { withFileTypes: true, encoding: "buffer" })) {
    const name = entry.name.toString("latin1");
    const path = Buffer.concat([Buffer.from(`${folder}/`), entry.name]);
    if (entry.isSymbolicLink()) contents[name] = `link to ${readlinkSync(path)}`;
    else if (entry.isFile()) contents[name] = createHash("sha256").update(readFileSync(path)).digest("hex");
    else contents[name] = entry.isDirectory() ? "folder" : "other";
  }
  return contents;
}
