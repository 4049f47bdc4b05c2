/** What each folder of src may import. docs/rooms.json lists the rooms, docs/architecture.md shows them. */
const ROOMS = require("./docs/rooms.json");

const escaped = (path) => path.replaceAll(".", "\\.");
/** A room is a folder, or a file that is a room of its own. */
const inside = (room) => `^src/${escaped(room)}(?:/|\\.ts$)`;
/** What a room imports is a room, a folder in one ("engine/report/") or a file in one. */
const imported = (path) => (path.endsWith("/") ? `^src/${escaped(path)}` : inside(path));

const boundaryOf = ({ name, does, not, imports }) => ({
  name: `room-${name}`,
  comment: `src/${name} ${does}. It may not ${not}.`,
  severity: "error",
  from: { path: inside(name) },
  to: { path: "^src/", pathNot: [inside(name), ...imports.map(imported)] },
});

/** Inside a room: which of its folders a folder may import. */
const floor = (folder, allowed, why) => ({
  name: `floor-${folder.replaceAll("/", "-")}`,
  comment: why,
  severity: "error",
  from: { path: `^src/${folder}/` },
  to: {
    path: `^src/${folder.split("/")[0]}/`,
    pathNot: [`^src/${folder}/`, ...allowed.map((other) => `^src/${other}`)],
  },
});

const without = (folder, modules, why) => ({
  name: `src-${folder.replaceAll(/\W+/g, "-")}-without-${modules[0]}`,
  comment: why,
  severity: "error",
  from: { path: `^src/${folder}/` },
  to: { path: `^(node:)?(${modules.join("|")})` },
});

const IO = [
  "fs",
  "child_process",
  "http",
  "https",
  "net",
  "worker_threads",
  "os",
  "process",
  "readline",
  "zlib",
];

module.exports = {
  forbidden: [
    {
      name: "in-a-room",
      comment: "Every file is in a room, so that some boundary holds for it.",
      severity: "error",
      from: { path: "^src/", pathNot: ROOMS.map(({ name }) => inside(name)) },
      to: {},
    },
    ...ROOMS.map(boundaryOf),
    floor("input/open", [], "Bytes are opened without a word about records."),
    floor("input/carriers", [], "A carrier knows its own envelope only."),
    floor(
      "input/frame",
      ["input/open/", "input/carriers/"],
      "Bytes are cut into records that nobody has read.",
    ),
    floor("input/scan", ["input/open/", "input/frame/"], "The scanner sees bytes and where records begin."),
    floor(
      "input/record",
      ["input/open/", "input/carriers/", "input/frame/", "input/scan/"],
      "A record is read from its bytes, wherever they came from.",
    ),
    floor(
      "input/find",
      ["input/open/", "input/frame/", "input/record/"],
      "Whoever finds files looks at their beginnings.",
    ),
    floor("engine/memory", [], "Tables of numbers and keys know nothing of observations."),
    floor(
      "engine/keep",
      ["engine/memory/", "engine/[\\w-]+\\.ts$"],
      "Stores keep rows, whatever they are for.",
    ),
    floor(
      "engine/block",
      ["engine/memory/", "engine/keep/", "engine/[\\w-]+\\.ts$"],
      "A block is checked without the log.",
    ),
    floor(
      "engine/log",
      ["engine/memory/", "engine/keep/", "engine/block/", "engine/[\\w-]+\\.ts$"],
      "The log takes blocks in order, and knows no report.",
    ),
    floor("run/protocol", [], "The protocol of a run is loaded before anything is read."),
    floor("run/blocks", ["run/protocol/"], "Reading a block needs the protocol, and not the run."),
    floor("rules/shared", ["rules/sources/"], "What rules share names no rule."),
    floor("rules/sources", ["rules/shared/"], "A source is what rules share."),
    floor(
      "rules/charts",
      ["rules/shared/", "rules/sources/"],
      "A chart sums up what a source keeps, and judges nothing.",
    ),
    floor("report/shared", [], "What formats share names no format."),
    floor("report/text", ["report/shared/"], "One format does not know another."),
    floor("report/html", ["report/shared/"], "One format does not know another."),
    floor("report/markdown", ["report/shared/"], "One format does not know another."),
    floor("report/earl", ["report/shared/"], "One format does not know another."),
    floor("report/sarif", ["report/shared/"], "One format does not know another."),
    floor("report/statement", ["report/shared/"], "A statement is no format of a report."),
    floor(
      "report/trend",
      [
        "report/shared/",
        "report/diff/(?:compare|comparison|words)\\.ts$",
        "report/html/",
        "report/text/(?:pen|levels)\\.ts$",
      ],
      "A trend compares reports, and looks like the page of one.",
    ),
    floor(
      "report/stats",
      ["report/shared/", "report/text/pen\\.ts$"],
      "Statistics judge nothing, and know no format of reports.",
    ),
    floor(
      "report/diff",
      ["report/shared/", "report/text/(?:pen|levels)\\.ts$", "report/markdown/(?:sections|text)\\.ts$"],
      "A comparison shows two reports with the means of the formats, and renders none.",
    ),
    floor(
      "report/selftest",
      ["report/shared/", "report/text/(?:pen|levels)\\.ts$", "report/markdown/(?:sections|text)\\.ts$"],
      "A selftest is shown with the means of the formats.",
    ),
    floor(
      "selftest/mutations",
      ["selftest/(?:excerpt|mutation)\\.ts$"],
      "A mutation changes records; who checks them it does not know.",
    ),
    floor("protocol/fields", [], "Names of fields, families and modules stand on their own."),
    floor("protocol/clauses", [], "Clauses are data."),
    floor("protocol/near-misses", ["protocol/fields/"], "A near miss is near to a name."),
    floor(
      "protocol/schemas",
      ["protocol/fields/", "protocol/clauses/"],
      "Schemas are compiled without invariants.",
    ),
    without("rules", IO, "A rule is a pure function."),
    without("engine", IO, "The engine is pure: no files, no console, no clock."),
    without("report/\\w+", IO, "A renderer is a pure function of the report."),
    without("privacy", IO, "Looking for secrets touches nothing outside."),
    without("protocol", IO, "The protocol is made of values; src/run/protocol reads its files."),
    without("recognise", IO, "What a record is shows in its fields."),
    without("documents", IO, "A document is a text."),
    without("model", IO, "The vocabulary does nothing."),
    {
      name: "no-circular",
      comment: "Data flows one way.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-dev-dependency-in-src",
      comment: "The package must work where only its dependencies are installed.",
      severity: "error",
      from: { path: "^src/" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["npm", "npm-peer", "type-only"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "types"] },
  },
};
