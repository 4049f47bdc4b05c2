import { execFileSync, spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { JSON_BODY, LINES_BODY, type Listener, listenerPerTest } from "../../support/listener.js";
import { fewer } from "../../support/long.js";

const listeners = listenerPerTest();

interface Load {
  /** Marks of events whose storage was acknowledged. */
  readonly acknowledged: Set<string>;
  readonly statuses: Map<number, number>;
  end(): Promise<void>;
}

/** Sends events over several connections, as fast as they are answered, until it is ended or nobody answers. */
function load(
  server: Listener,
  connections: number,
  eventOf = (mark: string) => JSON.stringify({ mark }),
): Load {
  const acknowledged = new Set<string>();
  const statuses = new Map<number, number>();
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let isOver = false;
  const send = (mark: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const options = { method: "POST", headers: JSON_BODY, agent };
      const sent = request(`${server.url}/v1/events`, options, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      sent.once("error", reject).end(eventOf(mark));
    });
  const line = async (): Promise<void> => {
    while (!isOver) {
      const mark = randomUUID();
      const status = await send(mark).catch(() => undefined);
      if (status === undefined) return;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status === 202) acknowledged.add(mark);
      else await sleep(20);
    }
  };
  const lines = Promise.all(Array.from({ length: connections }, line));
  const end = async (): Promise<void> => {
    isOver = true;
    await lines;
    agent.destroy();
  };
  return { acknowledged, statuses, end };
}

/** The marks in a capture. A line without an end is none that anybody was told of. */
function marksIn(capture: string): Set<string> {
  const lines = readFileSync(capture, "utf8").split("\n").slice(0, -1);
  return new Set(lines.map((line) => (JSON.parse(line) as { mark: string }).mark));
}

function expectAllThere(acknowledged: ReadonlySet<string>, capture: string): void {
  const there = marksIn(capture);
  expect([...acknowledged].filter((mark) => !there.has(mark))).toEqual([]);
}

describe("what was acknowledged", () => {
  it("is in the capture, however often the server is killed", async () => {
    const folder = listeners.newFolder();
    const acknowledged = new Set<string>();
    for (let run = 0; run < fewer("kills of a server", 25); run++) {
      const server = await listeners.start(["--capture", "a.ndjson", "--append"], { folder });
      const sending = load(server, 1 + (run % 3) * 8);
      while (sending.acknowledged.size < 30) await sleep(10);
      await sleep(Math.random() * 200);
      server.child.kill("SIGKILL");
      await server.ended;
      await sending.end();
      for (const mark of sending.acknowledged) acknowledged.add(mark);
      expectAllThere(acknowledged, server.capture);
    }
    expect(acknowledged.size).toBeGreaterThan(100);
  }, 120_000);

  it("is in the capture where the server ends in good order under load, and nothing else comes twice", async () => {
    const server = await listeners.start(["--sync", "none"]);
    const sending = load(server, 16);
    await sleep(500);
    server.child.kill("SIGTERM");
    const { status, stderr } = await server.ended;
    await sending.end();
    expectAllThere(sending.acknowledged, server.capture);
    const lines = readFileSync(server.capture, "utf8").trimEnd().split("\n");
    expect(lines.length).toBe(marksIn(server.capture).size);
    // These records are no events: nothing was checked.
    expect({ status, stderr }).toMatchObject({ status: 3 });
  });
});

