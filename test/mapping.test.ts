import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CROSSCUT_ALIASES, CROSSCUT_BINDINGS, CROSSCUTS } from "../src/mapping/crosscuts.js";
import { AREA_ALIASES, areaName, referenceOwner } from "../src/mapping/matrix.js";
import { documentedModule, FAMILIES, familyOf, standingOf } from "../src/mapping/names.js";
import { looksLikeMapping, mappingOf } from "../src/mapping/read-mapping.js";
import {
  COMPONENTS,
  REFERENCE_COMPONENTS,
  REFERENCE_MODULES,
  WHOLE_GRAPH,
} from "../src/mapping/reference-modules.js";
import { ACCESS_MODES, accessModeOf, EVENT_LEVELS, OWNERSHIPS, ownershipOf } from "../src/model/mapping.js";
import { valueAtPointer } from "../src/model/pointer.js";
import { isEventFamily } from "../src/protocol/fields/families.js";
import { L2_MODULES } from "../src/protocol/fields/modules.js";
import { ROOT } from "./support/fixtures.js";
import { runs } from "./support/runs.js";

const readJson = (path: string): unknown => JSON.parse(readFileSync(join(ROOT, path), "utf8"));

describe("spellings", () => {
  it.each([
    ["READ", ["READ", "read", "R", "Read only", "read-only", "READ (cached)", "`READ`"]],
    ["WRITE", ["WRITE", "w", "Write-only", "append-only", "Append only", "WRITE (append-only)", "writes"]],
    [
      "READ-WRITE",
      [
        "READ-WRITE",
        "READ_WRITE",
        "RW",
        "R/W",
        "r / w",
        "read-write",
        "Read/Write",
        "read, write",
        "read and write",
        "READ_WRITE: all of it",
      ],
    ],
    [
      "NONE",
      [
        "NONE",
        "-",
        "—",
        "n/a",
        "N.A.",
        "No access",
        "none - single host",
        "not implemented",
        "NONE (not implemented)",
      ],
    ],
  ])("of access %s", (mode, spellings) => {
    for (const spelling of spellings)
      expect([spelling, accessModeOf(spelling)?.mode]).toEqual([spelling, mode]);
  });

  it("of no access mode", () => {
    for (const spelling of [
      "",
      " ",
      "sometimes",
      "READ sometimes",
      "RWX",
      "não",
      "yes",
      "read-mostly",
      "(",
      "ownership",
    ])
      expect([spelling, accessModeOf(spelling)]).toEqual([spelling, undefined]);
  });

  it("of modules that are not implemented, apart from those that touch nothing", () => {
    for (const spelling of [
      "not implemented",
      "Not implemented.",
      "unsupported",
      "NONE (not implemented)",
      "not supported: later",
    ])
      expect([spelling, accessModeOf(spelling)?.isImplemented]).toEqual([spelling, false]);
    for (const spelling of ["NONE", "-", "n/a", "READ (writes are not implemented)"])
      expect([spelling, accessModeOf(spelling)?.isImplemented]).toEqual([spelling, true]);
  });

  it("of ownership", () => {
    expect(
      ["primary", "Primary owner", "owner: shared", "(derived)", "not primary", "mine", "primarily"].map(
        ownershipOf,
      ),
    ).toEqual(["primary", "primary", "shared", "derived", undefined, undefined, undefined]);
  });

  it.each([
    ["plan", "module", ["plan", "PLAN", "Plan Module", "plan-module", "PlanModule", " Plan "]],
    ["psg_runtime", "component", ["psg_runtime", "PSG Runtime", "psg-runtime", "PsgRuntime", "PSG"]],
    ["pipeline_controller", "component", ["Pipeline Controller", "pipeline", "pipeline_controller"]],
    ["rollback", "component", ["Rollback"]],
    ["acme/Plan", "vendor", ["acme/Plan"]],
    ["domain:x", "vendor", ["domain:x", " domain:x"]],
    ["plans", "unknown", ["plans", "Plans Module"]],
  ])("of %s, a %s", (name, standing, spellings) => {
    for (const spelling of spellings)
      expect([spelling, standingOf(spelling)]).toEqual([spelling, { name, standing }]);
  });

  it("of modules in headings leave out words that mean much else", () => {
    for (const word of ["PSG", "Runtime", "Rollback", "Modules", "acme/x"])
      expect(documentedModule(word)).toBeUndefined();
    for (const word of [...L2_MODULES, ...COMPONENTS]) expect(documentedModule(word)).toBe(word);
  });

  it.each([
    [
      "plan_steps",
      [
        "plan_steps",
        "psg.plan_steps",
        "PSG.Plan_Steps",
        "Plan Steps",
        "planSteps",
        "psg.plan_steps[step_id]",
        "psg.plan_steps.*",
      ],
    ],
    ["plan_edges", ["psg.edges", "dependencies", "psg.plan_edges"]],
    ["stage_nodes", ["stages", "Stages"]],
    ["*", ["*", "psg.*", "all", "the entire graph", "PSG"]],
    ["acme.bills", ["psg.acme.bills"]],
  ])("of area %s", (name, spellings) => {
    for (const spelling of spellings) expect([spelling, areaName(spelling)]).toEqual([spelling, name]);
  });

  it("of event families", () => {
    const families = [
      "graph_update",
      "GraphUpdateEvent",
      "graph-update",
      "CostAndBudgetEvent",
      "MAP profile",
      "MAP events",
      "grpah_update",
      "news",
    ];
    expect(families.map(familyOf)).toEqual([
      "graph_update",
      "graph_update",
      "graph_update",
      "cost_budget",
      "map_profile",
      "map_profile",
      "grpah_update",
      "news",
    ]);
  });
});

