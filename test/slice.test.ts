import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { check, type Report, type Slice, SliceError, type SliceOptions, sliceLog } from "../src/index.js";
import { smallest } from "../src/slice/smallest.js";
import { mplpCheck } from "./support/cli.js";
import { ROOT, ruleFixtures } from "./support/fixtures.js";
import { bytesOf, logs } from "./support/logs.js";
import { fewer, some } from "./support/long.js";
import { numbered } from "./support/numbered-events.js";
import { runs } from "./support/runs.js";
import { MEMBERS, SAMPLES } from "./support/tokens.js";
import { BROKEN, CLEAN } from "./support/workspace.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-slice-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const textOf = ({ lines }: Slice): string => Buffer.concat(lines).toString();
const fingerprintsIn = ({ findings }: Report): ReadonlySet<string> =>
  new Set(findings.map(({ fingerprint }) => fingerprint));

/** A real check of what a slice holds, as a file. */
async function findingsOf(slice: Slice, options: SliceOptions = {}): Promise<ReadonlySet<string>> {
  const path = put("slice.ndjson", Buffer.concat(slice.lines));
  const kinds = slice.kind === undefined ? {} : { kinds: { [path]: slice.kind } };
  return fingerprintsIn(await check([path, ...slice.documents], { ...options, ...kinds }));
}

/** What keeps a finding out of any smaller log: documents have it alone. */
const IN_DOCUMENTS =
  /no record is needed for it: (?:hand on .*\.(?:ya?ml|json|md) as it is|a log without records has it)$/;

/** Slices a log for each of its findings, and checks what comes out. */
async function sliceEach(
  path: string,
  options: SliceOptions,
  most = Number.POSITIVE_INFINITY,
): Promise<void> {
  const whole = await check([path], options);
  for (const fingerprint of [...fingerprintsIn(whole)].slice(0, most)) {
    const slice = await sliceLog([path], fingerprint, options).catch((error: unknown) => {
      if (error instanceof SliceError && IN_DOCUMENTS.test(error.message)) return undefined;
      // A file in UTF-16 is a log by its first bytes: no line of it is one.
      if (error instanceof SliceError && basename(path) === "utf-16.ndjson") return undefined;
      throw error;
    });
    if (slice === undefined) continue;
    expect(await findingsOf(slice, options), `${basename(path)}: ${slice.finding.message}`).toContain(
      fingerprint,
    );
    expect(slice.finding.fingerprint).toBe(fingerprint);
  }
}

describe("smallest", () => {
  it("leaves exactly what is needed, and asks for no list twice in a row", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(60), { maxLength: 40 }), fc.nat(6), async (items, step) => {
        const needed = items.filter((_, index) => step > 0 && index % step === 0);
        const found = await smallest(items, async (list) => needed.every((item) => list.includes(item)));
        expect(found).toEqual(needed);
      }),
      { numRuns: runs(500) },
    );
  });

  it("ends with a list that lacks nothing, where items depend on each other", async () => {
    const holds = async (list: readonly number[]) =>
      list.includes(7) && list.includes(3) === list.includes(12) && list.includes(12);
    expect(
      await smallest(
        Array.from({ length: 20 }, (_, index) => index),
        holds,
      ),
    ).toEqual([3, 7, 12]);
  });
});

describe("what slice writes gives the finding", () => {
  const fixtures = ruleFixtures().filter(({ validity }) => validity === "invalid");

  it.each(some("slices of rule fixtures", fixtures).map((fixture) => [fixture.name, fixture] as const))(
    "%s",
    async (_, { path, options }) => sliceEach(path, options),
    60_000,
  );

  it("for any log", async () => {
    await fc.assert(
      fc.asyncProperty(logs, fc.boolean(), async (lines, complete) => {
        await sliceEach(put("any.ndjson", bytesOf(lines)), { complete, claims: ["runtime"] }, 3);
      }),
      { numRuns: runs(40), interruptAfterTimeLimit: 50_000 },
    );
  }, 90_000);

  it("is the same every time, and gets no smaller when it is sliced again", async () => {
    for (const { path, options } of some("slices of rule fixtures", fixtures).slice(
      0,
      fewer("slices made again", 3),
    )) {
      const [finding] = (await check([path], options)).findings;
      if (finding === undefined) continue;
      const first = await sliceLog([path], finding.fingerprint, options).catch(() => undefined);
      if (first === undefined || first.documents.length > 0) continue;
      expect(textOf(await sliceLog([path], finding.fingerprint, options))).toBe(textOf(first));
      const again = await sliceLog([put("again.ndjson", textOf(first))], finding.fingerprint, {
        ...options,
        ...(first.kind !== undefined && { kinds: { [join(folder, "again.ndjson")]: first.kind } }),
      });
      expect(again.lines.length).toBeLessThanOrEqual(first.lines.length);
    }
  }, 60_000);
});

