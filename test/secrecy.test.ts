import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { check, FORMAT_NAMES, FORMATS, type Occurrence } from "../src/index.js";
import { mplpCheck, mplpProcess } from "./support/cli.js";
import { runs } from "./support/runs.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-secrecy-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Put together here, so that nobody takes the test for a leak. */
const TOKEN = ["gh", "p_", "Zq7xR2mK9vT4", "wB6nC1sD8fG3", "hJ5kL0pQ2yW7"].join("");
/** Neither the token nor a part of it that could be used may be seen. */
const PARTS = [0, 10, 20].map((at) => TOKEN.slice(at, at + 16));

const event = {
  event_id: "0a7c6f4e-52a1-4f7e-9b1d-6f0e3c9a8b71",
  event_type: "tool_event",
  event_family: "external_integration",
  timestamp: "2026-01-05T08:00:00Z",
  project_id: "5d1e7c38-90b2-4f6a-8c3d-2e4f6a8b0c1d",
  source: "acme-adapter-v1.0",
};
const tool = {
  tool_id: "acme-lint",
  tool_kind: "linter",
  invocation_id: "9e8d7c6b-5a49-4838-a271-60594837261f",
  status: "running",
};
const graph = {
  ...event,
  event_family: "graph_update",
  graph_id: "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9",
  update_kind: "node_add",
  node_delta: 1,
  edge_delta: 0,
};

/** Values with the token somewhere: alone, in a URL, in a sentence, in arguments, behind an escape. */
const holders = fc.constantFrom<unknown>(
  TOKEN,
  `https://x-access-token:${TOKEN}@git.acme.example/a.git`,
  `the token is ${TOKEN}, and here is more text that follows it for a while`,
  `${"x".repeat(70)} ${TOKEN}`,
  `tab\t"quoted" ${TOKEN}`,
  ["--verbose", "--token", TOKEN],
  { deep: { er: [TOKEN] } },
);

/** Lines of a log in which one field or member name holds the token; half of them break something near it. */
const lines: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom<Readonly<Record<string, unknown>>>(
      { ...event, payload: tool },
      graph,
      { ...graph, event_family: "GraphUpdateEvent" },
      { ...tool },
      { ...event, event_type: "SAStarted", event_family: undefined },
      {},
    ),
    fc.constantFrom(...Object.keys({ ...graph, ...tool }), "payload", "extra", TOKEN, `a ${TOKEN}`),
    holders,
    fc.constantFrom("as it is", "in payload", "cut off", "cut in two", "key twice", "escaped"),
  )
  .map(([base, field, holder, way]) => {
    const value =
      way === "in payload"
        ? { ...base, payload: { ...tool, [field]: holder } }
        : { ...base, [field]: holder };
    const text = JSON.stringify(value);
    if (way === "cut off") return text.slice(0, -3);
    if (way === "cut in two") return text.slice(0, text.lastIndexOf(TOKEN) + 30);
    if (way === "key twice") return text.replace("{", `{${JSON.stringify(field)}:${JSON.stringify(holder)},`);
    return way === "escaped" ? text.replaceAll(TOKEN, `\\u0067${TOKEN.slice(1)}`) : text;
  });

function expectNothingOf(output: string): void {
  for (const part of PARTS) expect(output).not.toContain(part);
}

describe("an output", () => {
  it("holds no secret, whatever the format and wherever the secret stands", async () => {
    const path = join(folder, "log.ndjson");
    await fc.assert(
      fc.asyncProperty(fc.array(lines, { minLength: 1, maxLength: 4 }), fc.boolean(), async (log, redact) => {
        writeFileSync(path, log.map((line) => `${line}\n`).join(""));
        const occurrences: Occurrence[] = [];
        const report = await check([path], {
          redact,
          claims: ["runtime", "integration"],
          complete: true,
          onOccurrences: async (all) => {
            for await (const occurrence of all) occurrences.push(occurrence);
          },
        });
        for (const format of FORMAT_NAMES)
          expectNothingOf([...FORMATS[format](report, { color: false })].join(""));
        expectNothingOf(JSON.stringify(occurrences));
      }),
      { numRuns: runs(400) },
    );
  });

  it("says where a secret stands, and shows a mask with its length", async () => {
    const path = join(folder, "one.ndjson");
    writeFileSync(path, `${JSON.stringify({ ...event, payload: { ...tool, args: ["--token", TOKEN] } })}\n`);
    const { stdout, status } = await mplpCheck([path, "--findings", join(folder, "one.findings")]);
    expect(status).toBe(0);
    expect(stdout).toContain("the value holds a GitHub token");
    expect(stdout).toContain(`"[secret, ${TOKEN.length} characters]"`);
    const findings = readFileSync(join(folder, "one.findings"), "utf8");
    expect(findings).toContain('"pointer":"/payload/args/1"');
    expectNothingOf(stdout + findings);
  });
});

