import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../src/model/subject.js";
import type { Invariant } from "../src/protocol/invariants/invariant.js";
import {
  applies,
  compileInvariants,
  type InvariantSet,
  narrowed,
  valueAt,
} from "../src/protocol/invariants/invariants.js";
import { ProtocolError } from "../src/protocol/schemas/schemas.js";
import { readInvariants } from "../src/run/protocol/protocol-files.js";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mplp-invariants-"));
});

afterAll(() => rm(folder, { recursive: true }));

/** Compiles YAML texts, as files that are read from disk. */
async function compiled(...texts: readonly string[]): Promise<InvariantSet> {
  const paths = texts.map((_, index) => join(folder, `file-${index}.yaml`));
  for (const [index, text] of texts.entries()) await writeFile(paths[index]!, text);
  return compileInvariants(await readInvariants(paths));
}

/** One invariant of an otherwise plain kind. */
async function single(lines: readonly string[]): Promise<InvariantSet> {
  const given = lines.map((line) => line.split(":")[0]);
  const defaults = ["id: mine", "scope: event", "path: field", "rule: exists"];
  const rest = defaults.filter((line) => !given.includes(line.split(":")[0]));
  return compiled(`invariants:\n  - ${[...rest, ...lines].join("\n    ")}\n`);
}

function only(set: InvariantSet): Invariant {
  const [invariant, ...others] = Object.values(set.byScope).flat();
  expect(others).toEqual([]);
  expect(set.notEvaluated).toEqual([]);
  return invariant!;
}

/** What an invariant objects to in an object: undefined where it does not apply or has no objection. */
function judged(invariant: Invariant, object: JsonObject): string | undefined {
  return applies(invariant, object) ? invariant.objection(valueAt(object, invariant.path)) : undefined;
}

const V4 = "550e8400-e29b-41d4-a716-446655440000";
const V5 = "660f9511-f30c-52e5-b827-557766551111";

describe("rule words", () => {
  it.each([
    ["uuid-v4", V4, undefined],
    ["uuid-v4", V4.toUpperCase(), undefined],
    ["uuid-v4", V5, "not-uuid-v4"],
    ["uuid-v4", "evt-001", "not-uuid"],
    ["uuid-v4", 1, "type"],
    ["uuid-v4", null, "type"],
    ["non-empty-string", "a", undefined],
    ["non-empty-string", " a ", undefined],
    ["non-empty-string", "", "empty"],
    ["non-empty-string", " \t\n\u00a0", "empty"],
    ["non-empty-string", 0, "type"],
    ["non-empty-string", ["a"], "type"],
    ["iso-datetime", "2025-11-30T10:15:30Z", undefined],
    ["iso-datetime", "2025-11-30", "not-date-time"],
    ["iso-datetime", "2025-11-30 10:15:30Z", "not-date-time"],
    ["iso-datetime", 1764497730, "type"],
    ["enum(a,b)", "b", undefined],
    ["enum( a , b )", "a", undefined],
    ["enum(a, b c)", "b c", undefined],
    ["enum(a,b)", "A", "enum"],
    ["enum(a,b)", "a,b", "enum"],
    ["enum(a,b)", "toString", "enum"],
    ["enum(a,b)", " a", "enum"],
    ["enum(1,2)", 1, "type"],
    ["exists", null, undefined],
    ["exists", "", undefined],
    ["exists", false, undefined],
    ["optional-string", "", undefined],
    ["optional-string", 1, "type"],
    ["optional-string", null, "type"],
    ["min-length(2)", "ab", undefined],
    ["min-length(2)", [1, 2, 3], undefined],
    ["min-length(2)", "a", "other"],
    ["min-length(2)", [1], "other"],
    ["min-length(0)", [], undefined],
    ["min-length(2)", { length: 2 }, "type"],
    ["min-length(2)", 22, "type"],
  ])("%s of %j: %s", async (rule, value, problem) => {
    const invariant = only(await single([`rule: ${rule}`]));
    expect(judged(invariant, { field: value })).toBe(problem);
  });

  it.each([
    ["uuid-v4", "missing"],
    ["non-empty-string", "missing"],
    ["iso-datetime", "missing"],
    ["enum(a,b)", "missing"],
    ["exists", "missing"],
    ["min-length(1)", "missing"],
    ["optional-string", undefined],
  ])("%s of a missing value: %s", async (rule, problem) => {
    const invariant = only(await single([`rule: ${rule}`]));
    expect(judged(invariant, {})).toBe(problem);
    expect(judged(only(await single([`rule: ${rule}`, "path: a.b"])), { a: 1 })).toBe(problem);
  });

  it("say what they allow", async () => {
    expect(only(await single(["rule: enum(a, b ,c)"])).allowed).toEqual(["a", "b", "c"]);
    expect(only(await single(["rule: min-length(3)"])).allowed).toEqual(["3"]);
    expect(only(await single(["rule: uuid-v4"])).allowed).toBeUndefined();
  });
});

