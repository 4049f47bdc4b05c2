import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CheckOptions, check, FORMAT_NAMES, FORMATS, loadConfig, loadPolicy } from "../src/index.js";
import { safeJson } from "../src/model/printable.js";
import { secretsIn, secretsInArguments } from "../src/privacy/secrets.js";
import { secretsInValue } from "../src/privacy/secrets-in-value.js";
import { mplpCheck } from "./support/cli.js";
import { some } from "./support/long.js";
import { INNOCENT, MEMBERS, SAMPLES } from "./support/tokens.js";

let root = "";
let folders = 0;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "mplp-check-places-"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Texts that could be a part of the name of a file. */
const NAMES = SAMPLES.map(({ text }) => text).filter(
  (text) => /^[^/\n\0]{1,180}$/.test(text) && !/[ =]/.test(text),
);
const TEXTS = SAMPLES.map(({ text }) => text);
const DRAWN = Math.floor(Math.random() * 20);
/** Some of all, others in each place. */
const textsFor = (place: number) => some("kinds of secrets in a place", TEXTS, place + DRAWN);
const namesFor = (place: number) => some("names with secrets", NAMES, place + DRAWN);
const HIDDEN = [...new Set(SAMPLES.flatMap(({ hidden }) => hidden))];

const EVENT = {
  event_id: "0a7c6f4e-52a1-4f7e-9b1d-6f0e3c9a8b71",
  event_type: "note_taken",
  event_family: "cost_budget",
  timestamp: "2026-01-05T08:00:00Z",
  project_id: "5d1e7c38-90b2-4f6a-8c3d-2e4f6a8b0c1d",
  payload: {},
};
const GRAPH = {
  ...EVENT,
  event_family: "graph_update",
  graph_id: "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9",
  update_kind: "node_add",
  node_delta: 1,
  edge_delta: 0,
  source_module: "plan",
};
const STAGE = {
  ...EVENT,
  event_family: "pipeline_stage",
  pipeline_id: "6c1e7c38-90b2-4f6a-8c3d-2e4f6a8b0c1d",
  stage_id: "plan",
  stage_name: "plan",
  stage_order: 1,
  stage_status: "running",
};
const RUN = {
  ...EVENT,
  event_family: "runtime_execution",
  execution_id: "7c1e7c38-90b2-4f6a-8c3d-2e4f6a8b0c1d",
  executor_kind: "agent",
  executor_role: "planner",
  status: "running",
};
const TOOL = {
  tool_id: "acme-lint",
  tool_kind: "linter",
  invocation_id: "9e8d7c6b-5a49-4838-a271-60594837261f",
  status: "running",
};
const GIT = { event_kind: "commit", repo_url: "https://acme.test/a", commit_id: "abc", author_name: "ci" };
const SAMPLE = { sample_id: "s1", sample_family: "intent_resolution", created_at: "2026-01-05T08:00:00Z" };
const SNAPSHOT = {
  snapshot_id: "s1",
  graph_id: "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9",
  captured_at: "2026-01-05T08:00:00Z",
  nodes: {},
  edges: [],
};
const integration = (event_type: string, payload: object) => ({
  ...EVENT,
  event_family: "external_integration",
  event_type,
  source: "acme-adapter-v1.0",
  payload,
});

type Files = Readonly<Record<string, string>>;
/** Puts texts somewhere into files of an audit. */
type Place = (texts: readonly string[]) => Files;

const lines = (records: readonly unknown[]): string =>
  records.map((each) => `${JSON.stringify(each)}\n`).join("");
const log =
  (recordOf: (text: string) => unknown): Place =>
  (texts) => ({ "log.ndjson": lines(texts.map(recordOf)) });
const raw =
  (lineOf: (text: string) => string): Place =>
  (texts) => ({
    "log.ndjson": lines([EVENT]) + texts.map((text) => `${lineOf(text)}\n`).join(""),
  });
