import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { check, ProtocolError, type Report, UnreadableFile } from "../src/index.js";
import { ROOT, ruleFixtures } from "./support/fixtures.js";
import { some } from "./support/long.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-check-own-"));
  cpSync(join(ROOT, "schemas"), join(folder, "schemas"), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CLEAN = join(ROOT, "fixtures/quickstart/events.ndjson");
const INVARIANTS = join(ROOT, "invariants");

const inFolder = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const clause = (report: Report, id: string) => report.clauses.find((result) => result.id === id);

/** Our invariant files with their conditions in prose, as the official ones state them. */
function inProse(): string[] {
  return readdirSync(INVARIANTS).map((name) => {
    const text = readFileSync(join(INVARIANTS, name), "utf8");
    const prose = text
      .replace(/when: \{ ?field: event_family, equals: (\w+) ?\}/g, 'note: "Apply when event_family == $1"')
      .replace(/when: \{ ?field: ([\w.]+), exists: true ?\}/g, 'note: "Apply only when $1 field exists"');
    return inFolder(name, prose);
  });
}

describe("invariants with conditions in prose", () => {
  it("are understood by their ids, so that fixtures get the same report", async () => {
    const invariants = inProse();
    expect(invariants.map((path) => readFileSync(path, "utf8")).join()).toContain(
      "Apply when event_family == graph_update",
    );
    const paths = some("rule fixtures together", ruleFixtures()).map(({ path }) => path);
    const [structured, prose] = [await check(paths), await check(paths, { invariants })];
    expect({ ...prose, protocol: undefined }).toEqual({ ...structured, protocol: undefined });
    expect(prose.protocol.digest).not.toBe(structured.protocol.digest);
  });
});

describe("extra invariants", () => {
  it("never change the verdict, even where they speak of what the protocol speaks of", async () => {
    const own = inFolder(
      "extra.yaml",
      `invariants:
  - {id: acme_long_id, scope: event, path: event_id, rule: min-length(100)}
  - {id: acme_stage, scope: event, path: stage_status, rule: enum(done), when: {field: event_family, equals: pipeline_stage}}
  - {id: acme_time, scope: event, path: timestamp, rule: uuid-v4}
  - {id: acme_tool, scope: tool_event, path: tool_id, rule: min-length(100)}
`,
    );
    const [plain, extended] = [await check([CLEAN]), await check([CLEAN], { extraInvariants: [own] })];
    expect(extended.verdict).toBe(plain.verdict);
    const withoutWitness = ({ clauses }: Report) =>
      clauses.map(({ id, status, violations }) => [id, status, violations]);
    expect(withoutWitness(extended)).toEqual(withoutWitness(plain));
    const added = extended.findings.filter(({ rule }) => rule === "beyond-the-protocol");
    expect(new Set(added.map(({ level }) => level))).toEqual(new Set(["NOTE"]));
    expect(added.map(({ message }) => message.split(" ")[1]).sort()).toEqual([
      "acme_long_id",
      "acme_stage",
      "acme_time",
      ...added.filter(({ message }) => message.includes("acme_tool")).map(() => "acme_tool"),
    ]);
    expect(extended.findings.length).toBe(plain.findings.length + added.length);
    expect(extended.protocol.digest).not.toBe(plain.protocol.digest);
  });
});

describe("invariants of one's own", () => {
  it("are evaluated, reported as notes and never change the verdict", async () => {
    const own = inFolder(
      "own.yaml",
      "invariants:\n  - {id: acme_kind, scope: event, path: acme_kind, rule: non-empty-string}\n",
    );
    const report = await check([CLEAN], { invariants: [INVARIANTS, own] });
    expect(report.verdict).toBe("no-violations-found");
    expect(report.findings).toMatchObject([
      {
        rule: "beyond-the-protocol",
        level: "NOTE",
        count: report.summary.events,
        message: expect.stringContaining("acme_kind"),
      },
    ]);
  });

  it("with a structured condition apply only where it holds", async () => {
    const entry =
      "{id: acme_kind, scope: event, path: acme_kind, rule: exists, when: {field: event_family, equals: intent}}";
    const own = inFolder("when.yaml", `invariants:\n  - ${entry}\n`);
    expect((await check([CLEAN], { invariants: [INVARIANTS, own] })).findings).toEqual([]);
  });

  it.each([
    ["rule: even-number", "its rule word is not known"],
    ["rule: exists, note: Apply on full moon", "its condition is prose that is not known"],
    ["rule: exists, when: {field: a}", "its condition (when:) is neither"],
  ])("that cannot be evaluated are listed, not skipped: %s", async (rest, reason) => {
    const own = inFolder("unknown.yaml", `invariants:\n  - {id: acme_x, scope: event, path: x, ${rest}}\n`);
    const { protocol } = await check([CLEAN], { invariants: [INVARIANTS, own] });
    expect(protocol.notEvaluated.find(({ id }) => id === "acme_x")?.reason).toContain(reason);
  });

  it("make a clause inconclusive where they replace the ones it needs", async () => {
    const own = inFolder("few.yaml", "invariants: []\n");
    const report = await check([CLEAN], { invariants: [own] });
    expect(clause(report, "PS-4.1-2")).toMatchObject({
      status: "inconclusive",
      reason: expect.stringContaining("obs_event_id_is_uuid"),
    });
    expect(clause(report, "PS-4.1-7")?.status).not.toBe("violated");
  });
});

describe("schemas of one's own", () => {
  it("that ask for more give notes", async () => {
    const schemas = join(folder, "more");
    cpSync(join(ROOT, "schemas"), schemas, { recursive: true });
    const file = join(schemas, "events/mplp-event-core.schema.json");
    const core = JSON.parse(readFileSync(file, "utf8")) as { required: string[] };
    writeFileSync(file, JSON.stringify({ ...core, required: [...core.required, "tenant"] }));
    const report = await check([CLEAN], { schemas });
    expect(report.verdict).toBe("no-violations-found");
    expect(report.findings).toMatchObject([
      { rule: "beyond-the-protocol", level: "NOTE", count: report.summary.events },
    ]);
  });

  it.each([
    ["{", UnreadableFile],
    ["[]", ProtocolError],
    ['{"type":"nonsense"}', ProtocolError],
    ['{"$ref":"https://example.com/other.json"}', ProtocolError],
  ])("that are broken end the run with the file's name: %s", async (text, kind) => {
    const schemas = join(folder, "broken");
    cpSync(join(ROOT, "schemas"), schemas, { recursive: true });
    writeFileSync(join(schemas, "events/mplp-event-core.schema.json"), text);
    const failure = check([CLEAN], { schemas });
    await expect(failure).rejects.toThrow(kind);
    await expect(failure).rejects.toThrow("mplp-event-core.schema.json");
  });

  it("that lack a file end the run with its name", async () => {
    const schemas = join(folder, "lacking");
    cpSync(join(ROOT, "schemas"), schemas, { recursive: true });
    rmSync(join(schemas, "integration/mplp-ci-event.schema.json"));
    await expect(check([CLEAN], { schemas })).rejects.toThrow("mplp-ci-event.schema.json");
  });
});

describe("invariant files that cannot be used", () => {
  it.each([
    ["a: [", UnreadableFile],
    ["rules: []", ProtocolError],
    ["invariants: [1]", ProtocolError],
  ])("end the run with the file's name: %s", async (text, kind) => {
    const failure = check([CLEAN], { invariants: [inFolder("bad.yaml", text)] });
    await expect(failure).rejects.toThrow(kind);
    await expect(failure).rejects.toThrow("bad.yaml");
  });
});

describe("a file of one's own that is broken beside a secret", () => {
  const token = ["gh", "p_", "Rk3vQ8nB5zL1", "yH7tD2wS9cX4", "aJ6mP0eU8fGo"].join("");

  it.each([`a: ${token}\na: ${token}`, `a: ${token}\n b: - [`, `a: "${token}`])(
    "has its place named, and nothing of it shown: invariants",
    async (text) => {
      const failure = check([CLEAN], { invariants: [inFolder("secret.yaml", text)] });
      await expect(failure).rejects.toThrow(/secret\.yaml: line \d+, column \d+: [^\n]+$/);
      await expect(failure).rejects.not.toThrow(token.slice(4, 12));
    },
  );

  it.each([`{"a": ${token}}`, `{"a": "${token}" 1}`, `{"${token}`])(
    "has its place named, and nothing of it shown: schemas",
    async (text) => {
      const schemas = join(folder, "secret");
      cpSync(join(ROOT, "schemas"), schemas, { recursive: true });
      writeFileSync(join(schemas, "events/mplp-event-core.schema.json"), text);
      const failure = check([CLEAN], { schemas });
      await expect(failure).rejects.toThrow(/: line 1, column \d+: This is not valid JSON: /);
      await expect(failure).rejects.not.toThrow(token.slice(4, 12));
    },
  );
});