describe("paths", () => {
  it("lead down into objects, and only to members of their own", async () => {
    const invariant = only(await single(["path: payload.tool.id", "rule: exists"]));
    expect(invariant).toMatchObject({ path: ["payload", "tool", "id"], pointer: "/payload/tool/id" });
    expect(judged(invariant, { payload: { tool: { id: 1 } } })).toBeUndefined();
    expect(judged(invariant, { payload: { tool: {} } })).toBe("missing");
    expect(judged(invariant, { payload: "text" })).toBe("missing");
    expect(judged(invariant, { payload: null })).toBe("missing");
    expect(judged(only(await single(["path: constructor"])), {})).toBe("missing");
    expect(judged(only(await single(["path: __proto__.toString"])), {})).toBe("missing");
  });

  it("are JSON Pointers too, names with a slash or tilde included", async () => {
    expect(only(await single(["path: a/b.c~d"])).pointer).toBe("/a~1b/c~0d");
  });

  it.each(["stages[*].status", '"*"', '""', "stages[0].status"])(
    "that cannot be followed are said so: %s",
    async (path) => {
      const { notEvaluated } = await single([`path: ${path}`]);
      expect(notEvaluated.map(({ reason }) => reason)).toEqual(["its path cannot be followed in an event"]);
    },
  );
});

describe("conditions", () => {
  it.each([
    ["obs_pipeline_event_has_pipeline_id", { event_family: "pipeline_stage" }],
    ["obs_pipeline_stage_id_non_empty", { event_family: "pipeline_stage" }],
    ["obs_pipeline_stage_status_valid", { event_family: "pipeline_stage" }],
    ["obs_graph_event_has_graph_id", { event_family: "graph_update" }],
    ["obs_graph_update_kind_valid", { event_family: "graph_update" }],
    ["obs_runtime_event_has_execution_id", { event_family: "runtime_execution" }],
    ["obs_runtime_executor_kind_valid", { event_family: "runtime_execution" }],
    ["obs_runtime_status_valid", { event_family: "runtime_execution" }],
    ["integration_tool_started_at_iso", { started_at: "x" }],
    ["integration_ci_started_at_iso", { started_at: "x" }],
    ["integration_ci_completed_at_iso", { completed_at: "x" }],
  ])("of %s are known, whatever its note says", async (id, object: JsonObject) => {
    for (const note of ["Apply when event_family == graph_update", "see the handbook"]) {
      const invariant = only(await single([`id: ${id}`, `note: "${note}"`]));
      expect(applies(invariant, object)).toBe(true);
      expect(applies(invariant, {})).toBe(false);
      expect(applies(invariant, { event_family: "intent" })).toBe(false);
    }
  });

  it("hold without a note too, where the id is a known one", async () => {
    const invariant = only(
      await single(["id: obs_graph_event_has_graph_id", "path: graph_id", "rule: uuid-v4"]),
    );
    expect(judged(invariant, { event_family: "pipeline_stage" })).toBeUndefined();
    expect(judged(invariant, { event_family: "graph_update" })).toBe("missing");
    expect(judged(invariant, { event_family: "graph_update", graph_id: V5 })).toBe("not-uuid-v4");
  });

  it("are none where there is neither a note nor a known id", async () => {
    expect(applies(only(await single(["description: anything"])), {})).toBe(true);
  });

  it("compare a field", async () => {
    const invariant = only(await single(["when: { field: event_family, equals: intent }"]));
    expect(applies(invariant, { event_family: "intent" })).toBe(true);
    expect(applies(invariant, { event_family: "Intent" })).toBe(false);
    expect(applies(invariant, {})).toBe(false);
  });

  it("look for a field, null included", async () => {
    const invariant = only(await single(["when: { field: payload.x, exists: true }"]));
    expect(applies(invariant, { payload: { x: null } })).toBe(true);
    expect(applies(invariant, { payload: {} })).toBe(false);
    expect(applies(invariant, { "payload.x": 1 })).toBe(false);
  });

  it("of a list must all hold", async () => {
    const invariant = only(
      await single([
        "when:",
        "  - { field: sample_family, equals: delta_impact }",
        "  - { field: state.risk_level, exists: true }",
      ]),
    );
    expect(applies(invariant, { sample_family: "delta_impact", state: { risk_level: "low" } })).toBe(true);
    expect(applies(invariant, { sample_family: "delta_impact", state: {} })).toBe(false);
    expect(applies(invariant, { sample_family: "intent", state: { risk_level: "low" } })).toBe(false);
  });

  it("that are structured count, not the note beside them, nor the known ones of the id", async () => {
    const mine = only(await single(["when: { field: a, exists: true }", 'note: "Apply sometimes"']));
    expect(applies(mine, { a: 1 })).toBe(true);
    const known = only(await single(["id: obs_graph_update_kind_valid", "when: { field: a, exists: true }"]));
    expect(applies(known, { a: 1 })).toBe(true);
    expect(applies(known, { event_family: "graph_update" })).toBe(false);
  });
});

