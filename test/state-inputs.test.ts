import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { check, exitCodeOf, FORMATS, type Report } from "../src/index.js";
import { mplpCheck } from "./support/cli.js";
import {
  at,
  BROKEN,
  CLEAN,
  fileWith,
  fixture,
  good,
  inAFolder,
  judged,
  lines,
  MAPPING,
  sealed,
  stateOf,
} from "./support/state-files.js";

inAFolder();

describe("a rule that gave up", () => {
  const GAVE_UP = {
    rule: "event-id-unique",
    message: "rule event-id-unique ran out of memory: the values that it compares take",
  };

  it("has given up in whatever the state is added to", async () => {
    const state = fileWith(await stateOf([CLEAN], { maxState: 100_000 }));
    const report = await check([BROKEN], { stateIn: [state] });
    expect(report.errors).toContainEqual({
      path: CLEAN,
      message: `${GAVE_UP.message} more than 100000 bytes (--max-state)`,
    });
    expect(exitCodeOf(report, "must")).toBe(2);
    expect(report.clauses.find(({ id }) => id === "PS-4.1-3")?.status).not.toBe("satisfied");
  });

  it("gives up where states together are too much", async () => {
    const state = fileWith(await stateOf([CLEAN]));
    const { errors } = await judged(state, { maxState: 100_000 });
    expect(errors.map(({ message }) => message).join()).toContain(GAVE_UP.message);
  });

  it("is not asked where nobody claims what it is for", async () => {
    const line = { shortage: { rule: "drift-events", limit: "1 bytes", input: 0 } };
    const state = fileWith(await sealed([...lines, line]));
    expect((await judged(state)).errors).toEqual([]);
    const [error] = (await judged(state, { claims: ["runtime"] })).errors;
    expect(error?.message).toContain("rule drift-events ran out of memory");
  });
});

describe("an interrupted run", () => {
  it("writes no state", async () => {
    let isWritten = false;
    const report = await check([CLEAN], {
      signal: AbortSignal.abort(),
      onState: async () => {
        isWritten = true;
      },
    });
    expect([report.interrupted, isWritten]).toEqual([true, false]);
  });

  it("judges no part of a state", async () => {
    const options = { stateIn: [fileWith(good)], signal: AbortSignal.abort() };
    await expect(check([], options)).rejects.toThrow("interrupted, nothing was judged");
  });
});

describe("an input without a record", () => {
  it("is refused or allowed as by the run that named it", async () => {
    const empty = fileWith("");
    for (const allowEmpty of [false, true]) {
      const state = fileWith(await stateOf([CLEAN, empty], { allowEmpty }));
      const whole = await check([CLEAN, empty], { allowEmpty });
      expect(whole.inputs[1]?.empty).toBe(allowEmpty ? "allowed" : "refused");
      expect([...FORMATS.json(await judged(state))]).toEqual([...FORMATS.json(whole)]);
    }
  });
});