/** A file system of so many kilobytes; undefined where none may be made. */
function smallDisk(kilobytes: number, folder: string): string | undefined {
  const disk = join(folder, "disk");
  mkdirSync(disk);
  const made = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${kilobytes}k`, "tmpfs", disk]);
  return made.status === 0 ? disk : undefined;
}

describe("a full disk", () => {
  it("is answered with 503, loses nothing, leaves no half line, and ends the run with 2", async (context) => {
    const folder = listeners.newFolder();
    const disk = smallDisk(256, folder);
    if (disk === undefined) return context.skip("mounting is not allowed here");
    try {
      const ballast = join(disk, "ballast");
      writeFileSync(ballast, Buffer.alloc(128 * 1024));
      const server = await listeners.start(["--capture", "disk/a.ndjson"], { folder });
      const sending = load(server, 8, (mark) => JSON.stringify({ mark, filler: "x".repeat(3000) }));
      while (!sending.statuses.has(503)) await sleep(20);
      expectAllThere(sending.acknowledged, server.capture);
      const before = sending.acknowledged.size;
      execFileSync("rm", [ballast]);
      while (sending.acknowledged.size === before) await sleep(20);
      await sending.end();
      expectAllThere(sending.acknowledged, server.capture);
      expect(readFileSync(server.capture, "utf8").endsWith("\n")).toBe(true);
      await server.stop();
      const { status, stderr } = await server.ended;
      expect({ status, stderr }).toMatchObject({
        status: 2,
        stderr: expect.stringContaining("not all events"),
      });
    } finally {
      spawnSync("umount", [disk]);
    }
  });
});

/** The most memory that a process has had, in MB. */
function peakOf({ child }: Listener): number {
  const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
  return Number(/VmHWM:\s*(\d+)/.exec(status)?.[1]) / 1024;
}

const EVENT = JSON.stringify({ mark: "after all" });

describe("a server", () => {
  it("outlives gzip bombs", async () => {
    const server = await listeners.start();
    const bomb = gzipSync(Buffer.alloc(500_000_000, " "));
    const headers = { ...JSON_BODY, "Content-Encoding": "gzip" };
    const answers = await Promise.all([1, 2, 3, 4].map(() => server.post("/v1/events", bomb, headers)));
    for (const { status } of answers) expect([413, 503]).toContain(status);
    expect(peakOf(server)).toBeLessThan(500);
    expect((await server.post("/v1/events", EVENT)).status).toBe(202);
  });

  it("answers others while a client is slow, and sends it away in the end", async () => {
    const server = await listeners.start();
    const { port } = new URL(server.url);
    const slow = connect(Number(port), "127.0.0.1").on("error", () => undefined);
    slow.resume();
    slow.write("POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n");
    const closed = once(slow, "close");
    for (let sent = 0; sent < 5; sent++) expect((await server.post("/v1/events", EVENT)).status).toBe(202);
    await closed;
    expect(readFileSync(server.capture, "utf8").split("\n")).toHaveLength(6);
  });

  it("answers others while 1,000 connections are open", async () => {
    const server = await listeners.start();
    const { port } = new URL(server.url);
    const open: Socket[] = [];
    for (let count = 0; count < 1000; count++) {
      const socket = connect(Number(port), "127.0.0.1").on("error", () => undefined);
      await once(socket, "connect");
      socket.write("POST /v1/events HTTP/1.1\r\nHost: localhost\r\n");
      open.push(socket);
    }
    expect((await server.post("/v1/events", EVENT)).status).toBe(202);
    for (const socket of open) socket.destroy();
    expect((await server.post("/v1/events", EVENT)).status).toBe(202);
    await server.stop();
    expect((await server.ended).status).toBe(3);
  });

  it("holds no more than it may, and never drops what it has acknowledged", async () => {
    const server = await listeners.start(["--max-queue", "3MB"]);
    const body = `${JSON.stringify({ mark: "x", filler: "y".repeat(1000) })}\n`.repeat(1500);
    const answers = await Promise.all(
      Array.from({ length: 12 }, async () => (await server.post("/v1/events", body, LINES_BODY)).status),
    );
    expect(new Set(answers)).toEqual(new Set([202, 503]));
    const stored = answers.filter((status) => status === 202).length;
    expect(readFileSync(server.capture, "utf8").split("\n")).toHaveLength(stored * 1500 + 1);
  });

  it("needs little memory for a body with very many findings, and counts them all", async () => {
    const server = await listeners.start();
    const lines = 30_000;
    const body = gzipSync('{"event_family":"intent"}\n'.repeat(lines));
    const answer = await server.post("/v1/events", body, { ...LINES_BODY, "Content-Encoding": "gzip" });
    expect(answer.status).toBe(202);
    const { findings, more } = (await answer.json()) as { findings: object[]; more: number };
    expect(findings.length).toBe(100);
    expect(findings.length + more).toBeGreaterThanOrEqual(3 * lines);
    expect(peakOf(server)).toBeLessThan(400);
  }, 180_000);

  it("is stopped by a client that sends for ever, without keeping what it sends", async () => {
    const server = await listeners.start(["--max-body", "1MB"]);
    const { port } = new URL(server.url);
    const endless = connect(Number(port), "127.0.0.1").on("error", () => undefined);
    endless.write("POST /v1/events HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
    const chunk = `10000\r\n${"a".repeat(65_536)}\r\n`;
    const answer = once(endless, "data");
    const timer = setInterval(() => {
      if (endless.writableLength < 1e6) endless.write(chunk);
    }, 1);
    expect(String((await answer)[0])).toContain("413");
    await sleep(500);
    expect(peakOf(server)).toBeLessThan(300);
    clearInterval(timer);
    endless.destroy();
  });
});

it("a reader of findings does not keep the server from ending", async () => {
  const server = await listeners.start();
  await server.post("/v1/events", EVENT);
  const reader = spawn("curl", ["-sN", `${server.url}/findings`], { stdio: "ignore" });
  await sleep(200);
  await server.stop();
  expect((await server.ended).status).toBe(3);
  reader.kill();
});