describe("narrowed", () => {
  it("settles the conditions on a field whose value is known, and changes no judgement", async () => {
    const { byScope } = await compiled(
      [
        "invariants:",
        "  - { id: always, scope: event, path: a, rule: exists }",
        "  - { id: intents, scope: event, path: a, rule: exists, when: { field: event_family, equals: intent } }",
        "  - { id: any_family, scope: event, path: a, rule: exists, when: { field: event_family, exists: true } }",
        "  - id: both",
        "    scope: event",
        "    path: a",
        "    rule: exists",
        "    when: [{ field: event_family, equals: intent }, { field: b, exists: true }]",
        "  - id: impossible",
        "    scope: event",
        "    path: a",
        "    rule: exists",
        "    when: [{ field: event_family, equals: intent }, { field: event_family, equals: delta_intent }]",
        "",
      ].join("\n"),
    );
    const names = (list: readonly Invariant[]): string[] => list.map(({ id }) => id);
    expect(names(narrowed(byScope.event, "event_family", "intent"))).toEqual([
      "always",
      "intents",
      "any_family",
      "both",
    ]);
    expect(names(narrowed(byScope.event, "event_family", "delta_intent"))).toEqual(["always", "any_family"]);
    for (const family of ["intent", "delta_intent", "cost_budget"]) {
      for (const object of [{ event_family: family }, { event_family: family, b: 1 }]) {
        const applying = (list: readonly Invariant[]): string[] =>
          names(list.filter((invariant) => applies(invariant, object)));
        expect(applying(narrowed(byScope.event, "event_family", family))).toEqual(applying(byScope.event));
      }
    }
  });
});

describe("invariants that cannot be evaluated", () => {
  it.each([
    ["a note in prose", 'note: "Apply when the moon is full"', /condition is prose/],
    [
      "a note of an official pattern on an id that is not",
      'note: "Apply when event_family == intent"',
      /prose/,
    ],
    ["an unknown rule word", "rule: sounds-good", /rule word/],
    ["a rule of another kind", "rule: eq(context.context_id)", /rule word/],
    ["a length that is no number", "rule: min-length(x)", /rule word/],
    ["a length without a number", "rule: min-length", /rule word/],
    ["an enum without values", "rule: enum", /rule word/],
    ["a rule that is no text", "rule: [exists]", /rule word/],
    ["an unknown scope", "scope: snapshot", /scope is not known/],
    ["a scope that is no text", "scope: [event]", /scope is not known/],
    ["a scope outside of logs", "scope: plan", /about a plan, which no event log holds/],
    ["another scope outside of logs", "scope: collab", /about a collab, which no event log holds/],
    ["a condition that is a text", "when: always", /condition/],
    ["an empty condition", "when:", /condition/],
    ["a condition without field", "when: { exists: true }", /condition/],
    ["a condition without comparison", "when: { field: a }", /condition/],
    ["a condition with two", "when: { field: a, exists: true, equals: b }", /condition/],
    ["a condition of another kind", "when: { field: a, matches: b }", /condition/],
    ["a field that must not exist", "when: { field: a, exists: false }", /condition/],
    ["a comparison with a number", "when: { field: a, equals: 1 }", /condition/],
    ["a list with one that is none", "when: [{ field: a, exists: true }, a]", /condition/],
  ])("are listed: %s", async (_name, line, reason) => {
    const set = await single([line]);
    expect(Object.values(set.byScope).flat()).toEqual([]);
    expect(set.ids.size).toBe(0);
    expect(set.notEvaluated).toEqual([
      { id: "mine", path: join(folder, "file-0.yaml"), line: 2, reason: expect.stringMatching(reason) },
    ]);
  });

  it("do not say of a structured condition that it is prose", async () => {
    const { notEvaluated } = await single(["when: { field: a, exists: false }"]);
    expect(notEvaluated[0]?.reason).not.toMatch(/prose/);
  });

  it("are listed without rule, path and id", async () => {
    const { notEvaluated } = await compiled(
      "invariants:\n  - scope: event\n    path: a\n    rule: exists\n  - id: no_rule\n    scope: event\n    path: a\n  - id: no_path\n    scope: event\n    rule: exists\n",
    );
    expect(notEvaluated.map(({ id, reason }) => [id, reason])).toEqual([
      ["(no id)", "it has no id"],
      ["no_rule", "its rule word is not known"],
      ["no_path", "its path cannot be followed in an event"],
    ]);
  });

  it("leave the others of their file as they are", async () => {
    const { byScope, ids, notEvaluated } = await compiled(
      [
        "# A comment, and a blank line.",
        "",
        "invariants:",
        "  - id: first",
        "    scope: event",
        "    path: a",
        "    rule: exists",
        "",
        "  - description: the id comes later",
        "    id: second",
        "    scope: event",
        "    path: a",
        "    rule: psychic",
        "  - { id: third, scope: tool_event, path: b, rule: exists }",
        "  - { id: fourth, scope: nowhere, path: b, rule: exists }",
        "",
      ].join("\n"),
    );
    expect([...ids]).toEqual(["first", "third"]);
    expect(byScope.event.map(({ id }) => id)).toEqual(["first"]);
    expect(byScope.tool_event.map(({ id }) => id)).toEqual(["third"]);
    expect(notEvaluated.map(({ id, line }) => [id, line])).toEqual([
      ["second", 10],
      ["fourth", 15],
    ]);
  });

  it("have the line of their own id, not of a text that contains it", async () => {
    const { notEvaluated } = await compiled(
      [
        "# For stage_order see the handbook.",
        "invariants:",
        "  - { id: stage_order_known, scope: event, path: a, rule: exists }",
        "  - { id: stage_order, scope: event, path: a, rule: psychic }",
        "",
      ].join("\n"),
    );
    expect(notEvaluated).toMatchObject([{ id: "stage_order", line: 4 }]);
  });
});

