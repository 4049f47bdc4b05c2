import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { type CheckOptions, check, exitCodeOf, FORMATS, type Report } from "../src/index.js";
import { CLAUSES } from "../src/protocol/clauses/clauses.js";
import { mplpCheck, mplpProcess } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";

const CONFORMING = join(ROOT, "fixtures/audit/conforming");
const OPTIONS = { claims: ["runtime", "integration"], complete: true } as const;

/** The conforming runtime with one defect, and what becomes of one clause and of the run. */
interface Variant {
  readonly name: string;
  /** Why a careful human would refuse it, or would not. */
  readonly why: string;
  /** A file that is left out, or one that is changed: by a replacement, by dropping lines that match. */
  readonly remove?: string;
  /** A file that comes in addition, with its text. */
  readonly add?: readonly [name: string, text: string];
  readonly file?: string;
  readonly replace?: readonly [string, string];
  readonly drop?: string;
  readonly idVersion?: number;
  readonly clause: string;
  readonly status: string;
  readonly exit: number;
}

const variants = JSON.parse(readFileSync(join(ROOT, "fixtures/audit/variants.json"), "utf8")) as Variant[];

const folder = mkdtempSync(join(tmpdir(), "mplp-check-audit-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function changed(text: string, { replace, drop, idVersion }: Variant): string {
  if (replace !== undefined) return text.replace(replace[0], replace[1]);
  if (idVersion !== undefined) return text.replace(/("event_id":"[^-]+-[^-]+-)4/, `$1${idVersion}`);
  const pattern = new RegExp(drop ?? "$^");
  return text
    .split("\n")
    .filter((line) => !pattern.test(line))
    .join("\n");
}

function madeFrom(variant: Variant, index: number): string {
  const own = join(folder, String(index));
  cpSync(CONFORMING, own, { recursive: true });
  if (variant.remove !== undefined) rmSync(join(own, variant.remove));
  if (variant.add !== undefined) writeFileSync(join(own, variant.add[0]), variant.add[1]);
  if (variant.file === undefined) return own;
  const path = join(own, variant.file);
  const before = readFileSync(path, "utf8");
  const after = changed(before, variant);
  expect(after).not.toBe(before);
  writeFileSync(path, after);
  return own;
}

function statusOf(report: Report, clause: string): string | undefined {
  return report.clauses.find(({ id }) => id === clause)?.status;
}

describe("a conforming runtime", () => {
  it("is called conformant, with exit 0", async () => {
    const { status, stdout } = await mplpCheck([
      CONFORMING,
      "--claim",
      "runtime",
      "--claim",
      "integration",
      "--complete",
    ]);
    expect(stdout).toContain("conformant: every MUST clause");
    expect(stdout).toMatch(/^attested +RG-7\.1-4 /m);
    expect(stdout).not.toMatch(/^satisfied +RG-7\.1-4/m);
    expect(status).toBe(0);
  });

  it("has no finding at any level", async () => {
    const report = await check([CONFORMING], OPTIONS);
    expect(report.findings).toEqual([]);
    expect(report.errors).toEqual([]);
    expect(report.inputs.map(({ kind }) => kind).sort()).toEqual([
      "event-log",
      "mapping",
      "samples",
      "snapshot",
      "snapshot",
    ]);
  });

  it("is not called conformant for its log alone: the report says what is missing and how to supply it", async () => {
    const report = await check([join(CONFORMING, "events.ndjson")], OPTIONS);
    expect(report.verdict).toBe("inconclusive");
    const open = report.clauses.filter(({ level, status }) => level === "MUST" && status === "inconclusive");
    expect(open.map(({ id }) => id)).toEqual(["RG-7.1-1", "RG-7.1-2", "RG-7.1-4"]);
    for (const { reason = "" } of open) expect(reason).toMatch(/name |state it/);
  });

  it("shows attestations with their statement, evidence and place", async () => {
    const report = await check([CONFORMING], OPTIONS);
    const attested = report.clauses.filter(({ status }) => status === "attested");
    expect(attested.map(({ id }) => id)).toEqual([
      "RG-7.1-4",
      "RG-7.2-1",
      "IS-7.2-1",
      "IS-7.2-2",
      "IS-13.1-3",
      "IS-13.2-4",
      "IS-13.3-2",
    ]);
    const text = readFileSync(join(CONFORMING, "mapping.yaml"), "utf8").split("\n");
    for (const { id, attestation } of attested) {
      expect(attestation?.evidence).toMatch(/^docs\//);
      expect(attestation?.evidenceDigest).toMatch(/^sha256:[0-9a-f]{64}$/);
      expect(text[(attestation?.line ?? 0) - 1]).toContain(id);
    }
  });
});

describe("an evidence folder", () => {
  const pack = join(folder, "pack");
  const sums = join(pack, "integrity/sha256sums.txt");

  function packed(): string {
    for (const name of ["timeline", "artifacts", "integrity"])
      mkdirSync(join(pack, name), { recursive: true });
    writeFileSync(join(pack, "manifest.json"), "{}\n");
    writeFileSync(join(pack, "artifacts/plan.txt"), "one\n");
    cpSync(join(CONFORMING, "events.ndjson"), join(pack, "timeline/events.ndjson"));
    const names = ["manifest.json", "artifacts/plan.txt", "timeline/events.ndjson"];
    const digest = (name: string): string =>
      createHash("sha256")
        .update(readFileSync(join(pack, name)))
        .digest("hex");
    writeFileSync(sums, names.map((name) => `${digest(name)}  ${name}\n`).join(""));
    return pack;
  }

  it("has its checksums verified, its timeline checked, the rest listed", async () => {
    const report = await check([packed()]);
    expect(report.packs).toEqual([
      {
        path: pack,
        checksums: { listed: 3, verified: 3 },
        files: { read: 2, checksumOnly: 1, notChecked: 0 },
        checksumOnly: ["artifacts/plan.txt"],
        notChecked: [],
        withoutChecksum: [],
      },
    ]);
    expect(report.inputs.map(({ path }) => path)).toEqual([join(pack, "timeline/events.ndjson")]);
    expect(exitCodeOf(report, "must")).toBe(0);
  });

  it("names what was left out, and what was checked without a checksum", async () => {
    packed();
    cpSync(join(pack, "timeline/events.ndjson"), join(pack, "timeline/more.ndjson"));
    cpSync(join(CONFORMING, "mapping.yaml"), join(pack, "mapping.yaml"));
    const odd = "a\nline and \u001b[31mred";
    writeFileSync(join(pack, odd), "");
    symlinkSync(join(pack, "timeline/more.ndjson"), join(pack, "timeline/link.ndjson"));
    const report = await check([pack, join(pack, "mapping.yaml")]);
    expect(report.packs[0]?.notChecked).toEqual([odd, "timeline/link.ndjson"]);
    expect(report.packs[0]?.checksumOnly).toEqual(["artifacts/plan.txt"]);
    expect(report.packs[0]?.withoutChecksum).toEqual(["mapping.yaml", "timeline/more.ndjson"]);
    const text = [...FORMATS.text(report, { color: false })].join("");
    expect(text.replace(/\s+/g, " ")).toContain(
      "read without a checksum: mapping.yaml, timeline/more.ndjson; only compared with a checksum: artifacts/plan.txt; not checked:",
    );
    expect(text).not.toContain("\u001b");
    rmSync(pack, { recursive: true });
  });

  it("is verified in a folder that is named as well", async () => {
    packed();
    writeFileSync(join(pack, "artifacts/plan.txt"), "two\n");
    const { stdout, status } = await mplpCheck([folder, "-f", "json"]);
    const { packs, errors, inputs } = JSON.parse(stdout) as Report;
    const within = inputs.map(({ path }) => path).filter((path) => path.startsWith(`${pack}/`));
    expect(within).toEqual([join(pack, "timeline/events.ndjson")]);
    expect(packs.map(({ path, checksums }) => [path, checksums])).toEqual([
      [pack, { listed: 3, verified: 2 }],
    ]);
    expect(errors.map(({ message }) => message)).toContain(
      "artifacts/plan.txt: is not the file that was listed",
    );
    expect(status).toBe(2);
    rmSync(pack, { recursive: true });
  });

  it("may be named as one, whatever it holds", async () => {
    const report = await check([CONFORMING], { kinds: { [CONFORMING]: "evidence" } });
    expect(report.packs[0]?.checksums).toEqual({ listed: 0, verified: 0 });
    expect(report.packs[0]?.notChecked).toContain("events.ndjson");
    expect(exitCodeOf(report, "must")).toBe(3);
  });

  it.each([
    [
      "a file that was changed",
      () => writeFileSync(join(pack, "artifacts/plan.txt"), "two\n"),
      /^artifacts\/plan\.txt: is not the file that was listed$/,
    ],
    ["a file that is gone", () => rmSync(join(pack, "artifacts/plan.txt")), /cannot be read/],
    [
      "a path that leads out",
      () => appendFileSync(sums, `${"0".repeat(64)}  ../../../etc/hosts\n`),
      /leads out/,
    ],
    [
      "a file that is listed twice",
      () => appendFileSync(sums, readFileSync(sums, "utf8").slice(0, 80)),
      /before/,
    ],
    [
      "a pipe, which nobody writes to",
      () => {
        execFileSync("mkfifo", [join(pack, "artifacts/pipe")]);
        appendFileSync(sums, `${"0".repeat(64)}  artifacts/pipe\n`);
      },
      /no regular file/,
    ],
    ["a line that is no checksum", () => appendFileSync(sums, "abc  manifest.json\n"), /not a checksum/],
  ])("could not be checked with %s", async (_name, spoil, message) => {
    rmSync(pack, { recursive: true, force: true });
    packed();
    spoil();
    const report = await check([pack]);
    expect(report.errors).toHaveLength(1);
    expect(report.errors[0]?.message).toMatch(message);
    expect(exitCodeOf(report, "must")).toBe(2);
  });
});

describe("an evidence folder that cannot be listed as a whole", () => {
  const pack = join(folder, "deep-pack");
  // Tools that go down step by step remove what no path can name.
  afterAll(() => execFileSync("rm", ["-rf", pack]));

  it("has an error for each of its folders that cannot, and the rest of the report is there", async () => {
    mkdirSync(join(pack, "timeline"), { recursive: true });
    writeFileSync(join(pack, "manifest.json"), "{}\n");
    cpSync(join(CONFORMING, "events.ndjson"), join(pack, "timeline/events.ndjson"));
    // Not even root can list a folder whose path is too long; permissions would not stop it.
    const digging = `for (let depth = 0; depth < 20; depth++) {
      fs.mkdirSync("d".repeat(250));
      process.chdir("d".repeat(250));
    }`;
    execFileSync(process.execPath, ["-e", digging], { cwd: pack });
    const report = await check([pack]);
    expect(report.errors.map(({ message }) => message)).toEqual(["the path is too long"]);
    expect(report.errors[0]?.path.startsWith(`${pack}/dddd`)).toBe(true);
    expect(report.packs[0]?.withoutChecksum).toEqual(["manifest.json", "timeline/events.ndjson"]);
    expect(report.inputs.map(({ path }) => path)).toEqual([join(pack, "timeline/events.ndjson")]);
    expect(exitCodeOf(report, "must")).toBe(2);
  });

  it("says how many more errors there are than are listed", async () => {
    const own = join(folder, "many-errors");
    mkdirSync(join(own, "integrity"), { recursive: true });
    writeFileSync(join(own, "manifest.json"), "{}\n");
    writeFileSync(join(own, "integrity/sha256sums.txt"), "nonsense\n".repeat(203));
    const { errors } = await check([own]);
    expect(errors).toHaveLength(201);
    expect(errors.at(-1)).toEqual({ path: own, message: "3 more errors of this evidence folder" });
  });
});

describe("two mappings", () => {
  it("are each held to the log, in whatever order they are named", async () => {
    const [log, good] = [join(CONFORMING, "events.ndjson"), join(CONFORMING, "mapping.yaml")];
    const other = join(folder, "other.yaml");
    const text = readFileSync(good, "utf8");
    const at = text.indexOf("access: READ-WRITE", text.indexOf("\n  plan:"));
    writeFileSync(other, `# another one\n${text.slice(0, at)}access: READ${text.slice(at + 18)}`);
    const line = text.slice(0, at).split("\n").length + 1;
    for (const paths of [
      [log, good, other],
      [log, other, good],
      [other, log, good],
    ]) {
      const { findings } = await check(paths);
      const found = findings.filter(({ clauses }) => clauses.includes("RG-7.1-1a"));
      expect(found.map(({ message }) => message)).toEqual([
        "a graph_update comes from a module that the mapping gives READ",
      ]);
      expect(found[0]?.related).toMatchObject([{ path: other, line }]);
    }
  });
});

describe("a log that contradicts its mapping", () => {
  const good = join(CONFORMING, "mapping.yaml");
  const updateFrom = (source_module: string, index: number): string =>
    JSON.stringify({
      event_id: `0a7c6f4e-52a1-4f7e-9b1d-${index.toString(16).padStart(12, "0")}`,
      event_type: "psg_changed",
      event_family: "graph_update",
      timestamp: "2026-01-05T08:00:00Z",
      graph_id: "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9",
      update_kind: "node_update",
      node_delta: 0,
      edge_delta: 0,
      source_module,
    });
  const logOf = (modules: readonly string[]): string => {
    const path = join(folder, "contradicting.ndjson");
    writeFileSync(path, modules.map((module, index) => `${updateFrom(module, index)}\n`).join(""));
    return path;
  };
  const foundIn = async (paths: readonly string[], options: CheckOptions = {}) =>
    (await check(paths, options)).findings.filter(({ rule }) => rule === "log-matches-mapping");

  it("has a place for each event of a module that has no access, in the order of the log", async () => {
    const log = logOf(["plan", "network", "core", "Network Module", "trace", "network", "planner"]);
    for (const paths of [
      [log, good],
      [good, log],
    ])
      for (const options of [{}, { blockBytes: 300 }, { jobs: 2, inlineBytes: 0, blockBytes: 600 }]) {
        const [contradicting, undocumented] = await foundIn(paths, options);
        expect([contradicting?.level, contradicting?.count]).toEqual(["MUST", 3]);
        expect(contradicting?.locations.map(({ line }) => line)).toEqual([2, 4, 6]);
        expect([undocumented?.level, undocumented?.count]).toEqual(["SHOULD", 1]);
      }
  });

  it("counts all, and lists as many as are asked for", async () => {
    const occurrences: number[] = [];
    const onOccurrences = async (all: AsyncIterable<{ rule: string; line: number }>): Promise<void> => {
      for await (const { rule, line } of all) if (rule === "log-matches-mapping") occurrences.push(line);
    };
    const log = logOf(Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? "plan" : "network")));
    const [found] = await foundIn([log, good], { maxFindings: 3, onOccurrences });
    expect(found?.count).toBe(25);
    expect(found?.locations.map(({ line }) => line)).toEqual([2, 4, 6]);
    expect(occurrences).toEqual(Array.from({ length: 25 }, (_, index) => 2 * (index + 1)));
  });

  it("is judged the same from a state", async () => {
    const log = logOf(["network", "plan", "network", "planner"]);
    const state = join(folder, "contradicting.state");
    const onState = async (lines: Iterable<string>): Promise<void> =>
      writeFileSync(state, [...lines].join(""));
    await check([log], { onState });
    expect(await foundIn([good], { stateIn: [state] })).toEqual(await foundIn([log, good]));
  });

  it("is one finding for modules that are not documented, however many, with the first of their names", async () => {
    const found = await foundIn([logOf(Array.from({ length: 3000 }, (_, index) => `own${index}`)), good]);
    expect(found.map(({ count, hint }) => [count, hint])).toEqual([
      [3000, "not in the mapping: own0, own1, own10, own100, own1000 and 2995 more"],
    ]);
  });
});

describe("a mapping from elsewhere", () => {
  const mapping = readFileSync(join(CONFORMING, "mapping.yaml"));

  it("may be compressed", async () => {
    const path = join(folder, "mapping.yaml.gz");
    writeFileSync(path, gzipSync(mapping));
    const report = await check([path]);
    expect(report.inputs[0]?.kind).toBe("mapping");
    expect(statusOf(report, "RG-7.1-1")).toBe("satisfied");
  });

  it("may come from standard input", async () => {
    const { stdout, status } = await mplpProcess(["--as", "mapping:-", "-f", "json"], { input: mapping });
    expect(statusOf(JSON.parse(stdout) as Report, "RG-7.1-1")).toBe("satisfied");
    expect(status).toBe(0);
  });

  it("that is far too long is one finding", async () => {
    const path = join(folder, "long.yaml");
    writeFileSync(path, `${mapping}${"# nothing but comments\n".repeat(30_000)}`);
    const { findings } = await check([path]);
    expect(findings.map(({ message, hint, count }) => [message, hint, count])).toEqual([
      ["the document has more than 524288 characters", "A mapping has a few thousand characters", 1],
    ]);
  });
});

describe("a folder", () => {
  it("may hold pages and settings that have modules and access, but are no mapping", async () => {
    const own = join(folder, "pages");
    mkdirSync(own);
    cpSync(join(CONFORMING, "events.ndjson"), join(own, "events.ndjson"));
    writeFileSync(
      join(own, "permissions.md"),
      "| Component | Permissions |\n|---|---|\n| Core | read only |\n| Network | read and write |\n",
    );
    writeFileSync(join(own, "api.md"), "# API\n\n## Core\n\nAccess: read-only\n");
    writeFileSync(join(own, "conf.json"), '{"modules":{"core":{"access":"public"}},"x":1}\n');
    const { inputs } = await check([own]);
    expect(inputs.filter(({ kind }) => kind === "mapping")).toEqual([]);
  });
});

describe("an attestation", () => {
  const conforming = readFileSync(join(CONFORMING, "mapping.yaml"), "utf8");

  it("of what evidence has to show counts for nothing, and the report says so", async () => {
    const path = join(folder, "attests-all.yaml");
    const ids = CLAUSES.filter(({ level }) => level === "MUST").map(({ id }) => id);
    mkdirSync(join(folder, "docs"), { recursive: true });
    writeFileSync(join(folder, "docs/all.md"), "What the runtime does, clause by clause.\n");
    const all = ids.map((id) => `  - {clause: ${id}, statement: it holds, evidence: docs/all.md}\n`);
    writeFileSync(path, conforming.replace(/attestations:\n[\s\S]*$/, `attestations:\n${all.join("")}`));
    const log = join(folder, "one-event.ndjson");
    writeFileSync(log, `${readFileSync(join(CONFORMING, "events.ndjson"), "utf8").split("\n")[0]}\n`);
    const report = await check([log, path], { claims: ["runtime", "integration"] });
    const attested = report.clauses.filter(({ status }) => status === "attested").map(({ id }) => id);
    expect(attested).toEqual(["RG-7.1-4"]);
    expect(report.verdict).not.toBe("conformant");
    const notes = report.findings.filter(({ rule }) => rule === "attestations");
    expect(notes.reduce((sum, { count }) => sum + count, 0)).toBe(ids.length - 1);
  });
});

describe("init mapping", () => {
  it("writes a document that keeps RG-7.1-1, and lists what the log shows", async () => {
    const file = join(folder, "mapping.yaml");
    const { status } = await mplpProcess(["init", "mapping", "-o", file, "--from-log", "-"], {
      input:
        '{"event_family":"graph_update","source_module":"acme:scheduler","payload":{"area":"psg.queue"}}\n',
    });
    expect(status).toBe(0);
    const report = await check([file]);
    expect(statusOf(report, "RG-7.1-1")).toBe("satisfied");
    expect(statusOf(report, "RG-7.1-1b")).toBe("satisfied");
    expect(readFileSync(file, "utf8")).toMatch(/"acme:scheduler":[\s\S]*queue/);
    const again = await mplpCheck(["init", "mapping", "-o", file]);
    expect(again.status).toBe(2);
    expect(again.stderr).toContain("exists already");
  });

  it.each([
    ["nothing to initialise", ["init"]],
    ["something else", ["init", "report"]],
    ["a log that is not there", ["init", "mapping", "-o", "-", "--from-log", "no-such-log.ndjson"]],
  ])("ends with 2: %s", async (_name, args) => {
    const { status, stdout } = await mplpCheck(args);
    expect(status).toBe(2);
    expect(stdout).toBe("");
  });
});

describe("a rollback", () => {
  const graph_id = "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9";
  const snapshot = (fraction: string, ...ids: string[]) => ({
    snapshot_id: `at ${fraction}`,
    graph_id,
    captured_at: `2026-01-05T08:00:00${fraction}Z`,
    nodes: Object.fromEntries(ids.map((id) => [id, {}])),
    edges: [],
  });
  const [first, second, third] = [snapshot("", "a"), snapshot(".25", "a", "b"), snapshot(".250000001", "a")];
  const bulk = {
    event_id: "0a7c6f4e-52a1-4f7e-9b1d-6f0e3c9a8b71",
    event_type: "psg_bulk",
    event_family: "graph_update",
    timestamp: third.captured_at,
    graph_id,
    update_kind: "bulk",
    node_delta: -1,
    edge_delta: 0,
  };

  it.each([
    ["in the order of time", [first, second, third, bulk]],
    ["in another order, a nanosecond apart", [first, third, second, bulk]],
  ])("is seen in snapshots %s", async (_name, records) => {
    const path = join(folder, "rollback.ndjson");
    writeFileSync(path, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
    expect(statusOf(await check([path], { claims: ["runtime"] }), "RG-7.2-2")).toBe("satisfied");
  });
});

describe("the crosscuts", () => {
  it("have one row each, with the areas of the mapping and the events of the log", async () => {
    const { crosscuts } = await check([CONFORMING], OPTIONS);
    expect(crosscuts).toHaveLength(9);
    expect(crosscuts.find(({ crosscut }) => crosscut === "orchestration")).toEqual({
      crosscut: "orchestration",
      areas: ["orchestration_nodes"],
      events: ["pipeline_stage"],
      isBound: true,
    });
    expect(crosscuts.find(({ crosscut }) => crosscut === "event-bus")?.areas).toEqual([]);
  });

  it("are bound by what section 6 itself names, and the clause is open for those that are not", async () => {
    const report = await check([CONFORMING], OPTIONS);
    const unbound = report.crosscuts.filter(({ isBound }) => !isBound).map(({ crosscut }) => crosscut);
    expect(unbound).toEqual(["error-handling", "protocol-version", "security"]);
    const clause = report.clauses.find(({ id }) => id === "RG-6-1");
    expect(clause?.status).toBe("inconclusive");
    expect(clause?.reason).toBe(`neither mapping nor log shows what binds ${unbound.join(", ")}`);
  });

  it("satisfy the clause where all nine are bound", async () => {
    const path = join(folder, "all-bound.yaml");
    const areas = "{area: psg.migration_log}\n      - {area: psg.audit_log}\n      - {area: psg.plans";
    const mapping = readFileSync(join(CONFORMING, "mapping.yaml"), "utf8");
    writeFileSync(path, mapping.replace("{area: psg.plans", areas));
    const log = join(folder, "all-bound.ndjson");
    const events = readFileSync(join(CONFORMING, "events.ndjson"), "utf8").split("\n");
    const stage = events.find((line) => line.includes('"stage_status":"completed"')) ?? "";
    writeFileSync(log, [...events, stage.replace('"completed"', '"failed"')].join("\n"));
    expect(statusOf(await check([log, path], OPTIONS), "RG-6-1")).toBe("satisfied");
  });

  it("are not listed for a log without a mapping", async () => {
    expect((await check([join(CONFORMING, "events.ndjson")], OPTIONS)).crosscuts).toEqual([]);
  });
});

describe("the conforming runtime with one defect", () => {
  it("comes in many variants, each with the reason for how it ends", () => {
    expect(variants.length).toBeGreaterThanOrEqual(60);
    expect(new Set(variants.map(({ name }) => name)).size).toBe(variants.length);
    for (const { why } of variants) expect(why).toMatch(/^[A-Z].{20,}\.$/);
  });

  it.each(variants.map((variant, index) => [variant.name, variant, index] as const))(
    "%s",
    async (_name, variant, index) => {
      const report = await check([madeFrom(variant, index)], OPTIONS);
      expect(statusOf(report, variant.clause)).toBe(variant.status);
      expect(exitCodeOf(report, "must")).toBe(variant.exit);
      if (variant.exit === 3) expect(report.verdict).toBe("inconclusive");
    },
  );
});