describe("the reference", () => {
  const modules = { ...REFERENCE_MODULES, ...REFERENCE_COMPONENTS };
  const areas = Object.values(modules).flatMap((module) => Object.keys(module.areas));

  it("names every module, and every area once, in its one spelling", () => {
    expect(Object.keys(REFERENCE_MODULES)).toEqual([...L2_MODULES]);
    expect(Object.keys(REFERENCE_COMPONENTS)).toEqual([...COMPONENTS]);
    expect(new Set(areas).size).toBe(areas.length);
    expect(areas).toHaveLength(25);
    expect(areas.map(areaName)).toEqual(areas);
  });

  it("knows who owns an area, under any of its names", () => {
    for (const [name, { areas: own }] of Object.entries(modules))
      for (const [area, { ownership }] of Object.entries(own))
        expect(referenceOwner(area)).toEqual({ module: name, ownership });
    for (const [area, aliases] of Object.entries(AREA_ALIASES)) {
      expect(areas).toContain(area);
      for (const alias of aliases) expect([areas.includes(alias), areaName(alias)]).toEqual([false, area]);
    }
    expect(referenceOwner("acme")).toBeUndefined();
    expect(referenceOwner("toString")).toBeUndefined();
    expect(referenceOwner(WHOLE_GRAPH)?.module).toBe("psg_runtime");
  });

  it("has a primary owner for each area but two, and families that exist", () => {
    const shared = areas.filter((area) => referenceOwner(area)?.ownership !== "primary");
    expect(shared).toEqual(["plugin_registry", "integration_status"]);
    for (const { events } of Object.values(modules))
      for (const family of Object.keys(events)) expect(FAMILIES).toContain(family);
  });

  it("binds the nine crosscuts", () => {
    expect(Object.keys(CROSSCUT_BINDINGS)).toEqual([...CROSSCUTS]);
    expect(CROSSCUTS).toHaveLength(9);
    for (const name of Object.keys(CROSSCUT_ALIASES)) expect(CROSSCUTS).toContain(name);
    for (const { events, areas: bound } of Object.values(CROSSCUT_BINDINGS)) {
      expect(bound.map(areaName)).toEqual(bound);
      for (const { family } of events === "all" ? [] : events)
        expect(family === "map_profile" || isEventFamily(family)).toBe(true);
    }
  });
});

describe("areas that are none", () => {
  it.each([
    "(none)",
    "<fill in>",
    "[TODO]",
    "psg.",
    "n/a",
    "N/A",
    "TODO:name-its-areas",
    "none",
    "TBD",
    "-",
    "???",
    "…",
    "x",
    "psg.x",
    "psg.TODO",
    "<your area>",
  ])("%s is no area", (spelling) => {
    const { mapping, problems } = mappingOf({ modules: { plan: { access: "READ", areas: [spelling] } } });
    expect(mapping.modules[0]?.areas).toEqual([]);
    expect(problems.map(({ message }) => message)).toEqual(["This names no PSG area."]);
  });

  it.each([
    ["*", "*"],
    ["psg.*", "*"],
    ["the entire graph", "*"],
    ["psg.plan_steps[step_id]", "plan_steps"],
    ["plans.*", "plans"],
    ["acme:none", "acme:none"],
    ["notes", "notes"],
    ["psg.todo_items", "todo_items"],
    ["psg.unknown", "unknown"],
    ["b", "b"],
  ])("%s is %s", (spelling, name) => {
    const { mapping } = mappingOf({ modules: { plan: { areas: [spelling] } } });
    expect(mapping.modules[0]?.areas.map((area) => area.name)).toEqual([name]);
  });
});