const inner = (text: string): string => JSON.stringify(text).slice(1, -1);
const quoted = (text: string): string => JSON.stringify(text);
const line = (text: string): string => text.replaceAll("\n", " ").replaceAll("|", "/");
/** Each text in a document of its own. */
const documents =
  (name: string, textOf: (text: string) => string): Place =>
  (texts) =>
    Object.fromEntries(texts.map((text, index) => [`${index}-${name}`, textOf(text)]));
const mapping = (modules: string, rest = ""): string =>
  `mplp: 1.0.0\nruntime: {name: acme, version: 1.0.0, vendor: Acme}\nmodules:\n${modules}\n${rest}`;

const PLACES: Readonly<Record<string, Place>> = {
  "an event_id": log((text) => ({ ...EVENT, event_id: text })),
  "an event_type": log((text) => ({ ...EVENT, event_type: text, event_family: undefined })),
  "an event_family": log((text) => ({ ...EVENT, event_family: text })),
  "a timestamp": log((text) => ({ ...EVENT, timestamp: text })),
  "a project_id": log((text) => ({ ...EVENT, project_id: text })),
  "a source": log((text) => ({ ...integration("tool_event", TOOL), source: text })),
  "a payload": log((text) => ({ ...EVENT, payload: { note: text } })),
  "a payload that is a text": log((text) => ({ ...EVENT, payload: text })),
  "a deep value": log((text) => ({ ...EVENT, payload: { a: [{ b: { c: [text] } }] } })),
  arguments: log((text) => integration("tool_event", { ...TOOL, args: ["--verbose", text, "x"], extra: 1 })),
  "the name of a member": log((text) => integration("tool_event", { ...TOOL, [text]: "x" })),
  "the name of a member of an event": log((text) => ({ ...EVENT, event_id: 1, [text]: { [text]: 1 } })),
  "the name of a broken member": log((text) => ({ ...SAMPLE, input: { [text]: text }, [text]: null })),
  "a stage": log((text) => ({ ...STAGE, stage_id: text, stage_name: text, pipeline_id: text })),
  "a stage_status": log((text) => ({ ...STAGE, stage_status: text })),
  "a graph_id": log((text) => ({ ...GRAPH, graph_id: text })),
  "a source_module": log((text) => ({ ...GRAPH, source_module: text, node_delta: -1 })),
  "an undocumented module": (texts) => ({
    "log.ndjson": lines(texts.map((text) => ({ ...GRAPH, source_module: text.slice(0, 200) }))),
    "mapping.yaml": mapping("  plan: {access: WRITE, areas: [psg.plans]}"),
  }),
  "an execution": log((text) => ({ ...RUN, execution_id: text, executor_kind: text, status: text })),
  "a tool": log((text) =>
    integration("tool_event", { ...TOOL, tool_id: text, invocation_id: text, status: text }),
  ),
  "a repository": log((text) => integration("git_event", { ...GIT, repo_url: text, author_name: text })),
  "a file_path": log((text) =>
    integration("file_update_event", { file_path: `/${text}`, change_type: text }),
  ),
  "a profile event": log((text) => ({
    ...EVENT,
    event_family: undefined,
    event_type: "MAPTurnDispatched",
    session_id: text,
    role_id: text,
  })),
  "a learning sample": log((text) => ({ ...SAMPLE, sample_id: text, input: { note: text }, output: text })),
  "a snapshot": log((text) => ({ ...SNAPSHOT, snapshot_id: text, captured_at: text, graph_id: text })),
  "the nodes of a snapshot": (texts) => ({
    "log.ndjson": texts
      .map((text, index) =>
        lines([
          { ...SNAPSHOT, snapshot_id: `${index}a`, graph_id: `g${index}`, nodes: { [text]: {} }, edges: {} },
          {
            ...SNAPSHOT,
            snapshot_id: `${index}b`,
            graph_id: `g${index}`,
            captured_at: "2026-01-05T09:00:00Z",
            nodes: { [`a ${text}`]: {} },
            edges: { [text]: { from: text, to: text } },
          },
        ]),
      )
      .join(""),
  }),
  "a record that is no JSON": raw((text) => `{"note": ${line(text)}, "x": 1}`),
  "a record that was cut off": raw(
    (text) => `{"event_id":"${inner(text)}","payload":{"note":"${inner(text)}","x":`,
  ),
  "a line of a console": raw((text) => `2026-01-05 INFO ${line(text)}`),
  "a key that comes twice": raw(
    (text) => `{"${inner(text)}":"${inner(text)}","${inner(text)}":1,"event_id":2}`,
  ),
  "an escaped text": raw((text) =>
    JSON.stringify({ ...EVENT, event_id: text }).replace(
      inner(text).slice(0, 1),
      (first) => `\\u${first.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  ),
  "a document over several lines": documents("log.json", (text) =>
    JSON.stringify([{ ...EVENT, event_id: text, [text]: text }], null, 2),
  ),
  "a carrier of logs": log((text) => ({
    log: `${JSON.stringify({ ...GRAPH, event_id: text, payload: { note: text, [text]: text } })}\n`,
    stream: "stdout",
    time: "2026-01-05T08:00:00Z",
    attrs: { [text]: text },
  })),
  "a broken record in a carrier": log((text) => ({
    log: `{"event_id":${line(text)},"event_type":"${inner(text)}","event_family":"graph_update",\n`,
    stream: "stdout",
    time: "2026-01-05T08:00:00Z",
  })),
  "a mapping's module": documents("mapping.yaml", (text) =>
    mapping(`  ${quoted(text)}: {access: ${quoted(text)}, areas: [${quoted(text)}]}`),
  ),
  "a mapping's area": documents("mapping.yaml", (text) =>
    mapping(
      `  plan: {access: NO, areas: [{area: ${quoted(text)}, ownership: ${quoted(text)}}], events: [${quoted(text)}]}`,
    ),
  ),
  "a mapping's comment": documents("mapping.yaml", (text) =>
    mapping(
      `  plan: {access: NO} # ${line(text)}\n  # ${line(text)}\n  trace: {access: [NO]} # ${line(text)}`,
    ),
  ),
  "a broken mapping": documents("mapping.yaml", (text) => mapping(`  plan: [${quoted(text)}\n  trace: {`)),
  "a block of a mapping": documents("mapping.yaml", (text) =>
    mapping(`  plan:\n    access: |\n      ${text.replaceAll("\n", "\n      ")}\n    areas: 7`),
  ),
  "an attestation": (texts) => ({
    "log.ndjson": lines([EVENT]),
    "mapping.yaml": mapping(
      "  plan: {access: WRITE, areas: [psg.plans]}",
      `attestations:\n  - {clause: RG-7.1-4, statement: ${quoted(texts.join(" "))}, evidence: ${quoted(`https://acme.test/ ${texts.join(" ")}`)}}\n${texts
        .map(
          (text) => `  - {clause: ${quoted(text)}, statement: ${quoted(text)}, evidence: ${quoted(text)}}\n`,
        )
        .join("")}`,
    ),
  }),
  "an attestation that counts": (texts) => ({
    "log.ndjson": lines([EVENT]),
    "mapping.yaml": mapping(
      "  plan: {access: WRITE, areas: [psg.plans]}",
      `attestations:\n  - {clause: RG-7.1-4, statement: ${quoted(`we say ${texts[0]}`)}, evidence: https://acme.test/psg}\n`,
    ),
  }),
  "a mapping in Markdown": documents(
    "mapping.md",
    (text) =>
      `# Mapping\n\n| Module | PSG Areas | Access |\n|---|---|---|\n| plan | ${line(text)} | NO |\n| ${line(text)} | psg.plans | ${line(text)} |\n\n## Trace\n\nPSG Areas:\n\n- ${line(text)} (primary)\n\nAccess: ${line(text)}\n`,
  ),
  "a manifest": (texts) => ({
    "manifest.json": JSON.stringify({
      pack_version: "1.0.0",
      protocol_version: texts.join(" ").slice(0, 3000),
    }),
    "timeline/events.ndjson": lines([EVENT]),
  }),
};

/** Places in which only what can be the name of a file may stand. */
const NAMED_PLACES: Readonly<Record<string, Place>> = {
  "a list of checksums": (texts) => ({
    "manifest.json": JSON.stringify({ pack_version: "1.0.0" }),
    "timeline/events.ndjson": lines([EVENT]),
    "integrity/sha256sums.txt": texts.map((text) => `${"0".repeat(64)}  artifacts/${text}\n`).join(""),
  }),
  "the name of a log": (texts) =>
    Object.fromEntries(texts.map((text) => [`${text}.ndjson`, lines([{ ...EVENT, event_id: 1 }])])),
  "the name of a hidden file": (texts) =>
    Object.fromEntries(texts.map((text) => [`.${text}.ndjson`, lines([{ ...EVENT, event_id: 1 }])])),
  "the name of a file after other words": (texts) =>
    Object.fromEntries(
      texts.map((text, index) => [`log${"-_."[index % 3]}${text}.1`, lines([{ ...EVENT, event_id: 1 }])]),
    ),
  "the name of a folder": (texts) =>
    Object.fromEntries(texts.map((text) => [`${text}/log.ndjson`, lines([{ ...EVENT, event_id: 1 }])])),
  "the name of a file that is not read": (texts) =>
    Object.fromEntries(texts.map((text) => [`${text}.png`, "no evidence"])),
  "the name of an archive": (texts) =>
    Object.fromEntries(texts.map((text) => [`${text}.zip`, "PK\u0003\u0004"])),
};

/** So many places share an audit: most of what its outputs cost does not depend on them. */
const PLACES_AN_AUDIT = 6;

/** All places, some of them in one audit, each in a folder of its own. */
const SEVERAL_PLACES = Array.from(
  { length: Math.ceil(Object.keys(PLACES).length / PLACES_AN_AUDIT) },
  (_, at): readonly [string, Place] => {
    const some = Object.entries(PLACES).slice(at * PLACES_AN_AUDIT, (at + 1) * PLACES_AN_AUDIT);
    const place: Place = (texts) =>
      Object.fromEntries(
        some.flatMap(([, each], index) =>
          Object.entries(each(texts)).map(([name, text]) => [`${index}/${name}`, text]),
        ),
      );
    return [some.map(([name]) => name).join("; "), place];
  },
);

function written(files: Files): string {
  const folder = join(root, String(folders++));
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** Every format of a report, and the lines of --findings. */
async function outputsOf(
  paths: readonly string[],
  options: CheckOptions,
): Promise<Readonly<Record<string, string>>> {
  const findings: string[] = [];
  const report = await check(paths, {
    jobs: 1,
    claims: ["runtime", "integration"],
    complete: true,
    maxFindings: 200,
    onOccurrences: async (all) => {
      for await (const occurrence of all) findings.push(safeJson(occurrence));
    },
    ...options,
  });
  const outputs = FORMAT_NAMES.map((format) => [
    format,
    [...FORMATS[format](report, { color: false })].join(""),
  ]);
  return { ...(Object.fromEntries(outputs) as Record<string, string>), findings: findings.join("\n") };
}

function expectHidden(outputs: Readonly<Record<string, string>>, hidden: readonly string[] = HIDDEN): void {
  const seen = Object.entries(outputs).flatMap(([format, text]) =>
    partsIn(text.toLowerCase(), hidden).map((part) => `${format}: ${around(text, part)}`),
  );
  expect(seen).toEqual([]);
}

/** In lower case: names of modules are compared so. */
function partsIn(text: string, hidden: readonly string[]): readonly string[] {
  return hidden.map((part) => part.toLowerCase()).filter((part) => text.includes(part));
}

function around(text: string, part: string): string {
  const at = text.toLowerCase().indexOf(part);
  return text.slice(Math.max(0, at - 60), at + part.length + 20);
}

describe.each([false, true])("secrets, with --redact %s, are in no output", (redact) => {
  const places = redact ? some("places with values masked", SEVERAL_PLACES) : SEVERAL_PLACES;
  it.each(places.map(([name, place], index) => [name, place, index] as const))(
    "where they stand in %s",
    async (_name, place, index) => {
      expectHidden(await outputsOf([written(place(textsFor(index)))], { redact }));
    },
    60_000,
  );

  it.each(Object.entries(NAMED_PLACES).map(([name, place], index) => [name, place, index] as const))(
    "where they stand in %s",
    async (_name, place, index) => {
      expectHidden(await outputsOf([written(place(namesFor(index)))], { redact }));
    },
    60_000,
  );

  it("where they stand in paths that lead nowhere", async () => {
    expectHidden(
      await outputsOf(
        namesFor(Number(redact)).map((name) => join(root, "none", name)),
        { redact },
      ),
    );
  });
});

describe("a value", () => {
  type Form = (name: string, value: string) => unknown;
  const inEvents: readonly (readonly [string, Form])[] = [
    ["under a name", (name, value) => ({ [name]: value })],
    [
      "beside a name",
      (name, value) => ({
        env: [
          { name, value },
          { key: name, value },
        ],
      }),
    ],
    ["in a text", (name, value) => ({ note: JSON.stringify({ [name]: value }) })],
  ];
  /** Of a cookie its value. */
  const secrets = MEMBERS.map(([, value]) => /=([^;]{20,})(?:;|$)/.exec(value)?.[1] ?? value);

  it.each(inEvents)("that stands %s is found and masked", async (_form, payloadOf) => {
    const records = MEMBERS.map(([name, value]) => ({ ...EVENT, payload: payloadOf(name, value) }));
    expect(await linesWithSecrets(records)).toEqual(records.map((_, index) => index + 1));
    const broken = lines(records.map((each) => ({ ...each, event_id: 1, payload: [each.payload] })));
    expectHidden(
      await outputsOf([written({ "log.ndjson": lines(records), "broken.ndjson": broken })], {}),
      secrets,
    );
  });

  it("is masked in a record that is no JSON", async () => {
    const text = MEMBERS.map(([name, value]) => `{"a":x,"${name}":"${value}","b":1}\n`).join("");
    expectHidden(await outputsOf([written({ "log.ndjson": lines([EVENT]) + text })], {}), secrets);
  });

  it("is masked in a mapping", async () => {
    const files = MEMBERS.map(([name, value], index) => [
      `${index}-mapping.yaml`,
      mapping(`  plan: {access: NO, ${quoted(name)}: ${quoted(value)}}`),
    ]);
    expectHidden(await outputsOf([written(Object.fromEntries(files))], {}), secrets);
  });

  it("is found in a list of the lines of a key", () => {
    const key = TEXTS.find((text) => text.includes("BEGIN RSA")) ?? "";
    const found = [...secretsInValue({ a: { key: ["x", ...key.split("\n"), "y"] } })];
    expect(found.map(({ pointer }) => pointer)).toEqual([1, 2, 3, 4, 5].map((line) => `/a/key/${line}`));
  });

  it("is found in the arguments of curl", () => {
    const password = "s3cretPw";
    expect([
      ...secretsInArguments(["/usr/bin/curl", "-sS", "-u", `ann:${password}`, "https://acme.test"]),
    ]).toEqual([[3, [{ start: 4, end: 12, kind: "a password" }]]]);
    expect([...secretsInArguments(["git", "-u", `ann:${password}`])]).toEqual([]);
  });
});

/** The lines on which the rule about secrets finds some, from 1. */
async function linesWithSecrets(records: readonly unknown[]): Promise<readonly number[]> {
  const found: number[] = [];
  await check([written({ "log.ndjson": lines(records) })], {
    onOccurrences: async (all) => {
      for await (const { rule, line: at } of all) if (rule === "no-secrets") found.push(at);
    },
  });
  return [...new Set(found)];
}

describe("the rule about secrets", () => {
  it("finds every kind", async () => {
    const found = await linesWithSecrets(TEXTS.map((text) => ({ ...EVENT, payload: { note: text } })));
    expect(SAMPLES.filter((_, index) => !found.includes(index + 1)).map(({ name }) => name)).toEqual([]);
  });

  it("finds nothing in what gives nothing away", async () => {
    expect(INNOCENT.filter((text) => secretsIn(text).length > 0)).toEqual([]);
    const found = await linesWithSecrets(
      INNOCENT.map((text) => ({ ...EVENT, payload: { note: text, args: [text], name: text, value: text } })),
    );
    expect(INNOCENT.filter((_, index) => found.includes(index + 1))).toEqual([]);
  });
});

describe("states", () => {
  it.each([false, true])(
    "are read back and rendered without secrets, with --redact %s",
    async (redact) => {
      const texts = textsFor(Number(redact));
      const folder = written({
        ...PLACES["a graph_id"]?.(texts),
        ...Object.fromEntries(
          Object.entries(PLACES["an attestation"]?.(texts) ?? {}).filter(([name]) => name !== "log.ndjson"),
        ),
        "nodes.ndjson": Object.values(PLACES["the nodes of a snapshot"]?.(texts) ?? {}).join(""),
        ...NAMED_PLACES["the name of a log"]?.(namesFor(Number(redact))),
      });
      const state = join(root, `state-${redact}`);
      await check([folder], {
        redact,
        maxFindings: 200,
        onState: async (all) => writeFileSync(state, [...all].join("")),
      });
      expectHidden(await outputsOf([], { redact, stateIn: [state] }));
    },
    60_000,
  );
});

describe("a configuration", () => {
  const file = (text: string): string => join(written({ "mplp-check.yaml": text }), "mplp-check.yaml");

  it("shows no secret of its waivers", async () => {
    const waivers = TEXTS.map((text, index) => ({
      rule: index % 2 === 0 ? "event-id-v4" : "no-secrets",
      path: `**/${index}`,
      reason: `known: ${text}`,
      owner: `ann ${text}`,
      expires: index % 3 === 0 ? "2026-01-01" : "2999-12-31",
    }));
    const first = {
      rule: "event-id-v4",
      reason: TEXTS.join(" "),
      owner: TEXTS.join(" "),
      expires: "2999-12-31",
    };
    const config = await loadConfig(file(JSON.stringify({ waivers: [first, ...waivers] })), root);
    const policy = await loadPolicy(config, undefined, "2026-06-01");
    const folder = written({
      "log.ndjson": lines([{ ...EVENT, event_id: "858f8816-dfe4-5014-ba26-72ef2e54f01c" }]),
    });
    const outputs = await outputsOf([folder], { policy });
    expect(outputs.json).toContain('"source": "waiver"');
    expectHidden(outputs);
  });
});

describe("known dummies", () => {
  const [token = "", other = ""] = TEXTS;
  const event = { ...EVENT, payload: { a: token, b: [`the token ${token}`], c: other } };
  const policyOf = async (dummies: readonly string[]) => {
    const config = join(
      written({ "mplp-check.yaml": JSON.stringify({ "known-dummies": dummies }) }),
      "mplp-check.yaml",
    );
    return loadPolicy(await loadConfig(config, root), undefined, "2026-06-01");
  };
  const digest = `sha256:${createHash("sha256").update(token).digest("hex")}`;

  it.each([
    ["as it is", token],
    ["as a digest", digest],
    ["as a digest in capitals", digest.toUpperCase().replace("SHA", "sha")],
  ])("given %s are counted in a note, and are no findings", async (_form, dummy) => {
    const folder = written({ "log.ndjson": lines([event, event]) });
    const report = await check([folder], { policy: await policyOf([dummy]) });
    const found = report.findings.filter(({ rule }) => rule === "no-secrets");
    expect(
      found.map(({ level, count, message }) => [level === "NOTE", count, message.includes("known dummies")]),
    ).toEqual([
      [false, 2, false],
      [true, 4, true],
    ]);
    for (const format of FORMAT_NAMES)
      expectHidden({ [format]: [...FORMATS[format](report, { color: false })].join("") });
  });

  it("of a configuration that lies in the audit are noted like all that it does", async () => {
    const folder = written({
      "log.ndjson": lines([event]),
      "mplp-check.yaml": JSON.stringify({ "known-dummies": [token, other], paths: ["."] }),
    });
    const { stdout, stderr, status } = await mplpCheck([".", "--claim", "runtime", "-f", "json"], {
      cwd: folder,
    });
    const { findings } = JSON.parse(stdout) as { findings: { rule: string; level: string; count: number }[] };
    expect(findings).toContainEqual(expect.objectContaining({ rule: "no-secrets", level: "NOTE", count: 3 }));
    expect(findings).toContainEqual(expect.objectContaining({ rule: "configuration-in-audit" }));
    expect(status).not.toBe(0);
    expectHidden({ stdout, stderr });
  });

  it("let no state pass that was written with others", async () => {
    const folder = written({ "log.ndjson": lines([event]) });
    const state = join(root, "dummies.state");
    const policy = await policyOf([token]);
    await check([folder], { policy, onState: async (all) => writeFileSync(state, [...all].join("")) });
    await expect(check([], { stateIn: [state] })).rejects.toThrow("other waivers");
    const { findings } = await check([], { policy, stateIn: [state] });
    expect(findings).toContainEqual(expect.objectContaining({ rule: "no-secrets", level: "NOTE", count: 2 }));
  });
});

describe("standard error", () => {
  const all = NAMES.filter((_, index) => index % 8 === 0);
  it.each([
    ["unknown options", all.slice(0, 1).map((text) => `--${text}`)],
    ["options with values", ["--config", all.join(":")]],
    ["a value that is none", ["--max-findings", all.join(",")]],
    ["a format that there is none of", ["-f", all.join(",")]],
    ["paths that lead nowhere", all],
    ["a command that is misspelled", ["chek", ...all]],
    ["a rule that there is none of", ["explain", all.join("/")]],
    ["a report that is none", ["report", all.join("/")]],
    ["states that there are none of", ["merge", ...all]],
    ["a log that is none", ["init", "mapping", "--from-log", all.join("/")]],
    ["schemas that there are none of", ["fixtures/quickstart/events.ndjson", "--schemas", all.join("/")]],
  ])("shows no secret of %s", async (_what, args) => {
    const { stdout, stderr, status } = await mplpCheck(args);
    expect(status).toBe(2);
    expect(stderr + stdout).toContain("[secret, ");
    expectHidden({ stdout, stderr });
  });

  it("shows no secret of a configuration or a variable", async () => {
    const folder = written({
      "mplp-check.yaml": JSON.stringify({
        rules: Object.fromEntries(all.map((text) => [text, "off"])),
        [all[0] ?? ""]: 1,
      }),
    });
    const { stdout, stderr } = await mplpCheck(["x"], {
      cwd: folder,
      env: { MPLP_CHECK_FAIL_ON: all.join() },
    });
    expectHidden({ stdout, stderr });
  });
});

describe("values that the value of a record lacks", () => {
  const SECRET = "hunter2Xq9Lm4Zk";
  const around = (payload: string) => JSON.stringify({ ...EVENT, payload: "@" }).replace('"@"', payload);
  const deep = "k".repeat(1100);
  it.each([
    ["replaced", `{"password":"${SECRET}","password":"another-1Xq9"}`],
    ["replaced, and spelled with escapes", `{"pass\\u0077ord":"\\u0068${SECRET.slice(1)}","password":1}`],
    ["in a replaced object", `{"x":{"password":"${SECRET}"},"x":{"password":"another-1Xq9"}}`],
    ["replaced beside its name", `{"value":"${SECRET}","value":"another-1Xq9","name":"API_KEY"}`],
    ["in replaced arguments", `{"a":["--token","${SECRET}"],"a":[],"token":"another-1Xq9"}`],
    ["deeper than any pointer", `{"${deep}":{"password":"${SECRET}"},"x":1,"x":2}`],
  ])("are hidden: %s", async (_name, payload) => {
    const folder = written({ "log.ndjson": `${around(payload)}\n` });
    expectHidden(await outputsOf([folder], { context: 1 }), [SECRET.slice(1).toLowerCase()]);
    const args = ["slice", join(folder, "log.ndjson"), "--finding", "duplicate-key", "--max-checks", "1"];
    const { status, stdout, stderr } = await mplpCheck([...args, "--no-config"]);
    expect([status, stderr]).toEqual([0, expect.stringContaining("[duplicate-key]")]);
    expectHidden({ stdout, stderr }, [SECRET.slice(1).toLowerCase()]);
  });

  it("a number that is not spelled as programs spell it", async () => {
    const folder = written({ "log.ndjson": `${around('{"password":48210977e0,"x":1,"x":2}')}\n` });
    const args = ["slice", join(folder, "log.ndjson"), "--finding", "duplicate-key", "--max-checks", "1"];
    const { stdout, stderr } = await mplpCheck([...args, "--no-config"]);
    expectHidden({ stdout, stderr }, ["48210977"]);
  });
});

describe("--redact", () => {
  /** No secret, but nobody's business either. */
  const WORD = "Quaggamire of Ostrobothnia 4711";
  it.each(some("places with values masked", SEVERAL_PLACES))(
    "shows no word that stands in %s",
    async (_name, place) => {
      const outputs = await outputsOf([written(place([WORD, `${WORD} twice`]))], { redact: true });
      expectHidden(outputs, ["quaggamire", "ostrobothnia"]);
    },
  );

  it("keeps what an outsider learns nothing from", async () => {
    const folder = written({
      "log.ndjson": lines([
        { ...GRAPH, node_delta: -1, payload: { [WORD]: 1 } },
        { ...GRAPH, event_id: WORD },
      ]),
    });
    const { json = "", findings = "" } = await outputsOf([folder], { redact: true });
    expect(json).toContain('"pointer": "/node_delta"');
    expect(json).toContain('"line": 2');
    expect(json).toContain(join(folder, "log.ndjson"));
    expect(json).toContain('"graph_id": "[36 characters]"');
    expect(findings).toContain(`"event_id":"[${WORD.length} characters]"`);
  });
});

describe("secrets of JSON inside a text, spelled with codes", () => {
  const TOKEN = "ghp_9aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY";
  it.each([
    ["a token", `{"a":"\\u0067${TOKEN.slice(1)}"} and more`, TOKEN.slice(1)],
    [
      "a token deeper inside",
      `"{\\\\\\"a\\\\\\":\\\\\\"\\\\\\u0067${TOKEN.slice(1)}\\\\\\"}"`,
      TOKEN.slice(1),
    ],
    ["the name of a member", '{"pass\\u0077ord":"hunter2Xq9Lm4Zk"}', "hunter2Xq9Lm4Zk"],
    ["codes before and behind", `\\u0041 \\u0042 \\u0067${TOKEN.slice(1)} \\u0043`, TOKEN.slice(1)],
  ])("are found: %s", (_name, text, hidden) => {
    const [secret, ...others] = secretsIn(text);
    expect(others).toEqual([]);
    expect(text.slice(secret?.start, secret?.end)).toContain(hidden);
    expect(text.slice(secret?.start, secret?.end)).not.toMatch(/\s/);
  });

  it("and nothing else is", () => {
    expect(secretsIn("\\u0041 \\u0070assage \\u0022a\\u0022")).toEqual([]);
  });
});
