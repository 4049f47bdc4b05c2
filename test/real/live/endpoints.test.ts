import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Occurrence, Report } from "../../../src/index.js";
import { mplpCheck } from "../../support/cli.js";
import { JSON_BODY, LINES_BODY, listenerPerTest } from "../../support/listener.js";
import { captured, EVENT, GIT, posted } from "../../support/posts.js";
import { BROKEN, CLEAN } from "../../support/workspace.js";

const listeners = listenerPerTest();
describe("a post", () => {
  it("of an array, of NDJSON and of gzip data is as many lines", async () => {
    const server = await listeners.start();
    const lines = readFileSync(CLEAN, "utf8").trimEnd().split("\n");
    const none = await posted(server, "/v1/events", "[]");
    expect(none.reply).toEqual({ accepted: 0, findings: [], warnings: [] });
    await posted(server, "/v1/events", `[\n${lines.join(",\n")}\n]`);
    await posted(server, "/v1/events", lines.join("\n"), LINES_BODY);
    const zipped = { ...LINES_BODY, "Content-Encoding": "gzip" };
    const { reply } = await posted(server, "/v1/events", gzipSync(lines.join("\n")), zipped);
    expect(reply.capture).toEqual({ from: 2 * lines.length + 1, to: 3 * lines.length });
    expect(captured(server)).toEqual([...lines, ...lines, ...lines]);
  });

  it("to the path of another kind is a warning", async () => {
    const server = await listeners.start();
    const wrong = await posted(server, "/integration/ci", JSON.stringify(GIT));
    expect(wrong.reply.warnings).toEqual(["line 1 is a git_event: post it to /integration/git"]);
    const right = await posted(server, "/integration/git", JSON.stringify(GIT));
    expect(right.reply.warnings).toEqual([]);
  });

  it("with --reject is refused where a MUST is broken, and stored once all the same", async () => {
    const server = await listeners.start(["--reject"]);
    const bad = await posted(server, "/v1/events", readFileSync(BROKEN, "utf8"), LINES_BODY);
    expect(bad.status).toBe(422);
    expect(bad.headers.get("content-type")).toBe("application/problem+json");
    expect(bad.reply).toMatchObject({ detail: expect.stringContaining("MUST findings") });
    expect(captured(server)).toHaveLength(14);
    expect((await posted(server, "/v1/events", EVENT)).status).toBe(202);
  });

  it("with an Idempotency-Key is stored once, and another body with this key is refused", async () => {
    const server = await listeners.start();
    const keyed = { ...JSON_BODY, "Idempotency-Key": "one" };
    const [first, again] = await Promise.all([1, 2].map(() => posted(server, "/v1/events", EVENT, keyed)));
    expect(again?.reply).toEqual(first?.reply);
    expect((await posted(server, "/v1/events", JSON.stringify(GIT), keyed)).status).toBe(409);
    expect(captured(server)).toHaveLength(1);
    await posted(server, "/v1/events", EVENT);
    await posted(server, "/v1/events", EVENT);
    expect(captured(server)).toHaveLength(3);
  });

  it.each([
    ["/v1/events", "", JSON_BODY, 400, "empty"],
    ["/v1/events", "hello", JSON_BODY, 400, "must be a JSON object"],
    ["/v1/events", gzipSync(EVENT), JSON_BODY, 400, "Content-Encoding: gzip"],
    [
      "/v1/events",
      gzipSync(EVENT).subarray(0, 40),
      { ...JSON_BODY, "Content-Encoding": "gzip" },
      400,
      "gzip",
    ],
    [
      "/v1/events",
      Buffer.concat([gzipSync(EVENT), Buffer.from("more")]),
      { ...JSON_BODY, "Content-Encoding": "gzip" },
      400,
      "no gzip data",
    ],
    ["/v1/events", EVENT, { ...JSON_BODY, "Content-Encoding": "br" }, 415, "gzip"],
    ["/v1/events", EVENT, { "Content-Type": "text/plain" }, 415, "Content-Type: application/json"],
    ["/v1/events", EVENT, { "Content-Type": "application/json; charset=latin1" }, 415, "UTF-8"],
    ["/v1/logs", "x", { "Content-Type": "application/x-protobuf" }, 415, "http/json"],
    ["/nowhere", EVENT, JSON_BODY, 404, "/integration/git"],
    ["/report", EVENT, JSON_BODY, 405, "GET"],
    ["/v1/events", `{"a":"${"x".repeat(2000)}"}`, JSON_BODY, 413, "--max-body"],
    [
      "/v1/events",
      gzipSync(`{"a":"${"x".repeat(2000)}"}`),
      { ...JSON_BODY, "Content-Encoding": "gzip" },
      413,
      "--max-body",
    ],
  ] as const)("to %s that nothing is made of says why (%#)", async (path, body, headers, status, words) => {
    const server = await listeners.start(["--max-body", "1000"]);
    const answer = await posted(server, path, body, headers);
    expect(answer).toMatchObject({ status, reply: { status, detail: expect.stringContaining(words) } });
    expect(captured(server)).toEqual([]);
    await server.stop();
    // Nobody takes a post to a path that is only read for telemetry.
    const isTold = status !== 405;
    const ended = await server.ended;
    expect([ended.status, ended.stderr.includes("1 post refused")]).toEqual([isTold ? 2 : 3, isTold]);
  });

  it("that all memory for requests would not hold says which option to raise", async () => {
    const server = await listeners.start(["--max-body", "1MB", "--max-queue", "1000"]);
    const answer = await posted(server, "/v1/events", `{"a":"${"x".repeat(2000)}"}`);
    expect(answer).toMatchObject({ status: 413, reply: { detail: expect.stringContaining("--max-queue") } });
  });

  it("of OpenTelemetry's logs is answered as its exporters expect", async () => {
    const server = await listeners.start(["--reject"]);
    const exported = (body: object) =>
      JSON.stringify({
        resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: JSON.stringify(body) } }] }] }],
      });
    const good = await posted(server, "/v1/logs", exported(JSON.parse(EVENT) as object));
    expect(good).toMatchObject({ status: 200, reply: { partialSuccess: {} } });
    const bad = await posted(server, "/v1/logs", exported({ ...(JSON.parse(EVENT) as object), event_id: 1 }));
    expect(bad.reply).toMatchObject({
      partialSuccess: { rejectedLogRecords: "1", errorMessage: expect.stringContaining("PS-4.1-1") },
    });
    const report = JSON.parse(await server.stop()) as Report;
    expect(report.summary.events).toBe(2);
    expect(report.inputs[0]?.carrier).toMatchObject({ otlp: 2 });
  });
});