describe("the version that a mapping is for", () => {
  it.each<[boolean, unknown]>([
    [false, "1.0.0"],
    [false, "v1.0"],
    [false, "MPLP v1.0"],
    [false, 1],
    [false, undefined],
    [false, " "],
    [true, "0.9.0"],
    [true, "1.0.1"],
    [true, "2"],
    [true, 0.9],
    [true, "TBD"],
  ])("is another: %s for %j", (isOther, mplp) => {
    expect(mappingOf({ mplp, modules: {} }).mapping.isForOtherVersion === true).toBe(isOther);
  });
});

describe("a list of modules", () => {
  const plan = { access: "READ-WRITE", areas: ["psg.plans"] };

  it.each(["name", "module"])("is read like an object whose members are called by their %s", (member) => {
    const { mapping, problems } = mappingOf({ modules: [{ [member]: "Plan", ...plan }] });
    const { mapping: other } = mappingOf({ modules: { Plan: plan } });
    const unplaced = ({ modules }: typeof mapping) =>
      JSON.stringify(modules).replaceAll(/\/modules\/\w+/g, "");
    expect(unplaced(mapping)).toBe(unplaced(other));
    expect(problems.map(({ pointer }) => pointer)).toEqual(["/modules"]);
  });

  it("says which item has no name", () => {
    const { mapping, problems } = mappingOf({ modules: [plan, "plan", { name: "core", ...plan }] });
    expect(mapping.modules.map(({ name, pointer }) => [name, pointer])).toEqual([["core", "/modules/2"]]);
    expect(problems.map(({ pointer }) => pointer)).toContain("/modules/0");
  });

  it("leaves the access of a module open that it names twice", () => {
    const { mapping } = mappingOf({
      modules: [
        { name: "plan", ...plan },
        { name: "plan", access: "READ" },
      ],
    });
    expect(mapping.modules).toMatchObject([{ name: "plan", hasUnclearAccess: true }]);
  });
});

describe("recognition", () => {
  it.each<[boolean, string, unknown]>([
    [
      true,
      "attestations beside a mapping",
      { attestations: [{ clause: "rg-7.1-4", statement: "one graph" }] },
    ],
    [false, "attestations of something else", { attestations: [{ clause: "SOC-2", statement: "audited" }] }],
    [false, "attestations that are no list", { attestations: { clause: "RG-7.1-4" } }],
    [true, "what a mapping says it is", { mplp: "1.0.0", modules: {} }],
    [true, "a runtime's modules", { runtime: { name: "a" }, modules: {} }],
    [true, "a module with an area of the PSG", { modules: { "Plan Module": { areas: ["Plan Steps"] } } }],
    [true, "a module with an area by its prefix", { modules: { core: { areas: ["psg.policies"] } } }],
    [false, "a table of permissions", { modules: { core: { access: "READ" }, network: { access: "READ" } } }],
    [false, "a module with something else", { modules: { core: { areas: ["a", "b"], access: "READ" } } }],
    [false, "modules that say nothing", { modules: { plan: {}, core: {} } }],
    [false, "modules that are not MPLP's", { modules: { main: { access: "READ" } } }],
    [false, "a runtime of another kind", { runtime: "nodejs20", modules: { main: {} } }],
    [true, "a list of modules", { mplp: "1.0.0", modules: [{ name: "plan" }] }],
    [false, "a list of other modules", { modules: [{ name: "react", version: "19" }] }],
    [false, "an empty list", { mplp: "1.0.0", modules: [] }],
    [false, "an event", { event_id: "x", event_family: "graph_update", source_module: "plan" }],
    [false, "a list", [{ mplp: "1.0.0", modules: {} }]],
    [false, "text", "modules"],
    [false, "nothing", undefined],
  ])("is %s of %s", (expected, _, value) => {
    expect(looksLikeMapping(value)).toBe(expected);
  });
});