describe("a slice", () => {
  it("holds no line that the finding does not need, and no defect besides it", async () => {
    const { findings } = await check([BROKEN]);
    for (const { fingerprint } of some("slices of findings", findings)) {
      const slice = await sliceLog([BROKEN], fingerprint);
      expect(slice).toMatchObject({ records: 14, isSmallest: true, documents: [], errors: [] });
      expect(slice.lines).toHaveLength(1);
      expect([...(await findingsOf(slice))]).toEqual([fingerprint]);
    }
  });

  it("leaves out members and shortens texts, as far as no other finding comes of it", async () => {
    const path = put(
      "members.ndjson",
      `${numbered(1, { event_id: "no UUID", payload: { goal: "words of a customer", tags: [1, 2, 3] }, note: "more words" })}\n`,
    );
    const { finding, ...slice } = await sliceLog([path], "event-id-v4");
    expect(finding.message).toBe("event_id is not a UUID");
    expect(textOf(slice as Slice)).toBe(
      `{"event_id":"x","event_type":"x","event_family":"intent","timestamp":"2026-01-05T08:00:00Z"}\n`,
    );
  });

  it("takes a member out of several records at once where they must stay alike", async () => {
    const twice = numbered(1, { payload: { note: "some words" } });
    const path = put("alike.ndjson", `${numbered(2, {})}\n${twice}\n${numbered(3, {})}\n${twice}\n`);
    const slice = await sliceLog([path], "event-id-unique");
    const [one, other] = slice.lines.map((line) => JSON.parse(Buffer.from(line).toString()) as object);
    expect(slice.lines).toHaveLength(2);
    expect(one).toEqual(other);
    expect(one).not.toHaveProperty("payload");
  });

  it("spans files, compressed ones too, and arrays over several lines", async () => {
    const id = "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9";
    const stage = (number: number, stage_status: string) =>
      JSON.parse(
        numbered(number, {
          event_family: "pipeline_stage",
          pipeline_id: id,
          stage_id: "build",
          stage_name: "Build",
          stage_order: 1,
          stage_status,
          timestamp: `2026-01-05T08:00:0${number}Z`,
        }),
      ) as object;
    const first = put(
      "first.json.gz",
      gzipSync(JSON.stringify([stage(1, "running"), stage(2, "completed")], null, 2)),
    );
    const second = put("second.ndjson", `${JSON.stringify(stage(3, "pending"))}\n`);
    const slice = await sliceLog([first, second], "stage-transitions");
    expect(
      slice.lines.map(
        (line) => (JSON.parse(Buffer.from(line).toString()) as { stage_status: string }).stage_status,
      ),
    ).toEqual(["completed", "pending"]);
    expect(await findingsOf(slice)).toContain(slice.finding.fingerprint);
  });

  it("takes events out of what carries them", async () => {
    const log = `${numbered(1, { event_id: "no UUID" })}\n`;
    const path = put(
      "docker.ndjson",
      `${JSON.stringify({ log, stream: "stdout", time: "2026-01-05T08:00:00Z" })}\n`,
    );
    expect(textOf(await sliceLog([path], "event-id-v4"))).toContain('{"event_id":"x",');
  });

  it("tells the kind that its records must be read as", async () => {
    const path = put("kept.ndjson", `${JSON.stringify({ about: "nothing that shows a sample" })}\n`);
    const options = { kinds: { [path]: "samples" as const } };
    const { findings } = await check([path], options);
    const slice = await sliceLog([path], findings[0]?.fingerprint ?? "", options);
    expect(slice.kind).toBe("samples");
    expect(await findingsOf(slice)).toContain(slice.finding.fingerprint);
  });

  it("names the documents that belong to it", async () => {
    const mapping = join(ROOT, "fixtures/audit/conforming/mapping.yaml");
    const id = "5d1e7c38-90b2-4f6a-8c3d-2e4f6a8b0c1d";
    const update = (number: number, source_module: string) =>
      numbered(number, {
        event_family: "graph_update",
        project_id: id,
        graph_id: id,
        update_kind: "node_add",
        node_delta: 1,
        edge_delta: 0,
        source_module,
      });
    const path = put(
      "updates.ndjson",
      `${update(1, "core")}\n${update(2, "network")}\n${update(3, "trace")}\n`,
    );
    const options: SliceOptions = { claims: ["runtime"] };
    const alone = fingerprintsIn(await check([path], options));
    const { findings } = await check([path, mapping], options);
    const joint = findings.filter(
      ({ fingerprint, rule }) => rule === "log-matches-mapping" && !alone.has(fingerprint),
    );
    for (const { fingerprint } of joint) {
      const slice = await sliceLog([path, mapping], fingerprint, options);
      expect(slice.documents).toEqual([mapping]);
      expect(await findingsOf(slice, options)).toContain(fingerprint);
    }
    expect(joint).not.toEqual([]);
  });

  it("of a broken line is text that is as broken", async () => {
    const path = put(
      "cut.ndjson",
      `${numbered(1, {})}\n${numbered(2, { note: "much more text" }).slice(0, -20)}\n`,
    );
    const slice = await sliceLog([path], "json-object-per-record");
    expect(slice.lines).toHaveLength(1);
    expect(textOf(slice)).not.toContain("much");
    expect(await findingsOf(slice)).toContain(slice.finding.fingerprint);
  });

  it("ends at its bounds, with what it has, and says so", async () => {
    const slice = await sliceLog([BROKEN], "event-id-v4", { maxChecks: 2 });
    expect(slice).toMatchObject({ isSmallest: false, checks: 2 });
    expect(await findingsOf(slice)).toContain(slice.finding.fingerprint);
    await expect(sliceLog([BROKEN], "event-id-v4", { maxTime: 1 })).resolves.toMatchObject({
      isSmallest: false,
    });
  });
});