describe("the pointers of findings", () => {
  it("hold no secret, where snapshots differ in a node that is named by one", async () => {
    const other = `${TOKEN.slice(0, -4)}ZZZZ`;
    const snapshot = (hour: number, id: string) =>
      JSON.stringify({
        snapshot_id: `s${hour}`,
        graph_id: "7c1d5e2a-94b3-4f6e-8a1d-3b5c7d9e1f20",
        captured_at: `2026-01-05T0${hour}:00:00Z`,
        nodes: { [id]: {} },
        edges: [],
      });
    const path = join(folder, "snapshots.ndjson");
    const file = join(folder, "snapshots.findings");
    writeFileSync(path, `${snapshot(1, TOKEN)}\n${snapshot(2, other)}\n`);
    const { stdout } = await mplpCheck([path, "-f", "json", "--findings", file]);
    const all = stdout + readFileSync(file, "utf8");
    expect(all).toContain("/nodes/[secret");
    expectNothingOf(all);
    expect(all).not.toContain(other);
  });
});

describe("--redact", () => {
  it("masks every value of an excerpt and keeps the names", async () => {
    const path = join(folder, "redact.ndjson");
    writeFileSync(path, `${JSON.stringify({ ...graph, node_delta: -1, source_module: "plan" })}\n`);
    const { stdout } = await mplpCheck([path, "--redact"]);
    expect(stdout).toContain('"node_delta":[number]');
    const excerpt = stdout.split("\n").find((line) => line.includes("[number]"));
    expect(excerpt).toContain('pdate_kind":"[8 characters]"');
    expect(excerpt).not.toMatch(/node_add|-1|plan"/);
  });

  it("shows nothing of a record that is no JSON", async () => {
    const { stdout } = await mplpProcess(["-", "--redact"], { input: '{"a": nonsense}\n' });
    expect(stdout).toContain("[15 characters]");
    expect(stdout).not.toContain("nonsense");
  });
});

describe("documents", () => {
  const PASSWORD = ["hun", "ter2x"].join("");
  const page = (text: string): string => {
    const path = join(folder, "mapping.yaml");
    writeFileSync(path, text);
    return path;
  };

  it.each([
    ["in an access mode", `mplp: 1.0.0\nmodules:\n  context:\n    access: ${TOKEN}\n    areas: [psg.a]\n`],
    [
      "in the name of a module",
      `mplp: 1.0.0\nmodules:\n  "${TOKEN}":\n    access: READ\n    areas: [psg.a]\n`,
    ],
    ["in a broken line", `mplp: 1.0.0\nmodules:\n  context: [${TOKEN}\n`],
    [
      "in an address",
      `mplp: 1.0.0\nmodules:\n  context: {access: "https://a:${TOKEN}@b.example", areas: [x]}\n`,
    ],
  ])("show no token %s, in any format, redacted or not", async (_where, text) => {
    for (const redact of [false, true]) {
      const report = await check([page(text)], { redact, claims: ["runtime"] });
      expect(report.findings.length).toBeGreaterThan(0);
      for (const format of FORMAT_NAMES)
        expectNothingOf([...FORMATS[format](report, { color: false })].join(""));
    }
  });

  it("show no value of a member that is named as a secret", async () => {
    const report = await check([
      page(`mplp: 1.0.0\nmodules:\n  context: {access: no one, password: ${PASSWORD}}\n`),
    ]);
    const text = [...FORMATS.text(report, { color: false })].join("");
    expect(text).toContain("access must be one of");
    expect(text).not.toContain(PASSWORD);
  });

  it("show no word where all values are masked", async () => {
    const report = await check([page("mplp: 1.0.0\nmodules:\n  context: {access: nobody-knows}\n")], {
      redact: true,
    });
    const text = [...FORMATS.text(report, { color: false })].join("");
    expect(text).not.toContain("nobody-knows");
  });
});

describe("names of members", () => {
  it.each([
    ["a password in a URL", ["postgres://app:", "Zq7xR2mK9@db.acme.example/x"].join(""), "Zq7xR2mK9"],
    [
      "a webhook",
      ["https://hooks.slack.com/services/", "T0Zq7xR2mK9/B0Zq7xR2mK9/Zq7xR2mK9vT4wB6nC1sD8fG3"].join(""),
      "Zq7xR2mK9vT4wB6nC1sD8fG3",
    ],
  ])("hide %s in every pointer", async (_what, name, secret) => {
    const path = join(folder, "names.ndjson");
    writeFileSync(path, `${JSON.stringify({ ...event, payload: { ...tool, [name]: "x" } })}\n`);
    const occurrences: Occurrence[] = [];
    const report = await check([path], {
      onOccurrences: async (all) => {
        for await (const each of all) occurrences.push(each);
      },
    });
    expect(report.findings.map(({ rule }) => rule)).toContain("integration-schema");
    const outputs = FORMAT_NAMES.map((format) => [...FORMATS[format](report, { color: false })].join(""));
    for (const output of [...outputs, JSON.stringify(occurrences)]) expect(output).not.toContain(secret);
  });
});