describe("an input that comes again", () => {
  it("counts once where it is a file, and is refused in two states", async () => {
    const state = fileWith(good);
    const once = FORMATS.json(await judged(state));
    expect([...FORMATS.json(await check([BROKEN, MAPPING], { stateIn: [state] }))]).toEqual([...once]);
    await expect(check([], { stateIn: [state, fileWith(good)] })).rejects.toThrow("is an input twice");
  });

  describe("under another spelling", () => {
    const own = mkdtempSync(join(tmpdir(), "mplp-check-spelled-"));
    afterAll(() => rmSync(own, { recursive: true, force: true }));
    const [sub, elsewhere] = [join(own, "spelled"), join(own, "elsewhere")];
    const log = join(sub, "ok.ndjson");
    const states = [join(own, "0.state"), join(own, "1.state")] as const;
    const spellings = [
      ["its name", "ok.ndjson"],
      ["its name in this folder", "./ok.ndjson"],
      ["an absolute path", log],
      ["a path around", "../spelled/ok.ndjson"],
      ["a link", "link.ndjson"],
      ["its folder", "."],
    ];

    beforeAll(async () => {
      for (const path of [sub, elsewhere]) mkdirSync(path);
      cpSync(CLEAN, log);
      symlinkSync("ok.ndjson", join(sub, "link.ndjson"));
      for (const [index, path] of ["ok.ndjson", log].entries())
        await mplpCheck([path, "--state-out", states[index] ?? ""], { cwd: sub });
    });

    const ranIn = async (cwd: string, args: readonly string[]) => {
      const { stdout, status } = await mplpCheck([...args, "-f", "json"], { cwd });
      const { errors, summary } = JSON.parse(stdout) as Report;
      return { events: summary.events, messages: errors.map(({ message }) => message), status };
    };

    it.each(spellings)("is read once: %s", async (_what, path = "") => {
      for (const state of states)
        expect(await ranIn(sub, [path, "--state-in", state])).toEqual({
          events: 14,
          messages: [],
          status: 0,
        });
    });

    it("is refused in two states", async () => {
      const args = ["merge", ...states];
      const { stderr, status } = await mplpCheck(args, { cwd: sub });
      expect(stderr).toContain(`${log} is an input twice`);
      expect(status).toBe(2);
    });

    it("is said to count twice from a folder where its name in the state leads nowhere", async () => {
      expect(await ranIn(elsewhere, ["../spelled/ok.ndjson", "--state-in", states[0]])).toEqual({
        events: 28,
        messages: ["a state holds this input already, as ok.ndjson: it counts twice"],
        status: 2,
      });
      expect(await ranIn(elsewhere, [log, "--state-in", states[1]])).toMatchObject({
        events: 14,
      });
    });

    it("is said to count twice where it has grown since", async () => {
      const [first = "", ...others] = readFileSync(log, "utf8").split("\n");
      const [grown, state] = [join(own, "grown.ndjson"), join(own, "grown.state")];
      writeFileSync(grown, `${first}\n`);
      await ranIn(own, [grown, "--state-out", state]);
      writeFileSync(grown, [first, ...others].join("\n"));
      expect(await ranIn(own, [grown, "--state-in", state])).toEqual({
        events: 15,
        messages: [expect.stringContaining("a state holds the beginning of this input")],
        status: 2,
      });
      writeFileSync(grown, others.join("\n"));
      expect(await ranIn(own, [grown, "--state-in", state])).toMatchObject({ events: 14, messages: [] });
    });

    it("is a copy, as in one run, where the other file is there too", async () => {
      const copy = join(own, "copy.ndjson");
      cpSync(log, copy);
      const whole = await ranIn(sub, [log, copy]);
      expect(whole).toMatchObject({ events: 28, messages: [] });
      expect(await ranIn(sub, [copy, "--state-in", states[0]])).toEqual(whole);
    });

    it("is said of a mapping as well, and of no file without a record", async () => {
      const before = { mapping: join(sub, "old.yaml"), empty: join(sub, "old.json") };
      const after = { mapping: join(elsewhere, "new.yaml"), empty: join(elsewhere, "new.json") };
      cpSync(MAPPING, before.mapping);
      writeFileSync(before.empty, "[]\n");
      const state = fileWith(await stateOf(Object.values(before)));
      renameSync(before.mapping, after.mapping);
      renameSync(before.empty, after.empty);
      const { errors } = await check(Object.values(after), { stateIn: [state] });
      expect(errors.map(({ path }) => path)).toEqual([after.mapping]);
    });
  });

  it("is read again where it has changed", async () => {
    const log = at("app.ndjson");
    const [first = "", second = ""] = readFileSync(CLEAN, "utf8").split("\n");
    writeFileSync(log, `${first}\n`);
    const state = fileWith(await stateOf([log]));
    writeFileSync(log, `${second}\n`);
    const report = await check([log], { stateIn: [state] });
    expect(report.inputs.map(({ path, records }) => [path, records])).toEqual([
      [log, 1],
      [log, 1],
    ]);
  });
});

describe("the evidence of findings that only the whole log shows", () => {
  const id = '"event_id":"1b671a64-40d5-491e-99b0-da01ff1f3341"';
  const line = (type: string) =>
    `{${id},"event_type":"${type}","event_family":"intent","timestamp":"2026-01-05T08:00:00Z"}\n`;

  async function repeatedIn(change: (log: string) => void) {
    const log = at("evidence.ndjson");
    writeFileSync(log, line("a") + line("b"));
    const state = fileWith(await stateOf([log]));
    change(log);
    const { findings } = await judged(state);
    return findings.find(({ rule }) => rule === "event-id-unique")?.locations[0];
  }

  it("comes from the input itself, and only while that is what it was", async () => {
    const whole = await repeatedIn(() => undefined);
    expect(whole?.excerpt?.text).toContain("1b671a64");
    const gone = await repeatedIn((log) => rmSync(log));
    const { column: _column, excerpt: _excerpt, family: _family, time: _time, ...rest } = whole ?? {};
    expect(gone).toEqual(rest);
    const sameLength = (text: string) => text.replaceAll("intent", "secret");
    expect(await repeatedIn((log) => writeFileSync(log, sameLength(line("a") + line("b"))))).toEqual(rest);
    const folderInstead = (log: string): void => {
      rmSync(log);
      mkdirSync(log);
    };
    expect(await repeatedIn(folderInstead)).toEqual(rest);
    rmSync(at("evidence.ndjson"), { recursive: true });
  });

  it("of a mapping is in the state", async () => {
    const mapping = at("mapping.yaml");
    const log = fixture("audit/conforming/events.ndjson");
    writeFileSync(mapping, readFileSync(MAPPING, "utf8").replace(/READ-WRITE|WRITE/g, "READ"));
    const options = { claims: ["runtime"], complete: true } as const;
    const whole = [...FORMATS.json(await check([mapping, log], options))];
    const state = fileWith(await stateOf([mapping]));
    rmSync(mapping);
    expect([...FORMATS.json(await check([log], { ...options, stateIn: [state] }))]).toEqual(whole);
    expect(whole.join("")).toContain("a module that the mapping gives READ");
  });
});