describe("files of invariants", () => {
  const one = (id: string): string => `  - { id: ${id}, scope: event, path: a, rule: exists }\n`;

  it("may not define an id twice, in one file or in two", async () => {
    await expect(compiled(`invariants:\n${one("same")}${one("same")}`)).rejects.toThrow(
      /file-0\.yaml: invariant same is defined twice/,
    );
    await expect(compiled(`invariants:\n${one("same")}`, `invariants:\n${one("same")}`)).rejects.toThrow(
      /file-1\.yaml: invariant same is defined twice/,
    );
    await expect(
      compiled(`invariants:\n${one("same")}`, `invariants:\n${one("other")}`),
    ).resolves.toBeDefined();
  });

  it("may not define an id twice where one of the two cannot be evaluated", async () => {
    const broken = "  - { id: same, scope: event, path: a, rule: psychic }\n";
    await expect(compiled(`invariants:\n${one("same")}${broken}`)).rejects.toThrow(ProtocolError);
    await expect(compiled(`invariants:\n${broken}${one("same")}`)).rejects.toThrow(ProtocolError);
  });

  it("may hold a stray note beside the list, as an official file does (X-2)", async () => {
    const set = await compiled(
      [
        "invariants:",
        "  - id: learning_delta_scope_valid",
        "    scope: learning_sample",
        "    path: output.impact_scope",
        "    rule: enum(local,module,system,global)",
        '    note: "Apply when sample_family == delta_impact"',
        "",
        "  - id: obs_event_type_non_empty",
        "    scope: event",
        "    path: event_type",
        "    rule: non-empty-string",
        'note: "Apply when sample_family == delta_impact AND field exists"',
        "# Note: conditions are in the notes.",
        "",
      ].join("\n"),
    );
    expect(set.notEvaluated).toEqual([]);
    const [ofSamples] = set.byScope.learning_sample;
    expect(applies(ofSamples!, { sample_family: "delta_impact" })).toBe(true);
    expect(applies(ofSamples!, { sample_family: "graph_evolution" })).toBe(false);
    const [invariant] = set.byScope.event;
    expect(judged(invariant!, {})).toBe("missing");
    expect(judged(invariant!, { event_type: " " })).toBe("empty");
  });

  it.each([
    "null",
    "[]",
    "invariants: 1",
    "invariants: {}",
    "rules: []",
    "invariants: [a]",
    "invariants: [null]",
  ])("must have a list of invariants, not %j", async (text) => {
    await expect(compiled(text)).rejects.toThrow(ProtocolError);
    await expect(compiled(text)).rejects.toThrow(/file-0\.yaml: /);
  });

  it("that are bundled are all evaluated, except those about what no log holds", async () => {
    const set = compileInvariants(await readInvariants());
    expect(set.notEvaluated.filter(({ reason }) => !reason.endsWith("which no event log holds"))).toEqual([]);
    expect(Object.values(set.byScope).every((list) => list.length > 0)).toBe(true);
  });
});
