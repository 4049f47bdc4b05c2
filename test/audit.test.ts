import { createHash } from "node:crypto";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { check, exitCodeOf, type Report } from "../src/index.js";
import { mplpCheck } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";

const CONFORMING = join(ROOT, "fixtures/audit/conforming");
const OPTIONS = { claims: ["runtime", "integration"], complete: true } as const;

/** The conforming runtime with one defect, and what becomes of one clause and of the run. */
interface Variant {
  readonly name: string;
  /** A file that is left out, or one that is changed: by a replacement, by dropping lines that match. */
  readonly remove?: string;
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
    expect(stdout).toContain("attested RG-7.1-4");
    expect(stdout).not.toContain("satisfied RG-7.1-4");
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
    expect(attested.map(({ id }) => id)).toEqual(["RG-7.1-4", "IS-7.2-1", "IS-7.2-2"]);
    const text = readFileSync(join(CONFORMING, "mapping.yaml"), "utf8").split("\n");
    for (const { id, attestation } of attested) {
      expect(attestation?.evidence).toMatch(/^docs\//);
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
        notChecked: ["artifacts/plan.txt", "manifest.json"],
      },
    ]);
    expect(report.inputs.map(({ path }) => path)).toEqual([join(pack, "timeline/events.ndjson")]);
    expect(exitCodeOf(report, "must")).toBe(0);
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
      /not the one/,
    ],
    ["a file that is gone", () => rmSync(join(pack, "artifacts/plan.txt")), /cannot be read/],
    [
      "a path that leads out",
      () => appendFileSync(sums, `${"0".repeat(64)}  ../../../etc/hosts\n`),
      /leads out/,
    ],
    ["a line that is no checksum", () => appendFileSync(sums, "abc  manifest.json\n"), /no checksum/],
  ])("could not be checked with %s", async (_name, spoil, message) => {
    packed();
    spoil();
    const report = await check([pack]);
    expect(report.errors).toHaveLength(1);
    expect(report.errors[0]?.message).toMatch(message);
    expect(exitCodeOf(report, "must")).toBe(2);
  });
});

describe("init mapping", () => {
  it("writes a document that keeps RG-7.1-1, and lists what the log shows", async () => {
    const file = join(folder, "mapping.yaml");
    const { status } = await mplpCheck(["init", "mapping", "-o", file, "--from-log", "-"], {
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
    });
    expect(crosscuts.find(({ crosscut }) => crosscut === "event-bus")?.areas).toEqual([]);
  });

  it("are not listed for a log without a mapping", async () => {
    expect((await check([join(CONFORMING, "events.ndjson")], OPTIONS)).crosscuts).toEqual([]);
  });
});

describe("the conforming runtime with one defect", () => {
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