describe("mapping documents of any kind", () => {
  it("that could not be read give nothing, and nothing more is said", () => {
    expect(mappingOf(undefined)).toEqual({
      mapping: { modules: [], components: [], attestations: [] },
      problems: [],
    });
  });

  it.each<[unknown, string, string]>([
    [null, "", "The document must be an object."],
    [[], "", "The document must be an object."],
    [{}, "/modules", "modules is missing."],
    [{ modules: [] }, "/modules", "modules must be an object."],
    [{ modules: {}, components: null }, "/components", "components must be an object."],
    [{ modules: {}, runtime: "acme" }, "/runtime", "runtime must be an object."],
    [{ modules: {}, mplp: " " }, "/mplp", "mplp must be more than blanks."],
    [{ modules: {}, atestations: [] }, "/atestations", "This member does not belong here."],
    [{ modules: { plan: { events: ["news"] } } }, "/modules/plan/events/0", "This is not an event family."],
    [{ modules: { plan: { access: null } } }, "/modules/plan/access", "access must be one of READ, WRITE"],
    [{ modules: { "a~/b": {}, "A Module": 1 } }, "/modules/A Module", "This is not an L2 module"],
  ])("%j gives a problem at %s", (value, pointer, message) => {
    expect(mappingOf(value).problems).toContainEqual(
      expect.objectContaining({ pointer, message: expect.stringContaining(message) }),
    );
  });

  it("may hold what begins with x-, and name their schema", () => {
    const value = {
      $schema: "x",
      "x-a": 1,
      modules: { "x-b": 2, plan: { "x-c": 3, areas: [{ area: "a", "x-d": 4 }] } },
    };
    const { mapping, problems } = mappingOf(value);
    expect(problems).toEqual([]);
    expect(mapping.modules).toHaveLength(1);
  });

  it("unite several statements of access", () => {
    const accessOf = (access: unknown): unknown =>
      mappingOf({ modules: { plan: { access } } }).mapping.modules[0]?.access?.mode;
    expect([["READ", "WRITE"], ["READ", "NONE"], ["NONE"], ["W", "W"], [], ["x"]].map(accessOf)).toEqual([
      "READ-WRITE",
      "READ",
      "NONE",
      "WRITE",
      undefined,
      undefined,
    ]);
  });

  /** Data with the names of a mapping in places where they belong, and in others. */
  const NAMES = [
    "mplp",
    "runtime",
    "modules",
    "components",
    "attestations",
    "plan",
    "Plan Module",
    "access",
    "areas",
    "area",
    "ownership",
    "events",
    "family",
    "level",
    "learning",
    "clause",
    "statement",
    "name",
  ];
  const MARK = "zebra4711";
  const anything = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "medium" },
      fc.constantFrom<unknown>(MARK, `READ ${MARK}`, "READ", "RG-7.1-4", "primary", "", 1, null, true),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...NAMES, MARK, "__proto__"), tie("value"), { maxKeys: 5 }),
    ),
  })).value;

  it("never break the reader; problems point into the data and never repeat it", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...NAMES), anything, { maxKeys: 6 }),
        anything,
        (document, modules) => {
          const value = { ...document, modules };
          const { mapping, problems } = mappingOf(value);
          looksLikeMapping(value);
          for (const { message, hint = "" } of problems) expect(message + hint).not.toContain(MARK);
          for (const { pointer, message } of problems)
            expect(valueAtPointer(value, pointer) === undefined).toBe(message.endsWith("is missing."));
          for (const { pointer, areas } of [...mapping.modules, ...mapping.components])
            for (const at of [pointer, ...areas.map((area) => area.pointer)])
              expect(valueAtPointer(value, at)).toBeDefined();
        },
      ),
      { numRuns: runs(1000) },
    );
  });
});