describe("what must not leave the machine", () => {
  const members = MEMBERS.map(([name, value]) => ({
    name: `member ${name}`,
    payload: { [name]: value },
    hidden: [value],
  }));
  const samples = SAMPLES.map(({ name, text, hidden }) => ({ name, payload: { text }, hidden }));

  it.each(some("secrets in a slice", [...members, ...samples]).map((each) => [each.name, each] as const))(
    "is in no slice, even if the finding is about it: %s",
    async (_, { payload, hidden }) => {
      const path = put("secret.ndjson", `${numbered(1, {})}\n${numbered(2, { payload })}\n`);
      const slice = await sliceLog([path], "no-secrets");
      expect(await findingsOf(slice)).toContain(slice.finding.fingerprint);
      for (const part of hidden) expect(textOf(slice)).not.toContain(part);
    },
    20_000,
  );

  it("is in no slice for another finding beside it, in a broken line neither", async () => {
    for (const { text, hidden } of some("secrets in a slice", SAMPLES)) {
      const broken = numbered(2, { note: text, event_type: "" });
      const path = put("beside.ndjson", `${broken}\n${broken.slice(0, -1)},,}\n`);
      for (const rule of ["event-type-non-empty", "json-object-per-record"])
        for (const part of hidden) expect(textOf(await sliceLog([path], rule))).not.toContain(part);
    }
  }, 60_000);

  it("includes names and addresses of persons", async () => {
    const payload = {
      repo_url: "https://git.acme.example/a.git",
      commit_id: "a1b49bf707c0909c797b1538e5a15b79bcc0fd98",
      ref_name: "refs/heads/main",
      event_kind: "commit",
      timestamp: "2026-01-05T08:00:00Z",
      author_name: "Ada Lovelace",
      commit_message: "ask ada@analytical.engine about it",
    };
    const git = { event_family: "external_integration", source: "git-v1", event_type: "git_event", payload };
    const path = put("persons.ndjson", `${numbered(1, { ...git, event_id: "none" })}\n`);
    const { findings } = await check([path]);
    expect(findings.map(({ rule }) => rule)).toContain("personal-data");
    for (const { fingerprint } of findings) {
      const slice = await sliceLog([path], fingerprint);
      expect(textOf(slice)).not.toMatch(/ada|lovelace|analytical/i);
      expect(await findingsOf(slice)).toContain(fingerprint);
    }
  });

  it("is not told by texts between zeros, as UTF-16 has them", async () => {
    const secret = SAMPLES[0]?.text ?? "";
    const wide = Buffer.from(`${numbered(1, { note: secret })}\n`, "utf16le");
    const path = put("utf-16.ndjson", Buffer.concat([Buffer.from(`${numbered(2, {})}\n`), wide]));
    const { findings } = await check([path]);
    const broken = findings.filter(({ rule }) => rule === "json-object-per-record");
    expect(broken.length).toBeGreaterThan(0);
    for (const { fingerprint } of broken) {
      const slice = await sliceLog([path], fingerprint);
      expect(textOf(slice).replaceAll("\0", "")).not.toContain(secret.slice(8, 20));
    }
  });

  it("is no command for a CI service, and nothing that a terminal would act on", async () => {
    const path = put("commands.ndjson", `${numbered(1, { event_id: "##[error]\u202e\u0085" })}\n`);
    const { stdout, status } = await mplpCheck(["slice", path, "--finding", "event-id-v4"]);
    expect(status).toBe(0);
    expect(stdout).not.toMatch(/##\[|[\u0085\u202e]/);
  });
});

describe("what cannot be sliced", () => {
  const refusal = (paths: readonly string[], wanted: string, options?: SliceOptions) =>
    sliceLog(paths, wanted, options).then(
      () => "",
      (error: unknown) => (error instanceof SliceError ? error.message : String(error)),
    );

  it("is a finding of a document alone", async () => {
    const path = join(ROOT, "fixtures/rules/mapping-complete/invalid/module-left-out.yaml");
    expect(await refusal([path, CLEAN], "mapping-complete")).toBe(
      `mapping-complete (module network is not listed): no record is needed for it: hand on ${path} as it is`,
    );
  });

  it("is a finding that there is not; the message lists those that there are", async () => {
    expect(await refusal([CLEAN], "event-id-v4")).toBe("the log has no finding");
    expect(await refusal(["nowhere.ndjson"], "event-id-v4")).toBe("nowhere.ndjson: no such file or folder");
    expect(await refusal([CLEAN, "nowhere.ndjson"], "event-id-v4")).toBe(
      "what could be read of the log has no finding\nnowhere.ndjson: no such file or folder",
    );
    expect(await refusal([BROKEN], "none")).toMatch(
      /^no finding is called none; there are:\n {2}[0-9a-f]{12} {2}event-id-v4: event_id is a UUID, but not of version 4, first at \S+:7\n/,
    );
    expect(await refusal([BROKEN], "")).toMatch(/^name one of these with --finding:\n/);
  });

  it("is a rule or a beginning that several findings share", async () => {
    const path = put(
      "several.ndjson",
      `${numbered(1, { event_id: "x" })}\n${numbered(2, { event_id: BROKEN_ID })}\n`,
    );
    expect((await refusal([path], "event-id-v4")).split("\n")).toHaveLength(3);
    expect(await refusal([path], "event-id-v4")).toMatch(/^event-id-v4 may be any of:\n/);
    const [finding] = (await check([path])).findings;
    const fingerprint = finding?.fingerprint ?? "";
    expect((await sliceLog([path], fingerprint.slice(0, 8))).finding.fingerprint).toBe(fingerprint);
    expect(await refusal([path], fingerprint.slice(0, 3))).toMatch(/^no finding is called/);
  });

  it("is standard input, for a program: it is read twice", async () => {
    expect(await refusal(["-"], "x")).toBe("standard input can be read only once: name a file");
  });
});

const BROKEN_ID = "858f8816-dfe4-5014-ba26-72ef2e54f01c";

describe("mplp-check slice", () => {
  it("writes the log, and says of what, after a check of it", async () => {
    const { status, stdout, stderr } = await mplpCheck(["slice", BROKEN, "--finding", "PS-4.1-2"]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ event_id: BROKEN_ID });
    expect(stderr).toBe(
      `mplp-check: 1 line (${stdout.length} bytes) of 14 records; checked, and found: event_id is a UUID, but not of version 4 [event-id-v4]\n`,
    );
  });

  it("does what docs/formats.md shows", async () => {
    const page = readFileSync(join(ROOT, "docs/formats.md"), "utf8");
    const [, line = ""] = /^mplp-check (slice .*)$/m.exec(page) ?? [];
    const [, said = ""] = /^ {4}(mplp-check: small\.ndjson: .*)$/m.exec(page) ?? [];
    const cwd = mkdtempSync(join(folder, "page-"));
    writeFileSync(join(cwd, "events.ndjson"), readFileSync(BROKEN));
    expect(await mplpCheck(line.split(" "), { cwd })).toEqual({ status: 0, stdout: "", stderr: `${said}\n` });
    expect(existsSync(join(cwd, "small.ndjson"))).toBe(true);
  });

  it.runIf(process.platform === "linux")("ends with a signal, and leaves nothing behind", async () => {
    const own = mkdtempSync(join(folder, "tmp-"));
    const args = [join(ROOT, "bin/mplp-check.js"), "slice", "-", "--finding", "event-id-v4"];
    const child = spawn(process.execPath, args, { env: { ...process.env, TMPDIR: own } });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.stdin.write(readFileSync(BROKEN));
    // The copy of standard input shows that the command has begun.
    while (readdirSync(own).length === 0) await sleep(20);
    child.kill("SIGINT");
    const [code] = (await once(child, "close")) as [number];
    expect(code).toBe(130);
    expect(stderr).toContain("interrupted: nothing was written");
    expect(execFileSync("ls", ["-A", own], { encoding: "utf8" })).toBe("");
  });

  it("takes the options of the check that has found it", async () => {
    const stage = {
      event_family: "pipeline_stage",
      pipeline_id: BROKEN_ID.replace("-5014-", "-4014-"),
      stage_id: "build",
      stage_name: "Build",
      stage_order: 1,
      stage_status: "running",
    };
    const path = put("open.ndjson", `${numbered(1, {})}\n${numbered(2, stage)}\n`);
    const finding = "stage-transition-events";
    expect((await mplpCheck(["slice", path, "--finding", finding])).status).toBe(2);
    const complete = await mplpCheck(["slice", path, "--finding", finding, "--complete"]);
    expect(complete.status).toBe(0);
    expect(complete.stdout.trimEnd().split("\n")).toHaveLength(1);
    const config = put("mplp-check.yaml", "complete: true\n");
    const configured = await mplpCheck(["slice", path, "--finding", finding, "--config", config]);
    expect(configured.stdout).toBe(complete.stdout);
  });

  it("says what is missing from the whole log, and where a bound has ended the search", async () => {
    const path = put("absent.ndjson", `${numbered(1, {})}\n${numbered(2, {})}\n`);
    const absent = await mplpCheck([
      "slice",
      path,
      "--finding",
      "graph-update-emitted",
      "--claim",
      "runtime",
      "--complete",
    ]);
    expect(absent.stderr).toContain("it is about what is missing from the whole log");
    const once = await mplpCheck(["slice", BROKEN, "--finding", "event-id-v4", "--max-checks", "1"]);
    expect(once.stderr).toContain("1 smaller log was tried, and then no more");
    const bounded = await mplpCheck(["slice", BROKEN, "--finding", "event-id-v4", "--max-checks", "2"]);
    expect(bounded).toMatchObject({ status: 0 });
    expect(bounded.stderr).toContain(
      "2 smaller logs were tried, and then no more: raise --max-checks or --max-time",
    );
  });

  it("shows no bytes at a terminal that are no text", async () => {
    const line = numbered(1, { note: "ÿ" });
    const path = put("latin1.ndjson", Buffer.from(`${line}\n`, "latin1"));
    const args = ["slice", path, "--finding", "json-object-per-record"];
    const shown = await mplpCheck(args);
    expect(shown).toMatchObject({ status: 2, stdout: "" });
    expect(shown.stderr).toContain("name a file with -o");
    const output = join(folder, "bytes.ndjson");
    expect((await mplpCheck([...args, "-o", output])).status).toBe(0);
    expect(readFileSync(output).includes(0xff)).toBe(true);
  });

  it.each([
    ["no log", ["slice"], "missing required argument 'logs'"],
    ["no finding named", ["slice", BROKEN], "name one of these with --finding:"],
    ["a log that is not there", ["slice", "none.ndjson", "--finding", "x"], "none.ndjson"],
    ["an output over an input", ["slice", BROKEN, "--finding", "x", "-o", BROKEN], "is an input of this run"],
    ["two outputs", ["slice", BROKEN, "--finding", "x", "-o", "a", "-o", "b"], "one log is written"],
    ["no name of an output", ["slice", BROKEN, "--finding", "x", "-o", ""], "an output file has no name"],
    ["a folder as output", ["slice", BROKEN, "--finding", "x", "-o", folder], "it is a folder"],
    ["a bound that is none", ["slice", BROKEN, "--max-checks", "0"], "It must be a whole number from 1."],
    ["an option of reports", ["slice", BROKEN, "-f", "json"], "unknown option '-f'"],
  ])("refuses %s", async (_, args, sentence) => {
    const { status, stdout, stderr } = await mplpCheck(args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(sentence);
  });
});