describe("who may speak to a server", () => {
  const asking = (url: string, headers: Record<string, string>): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const sent = request(`${url}/report`, { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      sent.once("error", reject).end();
    });

  it("is nobody whose name leads here by a trick, and no page of another origin", async () => {
    const { url } = await listeners.start();
    const { port } = new URL(url);
    expect(await asking(url, { Host: `localhost:${port}` })).toBe(200);
    expect(await asking(url, { Host: `[::1]:${port}` })).toBe(200);
    expect(await asking(url, { Host: `evil.example:${port}` })).toBe(403);
    expect(await asking(url, { Origin: "https://evil.example" })).toBe(403);
    expect(await asking(url, { Origin: url })).toBe(200);
    expect(await asking(url, { "Sec-Fetch-Site": "cross-site" })).toBe(403);
  });

  it("is who knows the token", async () => {
    const folder = listeners.newFolder();
    writeFileSync(join(folder, "token"), "a-token-of-some-length\n");
    const { url, post } = await listeners.start(["--token-file", "token"], { folder });
    expect((await post("/v1/events", EVENT)).status).toBe(401);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const basic = Buffer.from("me:a-token-of-some-length").toString("base64");
    for (const Authorization of ["Bearer a-token-of-some-length", `Basic ${basic}`])
      expect((await post("/v1/events", EVENT, { ...JSON_BODY, Authorization })).status).toBe(202);
    expect((await fetch(`${url}/stop`, { method: "POST" })).status).toBe(401);
  });

  it("is nobody beyond this machine, unless that was asked for", async () => {
    const folder = listeners.newFolder();
    writeFileSync(join(folder, "token"), "a-token-of-some-length\n");
    writeFileSync(join(folder, "short"), "abc");
    const run = (...args: string[]) => mplpCheck(["listen", ...args], { cwd: folder });
    expect((await run("--host", "")).stderr).toContain("--host is empty");
    expect((await run("--host", "0.0.0.0")).stderr).toContain("give a --token-file");
    const open = ["--host", "0.0.0.0", "--token-file", "token"];
    expect((await run(...open)).stderr).toContain("--tls-cert and --tls-key, or --insecure");
    expect((await run("--tls-cert", "a")).stderr).toContain("need each other");
    expect(await run("--token-file", "short")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("at least 16"),
    });
    const server = await listeners.start([...open, "--insecure"], { folder });
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:/);
  });

  it("speaks TLS where there is a certificate", async () => {
    const folder = listeners.newFolder();
    const certificate =
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=localhost";
    execFileSync("openssl", [...certificate.split(" "), "-keyout", "key", "-out", "cert"], {
      cwd: folder,
      stdio: "ignore",
    });
    const { url } = await listeners.start(["--tls-cert", "cert", "--tls-key", "key"], { folder });
    expect(url).toMatch(/^https:/);
    const curl = ["-s", "--cacert", "cert", "-d", EVENT, "-H", "Content-Type: application/json"];
    const port = new URL(url).port;
    const sent = execFileSync("curl", [...curl, `https://localhost:${port}/v1/events`], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(JSON.parse(sent)).toMatchObject({ accepted: 1 });
  });
});

