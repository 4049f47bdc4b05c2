// How many events a second does `mplp-check listen` take, with answers that wait for the disk and without, and how
// many does a server take that only stores them?
//
//   node bench/live.mjs [--seconds 2]
//
// Clients run in this process and share the machine with the server.
import { spawn } from "node:child_process";
import { appendFile, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createGunzip, gzipSync } from "node:zlib";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({ options: { seconds: { type: "string", default: "2" } } });
const seconds = Number(values.seconds);
const folder = mkdtempSync(join(tmpdir(), "mplp-check-live-"));

const [EVENT = ""] = readFileSync(join(ROOT, "fixtures/quickstart/events.ndjson"), "utf8").split("\n");
const THOUSAND = gzipSync(`${EVENT}\n`.repeat(1000));

const SERVERS = [
  ["listen, --sync batch", () => listening("batch")],
  ["listen, --sync none", () => listening("none")],
  ["only stores, no sync", storing],
];
const LOADS = [
  { name: "one event a request, one connection", connections: 1, events: 1, body: EVENT, headers: {} },
  { name: "one event a request, 32 connections", connections: 32, events: 1, body: EVENT, headers: {} },
  {
    name: "1,000 events a request (NDJSON, gzip), 4 connections",
    connections: 4,
    events: 1000,
    body: THOUSAND,
    headers: { "Content-Encoding": "gzip", "Content-Type": "application/x-ndjson" },
  },
];

try {
  console.log(`| events a second | ${SERVERS.map(([name]) => name).join(" | ")} |`);
  console.log(`|---|${"---|".repeat(SERVERS.length)}`);
  for (const load of LOADS) {
    const cells = [];
    for (const [, start] of SERVERS) cells.push(await measured(await start(), load));
    console.log(`| ${load.name} | ${cells.join(" | ")} |`);
  }
} finally {
  rmSync(folder, { recursive: true });
}

async function measured({ port, stop }, { connections, events, body, headers }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const options = { port, agent, method: "POST", path: "/v1/events" };
  const all = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body), ...headers };
  let count = 0;
  const began = performance.now();
  const line = async () => {
    while (performance.now() - began < seconds * 1000) {
      const status = await posted({ ...options, headers: all }, body);
      if (status !== 202) throw new Error(`answered with ${status}`);
      count += events;
    }
  };
  await Promise.all(Array.from({ length: connections }, line));
  const rate = Math.round((count / (performance.now() - began)) * 1000);
  agent.destroy();
  await stop();
  return rate.toLocaleString("en");
}

function posted(options, body) {
  return new Promise((resolve, reject) => {
    const sent = request(options, (answer) => {
      answer.resume();
      answer.once("end", () => resolve(answer.statusCode));
    });
    sent.once("error", reject).end(body);
  });
}

async function listening(sync) {
  const ready = join(folder, "ready.json");
  const args = ["listen", "--port", "0", "--sync", sync, "--ready-file", ready, "--quiet"];
  const child = spawn(process.execPath, [join(ROOT, "bin/mplp-check.js"), ...args], {
    cwd: folder,
    stdio: "ignore",
  });
  while (!existsSync(ready)) await sleep(20);
  const { port } = new URL(JSON.parse(readFileSync(ready, "utf8")).url);
  const stop = async () => {
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("exit", resolve));
    rmSync(ready);
  };
  return { port, stop };
}

async function storing() {
  const server = createServer((received, answer) => {
    const parts = [];
    const isGzip = received.headers["content-encoding"] === "gzip";
    const body = isGzip ? received.pipe(createGunzip()) : received;
    body.on("data", (part) => parts.push(part));
    body.on("end", () =>
      appendFile(join(folder, "stored"), Buffer.concat(parts), () => answer.writeHead(202).end()),
    );
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () => new Promise((resolve) => server.close(resolve));
  return { port: server.address().port, stop };
}
