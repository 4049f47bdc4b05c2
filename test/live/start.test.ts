import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { mplpCheck } from "../support/cli.js";
import { listenerPerTest } from "../support/listener.js";
import { EVENT } from "../support/posts.js";

const listeners = listenerPerTest();
const CAPTURE = "mplp-capture.ndjson";

/** A folder with an earlier capture and some files of others, and `listen` in it. */
function place() {
  const folder = listeners.newFolder();
  const put = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);
  put(CAPTURE, `${EVENT}\n`);
  put("token", "a-token-of-some-length\n");
  put("mine.txt", "mine\n");
  mkdirSync(join(folder, "sub"));
  const read = (name: string) => readFileSync(join(folder, name));
  const run = (...args: string[]) => mplpCheck(["listen", "--port", "0", ...args], { cwd: folder });
  return { folder, put, read, run };
}

describe("a start that fails", () => {
  it.each([
    [["--token-file", "none"], "none: no such file"],
    [["--token-file", "."], ".: is a folder"],
    [["--token-file", "/dev/zero"], "/dev/zero cannot be read: it has more than 1 MB"],
    [["--token-file", "mine.txt"], "mine.txt must hold a token"],
    [["--baseline", "none.json"], "none.json: no such file"],
    [["--schemas", "none"], "none/events: no such file"],
    [["--tls-cert", "mine.txt", "--tls-key", "mine.txt"], "must hold a certificate and its key, in PEM"],
    [["--host", "203.0.113.1", "--insecure", "--token-file", "token"], "this machine has no such address"],
    [["--capture", "-"], "--capture needs a file"],
    [["--capture", "sub"], "sub cannot be written: it is a folder"],
    [["-f", "json", "-o", CAPTURE], `${CAPTURE} is an input of this run`],
    [["-f", "json", "-o", "token", "--token-file", "token"], "token is an input of this run"],
    [["-f", "json", "-o", "ready", "--ready-file", "ready"], "two outputs cannot go to ready"],
    [["--ready-file", "-"], "--ready-file needs a file"],
    [["--ready-file", CAPTURE], `${CAPTURE} is an input of this run`],
    [["--ready-file", "token", "--token-file", "token"], "token is an input of this run"],
    [["--ready-file", "mine.txt"], "mine.txt is there, and was not written by --ready-file"],
    [["--", ""], "there is no command after --"],
  ])("with %j leaves all files as they were", async (args, words) => {
    const { read, run } = place();
    expect(await run(...args)).toMatchObject({ status: 2, stderr: expect.stringContaining(words) });
    expect([CAPTURE, "token", "mine.txt"].map((name) => read(name).toString())).toEqual([
      `${EVENT}\n`,
      "a-token-of-some-length\n",
      "mine\n",
    ]);
  });

  it("because the port is in use leaves the capture and the ready file as they were", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as { port: number };
    const { put, read, run } = place();
    const earlier = '{"url":"http://127.0.0.1:8080","pid":7,"capture":"mplp-capture.ndjson"}\n';
    put("ready", earlier);
    const args = ["--port", String(port), "--ready-file", "ready"];
    expect(await run(...args)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("the port is in use"),
    });
    other.close();
    expect(read(CAPTURE).toString()).toBe(`${EVENT}\n`);
    expect(read("ready").toString()).toBe(earlier);
  });
});

describe("a start", () => {
  it.each(["", '{"url":"https://[::1]:8080","pid":7,"capture":"a\\"b.ndjson"}\n'])(
    "takes the place of the ready file %j, and removes it at the end",
    async (earlier) => {
      const { folder, put, run } = place();
      put("ready", earlier);
      expect((await run("--ready-file", "ready", "--idle-timeout", "1ms")).status).toBe(3);
      expect(existsSync(join(folder, "ready"))).toBe(false);
    },
  );

  it("makes the folders of its capture", async () => {
    const { read, run } = place();
    expect((await run("--capture", "new/deep/a.ndjson", "--idle-timeout", "1ms")).status).toBe(3);
    expect(read("new/deep/a.ndjson")).toHaveLength(0);
  });
});

describe("--append", () => {
  it.each([
    ["gzip data", gzipSync(EVENT), "is no capture"],
    ["an array", `[\n${EVENT}\n]`, "is no capture"],
    [
      "a document over several lines",
      JSON.stringify({ name: "acme", files: ["dist"] }, null, 2),
      "no capture",
    ],
    ["an array on one line", `[${EVENT}]`, "is no capture"],
    ["records with returns between them", `${EVENT}\n${EVENT}\r${EVENT}\r`, "end or remove it"],
    ["two records on one line without an end", `${EVENT}${EVENT}`, "end or remove it"],
    ["a text", "Notes for me\nthe last of them", "is no capture"],
    ["binary data", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 10, 1, 2]), "is no capture"],
    [
      "an object over lines",
      JSON.stringify(JSON.parse(EVENT), null, 2).slice(0, -2),
      "line 2 does not begin",
    ],
    ["lines that are no records", `${EVENT}\nnotes\n{"half`, "line 2 does not begin with {"],
  ])("refuses %s, and changes nothing", async (_, content, words) => {
    const { put, read, run } = place();
    put("log", content);
    const { status, stderr } = await run("--append", "--capture", "log", "--idle-timeout", "1ms");
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining(words) });
    expect(read("log")).toEqual(Buffer.from(content));
  });

  it.each([
    ["half a record", '{"half', ""],
    ["records and half a one", `${EVENT}\n{}\n{"half`, `${EVENT}\n{}\n`],
    ["a whole record without an end", EVENT, `${EVENT}\n`],
    ["a text that was posted in an array", `"text"\n${EVENT}\n`, `"text"\n${EVENT}\n`],
    ["broken records", `{'a':1}\nbroken\n${EVENT}\n`, `{'a':1}\nbroken\n${EVENT}\n`],
  ])("goes on with %s", async (_, before, after) => {
    const { put, read, run } = place();
    put("log", before);
    const { stderr } = await run("--append", "--capture", "log", "--idle-timeout", "1ms");
    expect(stderr).toContain("listening on");
    expect(read("log").toString()).toBe(after);
  });
});

describe("a command that cannot be started", () => {
  it.each([
    ["no-such-command", "there is no such command: events may be missing"],
    ["./sub", "it is no program, or may not be run"],
    ["mine.txt/x", "a part of the path is no folder"],
  ])("is named with the reason: %s", async (name, words) => {
    const { run } = place();
    expect(await run("--", name)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(`${name} cannot be started: ${words}`),
    });
  });
});