describe("the other paths", () => {
  it("tell how it goes, and give the report so far", async () => {
    const server = await listeners.start();
    const get = async (path: string): Promise<string> => (await fetch(`${server.url}${path}`)).text();
    expect(await get("/healthz")).toBe("alive\n");
    expect(await get("/readyz")).toBe("ready\n");
    await posted(server, "/v1/events", readFileSync(BROKEN, "utf8"), LINES_BODY);
    await server.post("/v1/events", "hello");
    const metrics = await get("/metrics");
    expect(metrics).toContain("mplp_check_received_total 2\n");
    expect(metrics).toContain("mplp_check_refused_total 1\n");
    expect(metrics).toContain("mplp_check_acknowledged_total 14\n");
    expect(metrics).toContain('mplp_check_findings_total{clause="PS-4.1-2",level="MUST"} 1\n');
    for (const format of ["json", "text", "junit", "html"]) {
      const { stdout } = await mplpCheck(["mplp-capture.ndjson", "-f", format], { cwd: server.folder });
      expect(await get(`/report?format=${format}`)).toBe(stdout);
    }
    expect((await fetch(`${server.url}/report?format=pdf`)).status).toBe(400);
  });

  it("answer HEAD where they answer GET, without a body", async () => {
    const { url } = await listeners.start();
    for (const path of ["/", "/healthz", "/readyz", "/metrics", "/report", "/findings"]) {
      const answer = await fetch(`${url}${path}`, { method: "HEAD", signal: AbortSignal.timeout(5000) });
      expect([path, answer.status, await answer.text()]).toEqual([path, 200, ""]);
    }
  });

  it("stream findings, and go on where a reader was", async () => {
    const server = await listeners.start();
    await posted(server, "/v1/events", readFileSync(BROKEN, "utf8"), LINES_BODY);
    const first = await streamed(`${server.url}/findings`, 5);
    expect(first.map(({ id }) => id)).toEqual(["1", "2", "3", "4", "5"]);
    const later = await streamed(`${server.url}/findings`, 2, { "Last-Event-ID": "3" });
    expect(later.map(({ id }) => id)).toEqual(["4", "5"]);
    const next = streamed(`${server.url}/findings`, 1, { "Last-Event-ID": "5" });
    await posted(server, "/v1/events", JSON.stringify({ ...(JSON.parse(EVENT) as object), event_id: "x" }));
    expect(await next).toMatchObject([{ id: "6", finding: { clauses: ["PS-4.1-2"], line: 15 } }]);
  });

  it("show no secret", async () => {
    const secret = `ghp_${["aZ3kQ9", "xW1mB7", "cR5tY2", "nL8vD4", "hJ6sF0", "pG2eK5"].join("")}`;
    const server = await listeners.start();
    const event = {
      ...(JSON.parse(EVENT) as object),
      [secret]: secret,
      stage_status: secret,
      event_id: secret,
    };
    const { reply } = await posted(server, "/v1/events", JSON.stringify(event));
    expect(JSON.stringify(reply)).not.toContain(secret);
    expect(reply.findings.length).toBeGreaterThan(1);
    expect(JSON.stringify(await streamed(`${server.url}/findings`, 1))).not.toContain(secret);
    expect(await (await fetch(`${server.url}/metrics`)).text()).not.toContain(secret);
    const { stderr, stdout } = await server.stop().then(() => server.ended);
    expect(stderr + stdout).not.toContain(secret);
  });
});