describe("schemas/mapping.schema.json", () => {
  const schema = readJson("schemas/mapping.schema.json");
  const validate = new Ajv({ allErrors: true, strict: true }).compile(schema as object);
  const accepts = (value: unknown): boolean => validate(value) === true;

  it("takes the canonical form", () => {
    validate(readJson("fixtures/documents/contract.json") as object);
    // An area alone is read too, but is not the canonical form.
    expect(validate.errors?.map(({ instancePath }) => instancePath)).toEqual([
      "/modules/domain:billing/areas/0",
    ]);
    const reference = (
      modules: Readonly<Record<string, (typeof REFERENCE_MODULES)[keyof typeof REFERENCE_MODULES]>>,
    ): unknown =>
      Object.fromEntries(
        Object.entries(modules).map(([name, { access, areas, events, learning }]) => [
          name,
          {
            access,
            areas: Object.entries(areas).map(([area, { ownership }]) => ({ area, ownership })),
            events: Object.entries(events).map(([family, level]) => ({ family, level })),
            learning,
          },
        ]),
      );
    const whole = {
      mplp: "1.0.0",
      modules: reference(REFERENCE_MODULES),
      components: reference(REFERENCE_COMPONENTS),
    };
    validate(whole);
    expect(validate.errors).toBeNull();
    expect(mappingOf(whole).problems).toEqual([]);
  });

  it("has the words of the model", () => {
    const definition = (name: string, member: string): unknown =>
      valueAtPointer(schema, `/definitions/${name}/properties/${member}/enum`);
    expect(definition("module", "access")).toEqual(ACCESS_MODES);
    expect(definition("area", "ownership")).toEqual(OWNERSHIPS);
    expect(definition("event", "level")).toEqual(EVENT_LEVELS);
    expect(definition("event", "family")).toEqual(FAMILIES);
    expect(Object.keys(valueAtPointer(schema, "/properties/modules/properties") as object)).toEqual([
      ...L2_MODULES,
    ]);
    expect(Object.keys(valueAtPointer(schema, "/properties/components/properties") as object)).toEqual([
      ...COMPONENTS,
    ]);
  });

  it.each<[boolean, unknown]>([
    [true, { mplp: "1.0.0", modules: {} }],
    [true, { mplp: "1.0.0", modules: { "acme/x": {}, "domain:y": {}, "a.b": {}, "x-z": 1 } }],
    [false, { modules: {} }],
    [false, { mplp: "1.0.0" }],
    [false, { mplp: 1, modules: {} }],
    [false, { mplp: "1.0.0", modules: { plans: {} } }],
    [false, { mplp: "1.0.0", modules: { plan: { access: "READ_WRITE" } } }],
    [true, { mplp: "1.0.0", modules: { plan: { access: "NONE", areas: [] } } }],
    [false, { mplp: "1.0.0", modules: { plan: { access: "NONE", areas: [{ area: "psg.plans" }] } } }],
    [false, { mplp: "1.0.0", modules: { plan: { areas: [{ ownership: "primary" }] } } }],
    [false, { mplp: "1.0.0", modules: {}, attestations: [{ clause: "RG-7.1-4" }] }],
    [true, { attestations: [{ clause: "RG-7.1-4", statement: "one graph", evidence: "psg.md" }] }],
    [false, { components: {}, attestations: [{ clause: "RG-7.1-4", statement: "one graph" }] }],
    [false, { mplp: "1.0.0", modules: {}, more: {} }],
  ])("says %s to %j", (expected, value) => {
    expect(accepts(value)).toBe(expected);
  });

  it("takes nothing that the reader objects to", () => {
    const area = fc.record(
      { area: fc.constantFrom("psg.a", "b"), ownership: fc.constantFrom(...OWNERSHIPS, "mine") },
      { requiredKeys: ["area"] },
    );
    const module = fc.record(
      {
        access: fc.constantFrom(...ACCESS_MODES, "RW", 1),
        areas: fc.uniqueArray(area, { selector: ({ area: name }) => name, maxLength: 2 }),
        events: fc.array(
          fc.record({
            family: fc.constantFrom(...FAMILIES, "news"),
            level: fc.constantFrom(...EVENT_LEVELS, "x"),
          }),
          { maxLength: 2 },
        ),
        learning: fc.array(fc.constantFrom("a", ""), { maxLength: 2 }),
        reason: fc.constantFrom("why", " ", 1),
      },
      { requiredKeys: [] },
    );
    const document = fc.record({
      mplp: fc.constant("1.0.0"),
      modules: fc.dictionary(fc.constantFrom(...L2_MODULES, "acme/x", "plans"), module, { maxKeys: 3 }),
    });
    fc.assert(
      fc.property(document, (value) => {
        fc.pre(accepts(value));
        expect(mappingOf(value).problems).toEqual([]);
      }),
    );
  });
});
