import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  linkSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { check, exitCodeOf, type Report } from "../src/index.js";
import { byAge } from "../src/input/find/rotation.js";
import { mplpCheck } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";
import { errorsWithin, inputsWithin, notReadWithin, TestFolder } from "./support/in-folder.js";

const EVENTS = readFileSync(join(ROOT, "fixtures/quickstart/events.ndjson"), "utf8").trimEnd().split("\n");
const EVENT = EVENTS[0] ?? "";
const MAPPING = readFileSync(join(ROOT, "fixtures/audit/conforming/mapping.yaml"), "utf8");
const SAMPLE =
  '{"sample_id":"s-1","sample_family":"intent_resolution","created_at":"2026-02-03T08:00:00Z","input":{}}';
const SNAPSHOT = '{"snapshot_id":"n-1","graph_id":"g-1","captured_at":"2026-02-03T08:00:00Z","node_count":1}';

const root = new TestFolder("folders");
const put = root.put.bind(root);

const readIn = (report: Report): string[] => inputsWithin(root.path, report);
const unreadIn = (report: Report): string[] => notReadWithin(root.path, report);

function utf16(text: string): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
}

describe("a root.path that is named", () => {
  it.each<[string, string | Uint8Array]>([
    ["run.log", `${EVENT}\n`],
    ["run.txt", `${EVENT}\n`],
    ["run", EVENT],
    ["run.ndjson.1", `${EVENT}\n`],
    ["run.out", `\n\n${EVENT}\n`],
    ["run.gz", gzipSync(`${EVENT}\n`)],
    ["run.log.zst", readFileSync(join(ROOT, "fixtures/inputs/events.ndjson.zst"))],
    ["run.yaml", `${EVENTS.slice(0, 2).join("\n")}\n`],
    ["run.md", `${EVENTS.slice(0, 2).join("\n")}\n`],
    ["run.data", JSON.stringify([JSON.parse(EVENT)])],
    ["run.dump", JSON.stringify(JSON.parse(EVENT), null, 2)],
    ["run.lines", JSON.stringify([JSON.parse(EVENT)], null, 2)],
    ["started.log", `starting up\n${EVENTS.slice(0, 3).join("\n")}\n`],
    ["others.log", `{"msg":"hello"}\n${EVENT}\n`],
    ["long.log", JSON.stringify({ ...JSON.parse(EVENT), payload: { text: "x".repeat(100_000) } })],
    ["wide.log", utf16(`${EVENT}\n`)],
    ["camel.log", '{"eventId":"a","eventFamily":"graph_update","eventType":"b"}\n'],
    ["prefixed.log", `2026-02-03T08:00:00Z INFO ${EVENT}\n`],
    ["docker.log", `${JSON.stringify({ log: `${EVENT}\n`, stream: "stdout" })}\n`],
    ["tool.log", '{"tool_id":"t","tool_kind":"linter","invocation_id":"i","status":"succeeded"}\n'],
    ["profile.log", '{"event_type":"SAInitialized","sa_id":"x"}\n'],
    ["sample.txt", `${SAMPLE}\n`],
    ["snapshot.txt", JSON.stringify(JSON.parse(SNAPSHOT), null, 2)],
    ["mapping.txt", MAPPING],
    ["mapping.yaml.bak", MAPPING],
    ["mapping", '{"mplp":"1.0.0","modules":{"context":{"access":"READ","areas":["psg.project_root"]}}}'],
  ])("is read for what %s holds", async (name, content) => {
    put(name, content);
    const report = await check([root.path]);
    expect(readIn(report)).toEqual([name]);
    expect(unreadIn(report)).toEqual([]);
    expect(report.errors).toEqual([]);
  });

  it("has its mapping read as one, whatever it is called", async () => {
    put("mapping.txt", MAPPING);
    put("events.yaml", `${EVENTS.join("\n")}\n`);
    const { inputs, errors } = await check([root.path]);
    expect(inputs.map(({ kind, records }) => [kind, records])).toEqual([
      ["event-log", EVENTS.length],
      ["mapping", 1],
    ]);
    expect(errors).toEqual([]);
    const named = await check([join(root.path, "events.yaml")]);
    expect(named.inputs[0]?.recognised.event).toBe(EVENTS.length);
  });

  it.each<[string, string | Uint8Array, string]>([
    ["letter.txt", "Dear auditor,\nall is well.\n", "not MPLP"],
    ["empty.txt", "", "not MPLP"],
    ["plain.log", '{"level":30,"msg":"hello","time":1}\n', "not MPLP"],
    ["settings.toml", 'name = "x"\n', "not MPLP"],
    ["ci.yaml", "modules:\n  - name: x\n", "not MPLP"],
    ["script.sh", `cat <<E > log\n${EVENT}\nE\n`, "not MPLP"],
    ["readme.md", `# Events\n\n${EVENT}\n`, "not MPLP"],
    ["page.html", "<!doctype html>\n<p>no</p>\n", "not MPLP"],
    ["picture.png", Buffer.from("89504e470d0a1a0a0000000d", "hex"), "not MPLP"],
    ["bytes.bin", Buffer.from([0, 1, 2, 3, 0x7b, 0x22, 0xff]), "not MPLP"],
    [".hidden", "text\n", "hidden"],
    [".env.png", Buffer.from("89504e470d0a1a0a0000000d", "hex"), "hidden"],
  ])("leaves %s unread, and a claim alone", async (name, content, reason) => {
    put("events.ndjson", `${EVENT}\n`);
    put(name, content);
    const report = await check([root.path], { claims: ["runtime"] });
    expect(readIn(report)).toEqual(["events.ndjson"]);
    expect(unreadIn(report)).toEqual([`${name}: ${reason}`]);
    expect(report.reservations).toEqual([]);
    expect(report.errors).toEqual([]);
  });

  it.each<[string, string | Uint8Array, string]>([
    [".run2.ndjson", `${EVENT}\n`, "hidden"],
    [".old/run.log", `${EVENT}\n`, "hidden"],
    [".psg.yaml", MAPPING, "hidden"],
    ["noise.log", `one\ntwo\nthree\n${EVENT}\n`, "unclear content"],
    ["late.log", `${"12:00 starting\n".repeat(7000)}${EVENT}\n`, "unclear content"],
    ["late.gz", gzipSync(`${"12:00 starting\n".repeat(7000)}${EVENT}\n`), "unclear content"],
    ["payload.log", `{"payload":{"text":"${"x".repeat(70_000)}"},${EVENT.slice(1)}\n`, "unclear content"],
    ["zeros.log", Buffer.concat([Buffer.alloc(70_000), Buffer.from(`${EVENT}\n`)]), "unclear content"],
    ["wide.log", Buffer.from(`${EVENT}\n`, "utf16le"), "unclear content"],
    [
      "late-and-wide.log",
      Buffer.from(`${"starting\n".repeat(7000)}${EVENT}\n`, "utf16le"),
      "unclear content",
    ],
    ["app.log", '{"timestamp":"2026-02-03T08:00:00Z","event_type":"login"}\n', "unclear content"],
    ["broken.log", `${EVENT.replace('"event_type":"', '"event_type":"a "quoted" ')}\n`, "unclear content"],
    ["list.yaml", "- event_id: a\n  event_family: graph_update\n- event_id: b\n", "unclear content"],
    ["store.db", Buffer.from("SQLite format 3\0rest"), "unclear content"],
    ["a.zip", Buffer.from("504b0304140000000800", "hex"), "archive"],
    ["a.log", Buffer.from("fd377a585a000004", "hex"), "archive"],
    ["a.bz2", Buffer.from("425a68393141592653590000", "hex"), "archive"],
    ["a.7z", Buffer.from("377abcaf271c0004", "hex"), "archive"],
    ["a.rar", Buffer.from("526172211a070100", "hex"), "archive"],
    ["a.lz4", Buffer.from("04224d186440a700", "hex"), "archive"],
    ["a.z", deflateSync(`${EVENT}\n`), "archive"],
    ["fast.z", deflateSync(`${EVENT}\n`, { level: 3 }), "archive"],
    ["twice.z.gz", gzipSync(deflateSync(`${EVENT}\n`)), "archive"],
    ["a.enc2", Buffer.from("53616c7465645f5f0102030405060708", "hex"), "archive"],
    ["store.arrow", Buffer.from("4152524f573100000010", "hex"), "unclear content"],
    ["store.orc", Buffer.from("4f52430a0b0c00", "hex"), "unclear content"],
    ["a.br", Buffer.from([0x0b, 0x02, 0x80, 0x01, 0x03]), "archive"],
    ["a.tgz", gzipSync(tar()), "archive"],
    ["twice.gz", gzipSync(gzipSync(EVENT)), "archive"],
    [".a.zip", Buffer.from("504b0304140000000800", "hex"), "archive"],
    ["big.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", "Git LFS pointer"],
    [
      "half.gz",
      Buffer.concat([gzipSync("starting\n"), gzipSync(`${EVENT}\n`).subarray(0, 90)]),
      "cannot be read",
    ],
    ["then-plain.gz", Buffer.concat([gzipSync("starting\n"), Buffer.from(`${EVENT}\n`)]), "cannot be read"],
    ["broken.gz", Buffer.from("1f8b0800000000000003ffff", "hex"), "cannot be read"],
  ])("names %s as unread, and a claim stays open", async (name, content, reason) => {
    put("events.ndjson", `${EVENT}\n`);
    put(name, content);
    const report = await check([root.path], { claims: ["runtime"] });
    expect(readIn(report)).toEqual(["events.ndjson"]);
    expect(unreadIn(report)).toEqual([`${name}: ${reason}!`]);
    expect(report.reservations).toEqual([
      `${join(root.path, name)} was not read and may hold evidence (${reason})`,
    ]);
    expect(exitCodeOf(await check([root.path]))).toBe(0);
  });

  it("is not entered where others have written, at whatever depth", async () => {
    put("events.ndjson", `${EVENT}\n`);
    put("sub/node_modules/x/events.ndjson", `${EVENT}\n`);
    put(".git/objects/a.ndjson", `${EVENT}\n`);
    const report = await check([root.path], { claims: ["runtime"] });
    expect(unreadIn(report)).toEqual([".git: not entered", "sub/node_modules: not entered"]);
    expect(report.reservations).toEqual([]);
  });

  it("has an error for a log's name that holds none, and is never called nonconformant for it", async () => {
    put("page.ndjson", "<html><body>404</body></html>\n");
    put("pointer.jsonl", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n");
    put("zipped.json", Buffer.from("504b0304140000000800", "hex"));
    const report = await check([root.path]);
    expect(errorsWithin(root.path, report)).toEqual([
      "page.ndjson: this is an HTML page and cannot be checked",
      "pointer.jsonl: this is a Git LFS pointer and cannot be checked: git lfs pull fetches the file that it stands for",
      "zipped.json: this is a zip archive and cannot be checked: unpack it first",
    ]);
    expect(report.findings).toEqual([]);
    expect(exitCodeOf(report)).toBe(2);
  });

  it("does not wait for what is no regular file", async () => {
    put("events.ndjson", `${EVENT}\n`);
    execFileSync("mkfifo", [join(root.path, "pipe.ndjson")]);
    const server = createServer().listen(join(root.path, "socket"));
    const report = await check([root.path], { claims: ["runtime"] });
    server.close();
    expect(unreadIn(report)).toEqual(["pipe.ndjson: not a regular file", "socket: not a regular file"]);
    expect(report.reservations).toEqual([]);
  });
});

/** A tar archive of one empty file. */
function tar(): Buffer {
  const header = Buffer.alloc(1024);
  header.write("a.txt");
  header.write("ustar", 257);
  return header;
}

describe("links in a folder", () => {
  it("that lead out of it are not followed, and nothing of what they lead to is shown", async () => {
    const outside = mkdtempSync(join(tmpdir(), "mplp-check-outside-"));
    writeFileSync(join(outside, "secret.ndjson"), "root:TOP-SECRET-LINE\n");
    put("in/events.ndjson", `${EVENT}\n`);
    for (const [target, name] of [
      [join(outside, "secret.ndjson"), "in/leak.ndjson"],
      [outside, "in/elsewhere"],
      ["..", "in/up"],
      ["gone.ndjson", "in/broken.ndjson"],
    ])
      symlinkSync(target ?? "", join(root.path, name ?? ""));
    const named = join(root.path, "in");
    const { stdout, stderr, status } = await mplpCheck([named, "--claim", "runtime", "-f", "json"]);
    const report = JSON.parse(stdout) as Report;
    expect(readIn(report)).toEqual(["in/events.ndjson"]);
    expect(unreadIn(report)).toEqual([
      "in/broken.ndjson: link!",
      "in/elsewhere: link!",
      "in/leak.ndjson: link!",
      "in/up: link!",
    ]);
    expect(stdout + stderr).not.toContain("TOP-SECRET");
    expect(status).toBe(3);
    const globbed = await check([join(root.path, "in/*.ndjson")]);
    expect(readIn(globbed)).toEqual(["in/events.ndjson"]);
    expect(unreadIn(globbed)).toEqual(["in/broken.ndjson: link!", "in/leak.ndjson: link!"]);
    writeFileSync(join(outside, "secret.ndjson"), `${EVENT}\n`);
    const outright = await check([join(root.path, "in/leak.ndjson")]);
    expect(readIn(outright)).toEqual(["in/leak.ndjson"]);
    rmSync(outside, { recursive: true });
  });

  it("that stay in it lead to what is read anyway", async () => {
    put("real/events.ndjson", `${EVENT}\n`);
    symlinkSync("real/events.ndjson", join(root.path, "a.ndjson"));
    symlinkSync("real", join(root.path, "also"));
    const report = await check([root.path], { claims: ["runtime"] });
    expect(readIn(report)).toEqual(["real/events.ndjson"]);
    expect(unreadIn(report)).toEqual([]);
  });

  it("that lead to where nobody looks are named", async () => {
    put(".git/events.ndjson", `${EVENT}\n`);
    put("events.ndjson", `${EVENT}\n`);
    symlinkSync(".git/events.ndjson", join(root.path, "more.ndjson"));
    expect(unreadIn(await check([root.path]))).toEqual([".git: not entered", "more.ndjson: link!"]);
  });

  it("are of no matter where what they lead to is named as well", async () => {
    put("in/events.ndjson", `${EVENT}\n`);
    put("out/more.ndjson", `${EVENTS[1]}\n`);
    symlinkSync("../out/more.ndjson", join(root.path, "in/more.ndjson"));
    const report = await check([join(root.path, "in"), join(root.path, "out")], { claims: ["runtime"] });
    expect(unreadIn(report)).toEqual([]);
    put("in/.own.ndjson", `${EVENTS[2]}\n`);
    expect(
      unreadIn(
        await check([join(root.path, "in"), join(root.path, "out"), join(root.path, "in/.own.ndjson")]),
      ),
    ).toEqual([]);
  });
});

/** The report of somebody whom permissions stop: they do not stop root. */
function checkedByOthers(path: string): Report {
  const program = `import(${JSON.stringify(join(ROOT, "dist/bundle/index.js"))}).then(async ({ check }) =>
    process.stdout.write(JSON.stringify(await check([${JSON.stringify(path)}], { claims: ["runtime"] }))));`;
  const uid = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  return JSON.parse(
    execFileSync(process.execPath, ["-e", program], { ...uid, encoding: "utf8", cwd: "/" }),
  ) as Report;
}

describe("what cannot be read in a folder", () => {
  it("costs itself only", async () => {
    put("events.ndjson", `${EVENT}\n`);
    const denied = [put("shut/events.ndjson", `${EVENT}\n`), put("own.ndjson", EVENT), put("own.txt", EVENT)];
    chmodSync(dirname(denied[0] ?? ""), 0);
    for (const path of denied.slice(1)) chmodSync(path, 0);
    chmodSync(root.path, 0o755);
    const report = checkedByOthers(root.path);
    chmodSync(join(root.path, "shut"), 0o755);
    expect(unreadIn(report)).toEqual([
      "own.ndjson: permission denied!",
      "own.txt: permission denied!",
      "shut: permission denied!",
    ]);
    expect(errorsWithin(root.path, report)).toEqual([
      "shut: permission denied",
      "own.ndjson: permission denied",
    ]);
    expect(report.summary.events).toBe(1);
    expect(exitCodeOf(report)).toBe(2);
  });
});

describe("what a pattern matches and cannot be read", () => {
  const errorsIn = (report: Report): readonly string[] => errorsWithin(root.path, report);

  it.runIf(process.platform === "linux")("is named where its name is no text", async () => {
    put("events.ndjson", `${EVENT}\n`);
    for (const name of ["invalid.ndjson", "in/events.ndjson"]) put(name, "{}\n");
    const named = (name: string): Buffer =>
      Buffer.concat([Buffer.from(join(root.path, name)), Buffer.of(0xff)]);
    renameSync(join(root.path, "invalid.ndjson"), named("odd"));
    renameSync(join(root.path, "in"), named("in"));
    const direct = await check([join(root.path, "*")]);
    expect(readIn(direct)).toContain("events.ndjson");
    expect(errorsIn(direct)).toEqual(["odd\uFFFD: its name is not in UTF-8: rename it"]);
    expect(exitCodeOf(direct)).toBe(2);
    const deep = await check([join(root.path, "**/*.ndjson")]);
    expect(errorsIn(deep)).toEqual(["in\uFFFD: its name is not in UTF-8: rename it"]);
    expect(unreadIn(deep)).toEqual(["in\uFFFD: cannot be read!"]);
  });

  it("is named where it is no regular file", async () => {
    put("events.ndjson", `${EVENT}\n`);
    execFileSync("mkfifo", [join(root.path, "pipe.ndjson"), join(root.path, "other")]);
    const server = createServer().listen(join(root.path, "socket.ndjson"));
    const report = await check([join(root.path, "*.ndjson")]);
    const named = await check([join(root.path, "socket.ndjson")]);
    server.close();
    expect(errorsIn(named)).toEqual([expect.stringMatching(/^socket\.ndjson: it is a socket, or a device/)]);
    expect(readIn(report)).toEqual(["events.ndjson"]);
    expect(unreadIn(report)).toEqual([
      "pipe.ndjson: not a regular file",
      "socket.ndjson: not a regular file",
    ]);
  });

  it("is named where it lies behind a link", async () => {
    put("2026/events.ndjson", `${EVENT}\n`);
    put("2025/01/events.ndjson", `${EVENTS[1]}\n`);
    symlinkSync("2026", join(root.path, "same"));
    symlinkSync("2025/01", join(root.path, "deeper"));
    expect(unreadIn(await check([join(root.path, "*/events.ndjson")]))).toEqual(["deeper: link!"]);
    expect(unreadIn(await check([join(root.path, "**/events.ndjson")]))).toEqual([]);
  });

  it("costs itself only", async () => {
    put("open/events.ndjson", `${EVENT}\n`);
    put("shut/events.ndjson", `${EVENT}\n`);
    chmodSync(join(root.path, "shut"), 0);
    chmodSync(root.path, 0o755);
    const deep = checkedByOthers(join(root.path, "**/*.ndjson"));
    const elsewhere = checkedByOthers(join(root.path, "o*/*.ndjson"));
    chmodSync(join(root.path, "shut"), 0o755);
    expect(readIn(deep)).toEqual(["open/events.ndjson"]);
    expect(errorsIn(deep)).toEqual(["shut: permission denied"]);
    expect(unreadIn(deep)).toEqual(["shut: permission denied!"]);
    expect(exitCodeOf(deep)).toBe(2);
    expect(errorsIn(elsewhere)).toEqual([]);
  });
});

describe("rotated logs", () => {
  it("are read from the oldest on", async () => {
    for (const name of ["events.ndjson", "events.ndjson.1", "events.ndjson.9", "events.ndjson.10"])
      put(name, `${EVENT}\n`);
    put("events.ndjson.2.gz", gzipSync(`${EVENT}\n`));
    put("b.ndjson", `${EVENT}\n`);
    const expected = [
      "b.ndjson",
      "events.ndjson.10",
      "events.ndjson.9",
      "events.ndjson.2.gz",
      "events.ndjson.1",
      "events.ndjson",
    ];
    expect(readIn(await check([root.path]))).toEqual(expected);
    expect(readIn(await check([join(root.path, "*.ndjson*")]))).toEqual(expected);
  });

  it.each([
    [["a/x.ndjson-20260101.gz", "a/x.ndjson-20260102", "a/x.ndjson", "b/x.ndjson.1", "b/x.ndjson"]],
    [["x.2026-01-01.ndjson", "x.2026-01-02.ndjson", "x.ndjson"]],
    [["x.log.000", "x.log.001", "x.log.010"]],
    [["x.2025", "x.2026"]],
    [["x.ndjson.1", "x.ndjson", "x.ndjsonl", "y.ndjson"]],
  ])("keep other orders: %j", (names) => {
    expect([...names].reverse().sort(byAge)).toEqual(names);
  });
});

describe("a file that is named outright and is no log", () => {
  it.each<[string, string | Uint8Array, string]>([
    ["a.ndjson", Buffer.from("504b0304140000000800", "hex"), "this is a zip archive"],
    ["a.tar", tar(), "this is a tar archive"],
    ["a.tar.gz", gzipSync(tar()), "this is a tar archive"],
    ["a.xz", Buffer.from("fd377a585a000004", "hex"), "the file is compressed with xz"],
    ["a.br", Buffer.from([0x0b, 0x02, 0x80, 0x01, 0x03]), "the file is compressed with brotli"],
    ["a.png", Buffer.from("89504e470d0a1a0a0000000d", "hex"), "this is a PNG image"],
    ["a.pdf", "%PDF-1.7\n", "this is a PDF document"],
    ["a.log", Buffer.from("7f454c4602010100", "hex"), "this is a program"],
    ["b.ndjson", "\ufeff <!DOCTYPE html>\n<html>\n</html>\n", "this is an HTML page"],
    ["c.ndjson", '<?xml version="1.0"?>\n<Error/>\n', "this is an XML document"],
    [
      "d.ndjson",
      "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
      "this is a Git LFS pointer",
    ],
  ])("is an error: %s", async (name, content, message) => {
    const report = await check([put(name, content)]);
    expect(report.errors[0]?.message).toContain(message);
    expect([report.inputs, report.findings]).toEqual([[], []]);
    expect(exitCodeOf(report)).toBe(2);
  });

  it.each([
    ["begins with a tag", `<html>\n${EVENT}\n`],
    ["begins with letters that are magic elsewhere", `BZh9 is a name\n${EVENT}\n`],
    ["begins with a date", `070701 12:00:00 started\n${EVENT}\n`],
    ["holds other records only", '{"a":1}\n'],
  ])("is a log that %s", async (_about, content) => {
    const report = await check([put("x.log", content)]);
    expect(report.errors).toEqual([]);
    expect(report.inputs).toHaveLength(1);
  });
});

describe("what was not read", () => {
  it("has no secrets in its names, and is bounded where it is listed", async () => {
    put("events.ndjson", `${EVENT}\n`);
    const secret = `ghp_${"Zq7R".repeat(9)}`;
    put(`.h/${secret}.ndjson`, `${EVENT}\n`);
    for (let index = 0; index < 250; index++) put(`.n${index}.ndjson`, `${EVENT}\n`);
    linkSync(join(root.path, "events.ndjson"), join(root.path, ".same.ndjson"));
    const report = await check([root.path], { claims: ["runtime"] });
    expect(JSON.stringify(report)).not.toContain(secret);
    expect([report.notRead.length, report.summary.notRead]).toEqual([200, 252]);
    expect(report.reservations).toHaveLength(21);
    expect(report.reservations.at(-1)).toBe("232 more files were not read and may hold evidence");
  });

  it("is the same in a run that is cut into parts", async () => {
    put("events.ndjson", `${EVENT}\n`);
    put(".more.ndjson", `${EVENT}\n`);
    cpSync(join(root.path, "events.ndjson"), join(root.path, "z.txt"));
    const state = join(root.path, "..", `${root.path.split("/").at(-1)}.state`);
    const options = { claims: ["runtime" as const] };
    const whole = await check([root.path], options);
    await check([root.path], {
      onState: async (lines) => writeFileSync(state, [...lines].join("")),
    });
    const resumed = await check([], { ...options, stateIn: [state] });
    rmSync(state);
    expect(resumed.notRead).toEqual(whole.notRead);
    expect(resumed.reservations).toEqual(whole.reservations);
  });
});