/** The first events of a stream of findings. */
async function streamed(url: string, count: number, headers: Record<string, string> = {}) {
  const aborting = new AbortController();
  const answer = await fetch(url, { headers, signal: aborting.signal });
  const found: { id: string | undefined; finding: Occurrence }[] = [];
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    const parts = text.split("\n\n");
    text = parts.pop() ?? "";
    for (const part of parts.filter((each) => each.includes("event: finding")))
      found.push({
        id: /^id: (\d+)$/m.exec(part)?.[1],
        finding: JSON.parse(/^data: (.*)$/m.exec(part)?.[1] ?? "") as Occurrence,
      });
    if (found.length >= count) break;
  }
  aborting.abort();
  return found;
}

describe("the end", () => {
  it("of nothing received is 3, and 0 where that is allowed", async () => {
    for (const [args, status] of [
      [[], 3],
      [["--allow-empty"], 0],
    ] as const) {
      const server = await listeners.start(args);
      await server.stop();
      expect((await server.ended).status).toBe(status);
    }
  });

  it("comes with a signal, with so many events, or with silence", async () => {
    const signalled = await listeners.start();
    await posted(signalled, "/v1/events", EVENT);
    signalled.child.kill("SIGTERM");
    expect(await signalled.ended).toMatchObject({ status: 0, stdout: expect.stringContaining("1 event") });
    const counted = await listeners.start(["--until-events", "2"]);
    await posted(counted, "/v1/events", EVENT);
    await posted(counted, "/v1/events", JSON.stringify(GIT));
    expect((await counted.ended).stdout).toContain("2 events");
    const silent = await listeners.start(["--idle-timeout", "300ms"]);
    await posted(silent, "/v1/events", EVENT);
    expect((await silent.ended).status).toBe(0);
    expect(existsSync(join(silent.folder, "ready.json"))).toBe(false);
  });

  it("of a second signal comes at once, and the capture stays", async () => {
    const server = await listeners.start(["--drain", "60s"]);
    await posted(server, "/v1/events", EVENT);
    const slow = request(`${server.url}/v1/events`, { method: "POST", headers: JSON_BODY });
    slow.on("error", () => undefined).write('{"a":');
    await new Promise((resolve) => setTimeout(resolve, 300));
    server.child.kill("SIGTERM");
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(server.child.exitCode).toBe(null);
    server.child.kill("SIGTERM");
    await server.ended;
    expect(server.child.signalCode).toBe("SIGTERM");
    expect(captured(server)).toEqual([EVENT]);
  });

  it("waits for what is under way, for some time", async () => {
    const server = await listeners.start(["--drain", "700ms"]);
    await posted(server, "/v1/events", EVENT);
    const ends = (body: string): Promise<number | string | undefined> =>
      new Promise((resolve) => {
        const sent = request(`${server.url}/v1/events`, { method: "POST", headers: JSON_BODY }, (answer) =>
          resolve(answer.statusCode),
        );
        sent.once("error", ({ message }) => resolve(message)).write(body.slice(0, 10));
        if (body === EVENT) setTimeout(() => sent.end(body.slice(10)), 400);
      });
    const inTime = ends(EVENT);
    const never = ends("{ never ends");
    await new Promise((resolve) => setTimeout(resolve, 100));
    const report = JSON.parse(await server.stop()) as Report;
    expect(await inTime).toBe(202);
    expect(await never).not.toBe(202);
    expect(report.summary.events).toBe(2);
  });

  it("is 2 where the port is in use, or a capture is there", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as { port: number };
    const folder = listeners.newFolder();
    const run = (...args: string[]) => mplpCheck(["listen", ...args], { cwd: folder });
    expect(await run("--port", String(port))).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("the port is in use"),
    });
    other.close();
    writeFileSync(join(folder, "a.ndjson"), `${EVENT}\n`);
    expect(await run("--capture", "a.ndjson")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("--append"),
    });
    mkdirSync(join(folder, "sub"));
    expect((await run("--capture", "sub")).status).toBe(2);
    expect((await run("log.ndjson")).stderr).toContain("listen takes no path (log.ndjson)");
    expect((await run("--")).stderr).toContain("no command after --");
    expect(readFileSync(join(folder, "a.ndjson"), "utf8")).toBe(`${EVENT}\n`);
  });

  it("goes on with a capture, and removes a line that nobody was told of", async () => {
    const folder = listeners.newFolder();
    writeFileSync(join(folder, "a.ndjson"), `${EVENT}\n{"half":`);
    const server = await listeners.start(["--capture", "a.ndjson", "--append"], { folder });
    const { reply } = await posted(server, "/v1/events", JSON.stringify(GIT));
    expect(reply.capture).toEqual({ from: 2, to: 2 });
    expect(captured(server)).toEqual([EVENT, JSON.stringify(GIT)]);
    await server.stop();
    expect((await server.ended).stderr).toContain("removed 8 bytes");
  });

  it.skipIf(process.platform !== "linux")(
    "of a second server is 2 and at once, while another one writes to the capture",
    async () => {
      const server = await listeners.start();
      await posted(server, "/v1/events", EVENT);
      for (const args of [[], ["--append"], ["--append", "--capture", "./mplp-capture.ndjson"]])
        expect(await mplpCheck(["listen", "--port", "0", ...args], { cwd: server.folder })).toMatchObject({
          status: 2,
          stderr: expect.stringContaining("mplp-capture.ndjson is the capture of a server that is running"),
        });
      expect((await posted(server, "/v1/events", EVENT)).status).toBe(202);
      expect(captured(server)).toEqual([EVENT, EVENT]);
      server.child.kill("SIGKILL");
      await server.ended;
      const next = await listeners.start(["--append"], { folder: server.folder });
      expect(captured(next)).toEqual([EVENT, EVENT]);
    },
  );

  it.each([
    ["removed what was stored", (text: string) => text.slice(0, EVENT.length + 1)],
    ["added something", (text: string) => `${text}${EVENT}\n`],
  ])("is 2 where somebody else has %s, also behind the last event", async (_, change) => {
    const server = await listeners.start();
    for (let times = 0; times < 2; times++) await posted(server, "/v1/events", EVENT);
    writeFileSync(server.capture, change(readFileSync(server.capture, "utf8")));
    await server.stop();
    expect(await server.ended).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("was changed or removed by another program"),
    });
  });

  it("is 2 where somebody else writes to the capture, and nothing is acknowledged then", async () => {
    const server = await listeners.start();
    await posted(server, "/v1/events", EVENT);
    writeFileSync(server.capture, "");
    expect((await posted(server, "/v1/events", EVENT)).status).toBe(503);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
    await server.stop();
    expect((await server.ended).status).toBe(2);
  });
});

