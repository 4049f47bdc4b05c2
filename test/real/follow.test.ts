import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  copyFileSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Occurrence, Report } from "../../src/index.js";
import { followersPerTest } from "../support/follower.js";
import { BROKEN, CLEAN } from "../support/workspace.js";

const CLEAN_LINES = readFileSync(CLEAN, "utf8").trimEnd().split("\n");
const BROKEN_LINES = readFileSync(BROKEN, "utf8").trimEnd().split("\n");

const { path, append, follow, offline } = followersPerTest();

describe("--follow", () => {
  it("writes findings as NDJSON at once, and those of the whole log at the end", async () => {
    const follower = await follow("--findings", "-");
    append([...BROKEN_LINES, BROKEN_LINES[6]?.replace("agent_run", "other_type") ?? ""]);
    await follower.said("stdout", /"line":13,/);
    const { stdout } = await follower.stop();
    const found = (text: string) =>
      text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.stringify(Object.entries(JSON.parse(line) as Occurrence).sort()))
        .sort();
    expect(found(stdout)).toEqual(found((await offline("events.ndjson", "--findings", "-")).stdout));
  });

  it("waits for a file that is not there yet, and for the end of a line", async () => {
    const follower = await follow();
    await sleep(300);
    const [first = ""] = BROKEN_LINES;
    writeFileSync(path(), first.slice(0, 100));
    await sleep(400);
    appendFileSync(path(), `${first.slice(100)}\n`);
    await follower.said("stderr", "events.ndjson:1:218: error PS-6.1-1");
    const { stderr, status } = await follower.stop();
    expect(stderr).not.toContain("IN-1");
    expect(status).toBe(1);
  });

  it("takes a last line without an end as a check does", async () => {
    writeFileSync(path(), CLEAN_LINES.join("\n"));
    const { stdout, status } = await (await follow("-f", "json", "--idle-timeout", "400ms")).ended;
    expect({ stdout, status }).toMatchObject(
      await offline("events.ndjson", "-f", "json").then(({ stdout, status }) => ({ stdout, status })),
    );
  });

  it("reads a renamed file to its end, and then the next one", async () => {
    append(CLEAN_LINES.slice(0, 5));
    const follower = await follow("-f", "json");
    await sleep(400);
    renameSync(path(), path("events.ndjson.1"));
    appendFileSync(path("events.ndjson.1"), `${CLEAN_LINES.slice(5, 8).join("\n")}\n`);
    await sleep(300);
    append([...CLEAN_LINES.slice(8), BROKEN_LINES[6] ?? ""]);
    await follower.said("stderr", "events.ndjson:7:13");
    const { stdout, status } = await follower.stop();
    const whole = await offline("events.ndjson.1", "events.ndjson", "-f", "json");
    expect({ status, stdout }).toEqual({ status: whole.status, stdout: whole.stdout });
  });

  it("reads the next file also where the end comes first", async () => {
    append(CLEAN_LINES.slice(0, 5));
    const follower = await follow("-f", "json");
    await sleep(400);
    renameSync(path(), path("events.ndjson.1"));
    append(BROKEN_LINES.slice(5));
    const { stdout, status } = await follower.stop();
    const whole = await offline("events.ndjson.1", "events.ndjson", "-f", "json");
    expect({ status, stdout }).toEqual({ status: whole.status, stdout: whole.stdout });
  });

  it("reads all files of a log that is renamed again and again at short intervals", async () => {
    const parts = [
      CLEAN_LINES.slice(0, 3),
      CLEAN_LINES.slice(3, 6),
      BROKEN_LINES.slice(5, 8),
      CLEAN_LINES.slice(6),
    ];
    const names = parts.map((_, index) => `events.ndjson.${parts.length - index}`);
    const follower = await follow("-f", "json");
    for (const [index, part] of parts.entries()) {
      append(part);
      await sleep(300);
      renameSync(path(), path(names[index]));
    }
    append(CLEAN_LINES.slice(0, 1));
    await sleep(2000);
    const { stdout, status } = await follower.stop();
    const whole = await offline(...names, "events.ndjson", "-f", "json");
    expect({ status, stdout }).toEqual({ status: whole.status, stdout: whole.stdout });
  });

  it("reads what has come while it could not keep up, also where the end comes first", async () => {
    append(CLEAN_LINES.slice(0, 3));
    const follower = await follow("-f", "json");
    await sleep(400);
    for (const name of ["events.ndjson.3", "events.ndjson.2", "events.ndjson.1"]) {
      renameSync(path(), path(name));
      append(BROKEN_LINES.slice(5, 8));
      await sleep(250);
    }
    const { stdout, status } = await follower.stop();
    const names = ["events.ndjson.3", "events.ndjson.2", "events.ndjson.1", "events.ndjson"];
    const whole = await offline(...names, "-f", "json");
    expect({ status, stdout }).toEqual({ status: whole.status, stdout: whole.stdout });
  });

  it.skipIf(process.platform !== "linux")("ends with 2 where a file came and went unseen", async () => {
    append(CLEAN_LINES.slice(0, 8));
    const follower = await follow();
    await sleep(400);
    follower.child.kill("SIGSTOP");
    renameSync(path(), path("events.ndjson.2"));
    append(BROKEN_LINES);
    renameSync(path(), path("events.ndjson.1"));
    append(CLEAN_LINES.slice(8));
    follower.child.kill("SIGCONT");
    await sleep(400);
    const { stdout, status } = await follower.stop();
    expect(stdout).toContain("events.ndjson: another file had this path for a short time");
    expect(status).toBe(2);
  });

  it.skipIf(process.platform !== "linux")("takes no rename for more than it is, seen or unseen", async () => {
    append(CLEAN_LINES.slice(0, 4));
    const follower = await follow();
    await sleep(400);
    for (const [index, line] of CLEAN_LINES.slice(4).entries()) {
      if (index % 2 === 0) follower.child.kill("SIGSTOP");
      renameSync(path(), path(`events.ndjson.${index}`));
      if (index % 3 === 0) follower.child.kill("SIGCONT");
      append([line]);
      follower.child.kill("SIGCONT");
      await sleep(200);
    }
    expect((await follower.stop()).status).toBe(0);
  });

  it("ends with 2 where a renamed file is written to long after", async () => {
    append(CLEAN_LINES.slice(0, 5));
    const follower = await follow();
    await sleep(400);
    renameSync(path(), path("events.ndjson.1"));
    append([BROKEN_LINES[6] ?? ""]);
    await follower.said("stderr", "events.ndjson:1:13");
    appendFileSync(path("events.ndjson.1"), `${CLEAN_LINES[5]}\n`);
    const { stdout, status } = await follower.stop();
    expect(stdout).toContain(
      "events.ndjson.1: the file was written to after another file had taken its name",
    );
    expect(status).toBe(2);
  });

  it("counts the events of a file that was removed after it had been read", async () => {
    append(CLEAN_LINES.slice(0, 8));
    const follower = await follow("-f", "json");
    await sleep(400);
    rmSync(path());
    append([...CLEAN_LINES.slice(8), BROKEN_LINES[6] ?? ""]);
    await follower.said("stderr", "events.ndjson:7:13");
    const { stdout, status } = await follower.stop();
    expect((JSON.parse(stdout) as Report).summary.events).toBe(CLEAN_LINES.length + 1);
    expect(status).toBe(1);
  });

  it("names a renamed file in what could not be checked of it", async () => {
    const options = ["--max-record-bytes", "300", "-f", "json"];
    const lines = [CLEAN_LINES[0]?.slice(0, -1), `"note":"${"n".repeat(300)}"}`].join(",");
    append([lines, ...CLEAN_LINES.slice(1, 3)]);
    const follower = await follow(...options);
    await follower.said("stderr", "events.ndjson:1:1: note IN-1");
    renameSync(path(), path("events.ndjson.1"));
    append([lines]);
    await sleep(1800);
    const { stdout, status } = await follower.stop();
    const whole = await offline("events.ndjson.1", "events.ndjson", ...options);
    expect({ status, stdout }).toEqual({ status: whole.status, stdout: whole.stdout });
  });

  it.each([
    ["an HTML page", "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>\n"],
    ["a zip archive", Buffer.from("504b0304140000000800", "hex")],
    ["a text without a JSON object", "starting\nstarted\n"],
  ])("ends with 2 where the file is %s, also if it comes later", async (what, content) => {
    const later = await follow("--idle-timeout", "1s");
    writeFileSync(path(), content);
    const there = await follow("--idle-timeout", "300ms");
    for (const { stdout, status } of await Promise.all([later.ended, there.ended])) {
      expect(status).toBe(2);
      expect(stdout).toContain(`this is ${what} and cannot be checked`);
    }
  });

  it("reads events behind lines of text", async () => {
    append(["starting"]);
    const follower = await follow("-f", "json");
    await sleep(400);
    append(BROKEN_LINES);
    await follower.said("stderr", "events.ndjson:8:13: error PS-4.1-2");
    const { status, stdout } = await follower.stop();
    const whole = await offline("events.ndjson", "-f", "json");
    expect({ status, stdout }).toEqual({ status: whole.status, stdout: whole.stdout });
  });

  it.skipIf(process.platform === "win32")("names the files that a link has led to", async () => {
    const [first = ""] = CLEAN_LINES;
    writeFileSync(path("day-1.ndjson"), `${first}\n`);
    writeFileSync(path("day-2.ndjson"), `${first.replace('"pending"', '"running"')}\n`);
    symlinkSync("day-1.ndjson", path());
    const follower = await follow("-f", "json");
    await sleep(400);
    symlinkSync("day-2.ndjson", path("next"));
    renameSync(path("next"), path());
    await sleep(1800);
    const { stdout, status } = await follower.stop();
    const whole = await offline("day-1.ndjson", "events.ndjson", "-f", "json");
    expect({ status, stdout }).toEqual({ status: whole.status, stdout: whole.stdout });
  });

  it("reports a truncation, goes on, and ends with 2", async () => {
    append(CLEAN_LINES.slice(0, 8));
    const follower = await follow();
    await sleep(400);
    copyFileSync(path(), path("events.ndjson.1"));
    truncateSync(path());
    append(CLEAN_LINES.slice(8, 10));
    await sleep(400);
    append([BROKEN_LINES[6] ?? ""]);
    await follower.said("stderr", "events.ndjson:3:13");
    const { stdout, status } = await follower.stop();
    expect(stdout).toContain("the file was truncated while it was followed");
    expect(status).toBe(2);
  });

  it("notices a file that was written anew and has become longer", async () => {
    append(CLEAN_LINES.slice(0, 2));
    const follower = await follow();
    await sleep(400);
    writeFileSync(path(), `${CLEAN_LINES.slice(2).join("\n")}\n`);
    await sleep(400);
    expect(await follower.stop()).toMatchObject({ status: 2, stdout: expect.stringContaining("truncated") });
  });

  it("notices a file that was written anew and is as long as before", async () => {
    append(CLEAN_LINES.slice(0, 2));
    const follower = await follow();
    await sleep(400);
    writeFileSync(path(), readFileSync(path(), "utf8").replaceAll("a", "b"));
    await sleep(400);
    expect(await follower.stop()).toMatchObject({ status: 2, stdout: expect.stringContaining("truncated") });
  });

  it("ends with a report on what it has read where the next file cannot be opened", async () => {
    append(CLEAN_LINES);
    const follower = await follow();
    await sleep(400);
    renameSync(path(), path("events.ndjson.1"));
    symlinkSync("events.ndjson", path());
    const { stdout, status } = await follower.ended;
    expect({ stdout, status }).toMatchObject({
      status: 2,
      stdout: expect.stringContaining("too many symbolic links"),
    });
    expect(stdout).toContain("events.ndjson.1: 14 events");
  });

  it("ends after a time without a new event, and with 2 where the file never came", async () => {
    append(CLEAN_LINES);
    expect(await (await follow("--idle-timeout", "300ms")).ended).toMatchObject({ status: 0 });
    rmSync(path());
    const never = await (await follow("--idle-timeout", "300ms")).ended;
    expect(never).toMatchObject({ status: 2, stdout: expect.stringContaining("the file did not appear") });
  });

  it.skipIf(process.platform === "win32")("ends with 2 where a pipe comes in place of the file", async () => {
    const follower = await follow("--idle-timeout", "2s");
    execFileSync("mkfifo", [path()]);
    expect((await follower.ended).status).toBe(2);
  });

  it("with nothing in the file is not green", async () => {
    writeFileSync(path(), "");
    expect((await (await follow("--idle-timeout", "300ms")).ended).status).toBe(3);
  });

  it("reads what a compressor appends", async () => {
    writeFileSync(path(), gzipSync(`${CLEAN_LINES.slice(0, 7).join("\n")}\n`));
    const follower = await follow("-f", "json");
    await sleep(300);
    appendFileSync(path(), gzipSync(`${CLEAN_LINES.slice(7).join("\n")}\n`));
    await sleep(400);
    const { stdout } = await follower.stop();
    expect((JSON.parse(stdout) as Report).summary.events).toBe(CLEAN_LINES.length);
  });

  it("is ended at once by a second signal", async () => {
    append(CLEAN_LINES);
    const follower = await follow();
    follower.child.kill("SIGTERM");
    follower.child.kill("SIGTERM");
    await follower.ended;
  });
});