describe("a command", () => {
  const run = (folder: string, args: readonly string[], script: string) =>
    mplpCheck(["listen", ...args, "--", "sh", "-c", script], { cwd: folder });
  const CURL = `curl -sf -H 'Content-Type: application/json' -d "$EVENT" "$MPLP_RUNTIME_URL/v1/events" > /dev/null`;

  it("finds the address, and its end is that of the server", async () => {
    const folder = listeners.newFolder();
    const args = ["-f", "junit", "-o", "r.xml"];
    const { status, stderr } = await run(folder, args, CURL.replace("$EVENT", EVENT.replaceAll('"', '\\"')));
    expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringContaining("no-violations") });
    expect(readFileSync(join(folder, "r.xml"), "utf8")).toContain("<testsuites");
  });

  it("that sends nothing ends with 3, that fails with 2, and that is not there with 2", async () => {
    const folder = listeners.newFolder();
    expect((await run(folder, [], "true")).status).toBe(3);
    expect(await run(folder, [], "exit 7")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("sh ended with 7"),
    });
    const missing = await mplpCheck(["listen", "--", "no-such-command"], { cwd: folder });
    expect(missing).toMatchObject({ status: 2, stderr: expect.stringContaining("cannot be started") });
  });

  it("is ended where enough has come", async () => {
    const folder = listeners.newFolder();
    const script = `${CURL.replace("$EVENT", EVENT.replaceAll('"', '\\"'))}; exec sleep 600`;
    expect((await run(folder, ["--until-events", "1"], script)).status).toBe(0);
  });
});
