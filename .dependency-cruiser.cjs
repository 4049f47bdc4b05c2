/** What each folder of src may import: docs/architecture.md says why. */
const only = (folder, allowed, why) => ({
  name: `src-${folder.replace(/\W+/g, "-")}`,
  comment: why,
  severity: "error",
  from: { path: `^src/${folder}` },
  to: { path: "^src/", pathNot: [`^src/${folder}`, ...allowed.map((other) => `^src/${other}`)] },
});

const without = (folder, modules, why) => ({
  name: `src-${folder}-without-${modules[0].replace(/\W+/g, "-")}`,
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
    only("model/", [], "The vocabulary is what everybody else speaks; it knows nobody."),
    only(
      "spec/",
      ["model/"],
      "The protocol as values is the same whatever is read and however it is judged.",
    ),
    only("privacy/", ["model/"], "What must not be shown is the same whoever looks for it."),
    only(
      "input/",
      ["model/", "privacy/", "package-file", "spec/near-misses/nearest", "spec/mapping-names"],
      "Reading bytes must not depend on what the bytes mean.",
    ),
    only(
      "rules/",
      ["model/", "spec/", "privacy/"],
      "A rule sees a subject and the protocol, never files or the engine.",
    ),
    only("engine/", ["model/"], "The engine runs any rules over any subjects; it is given both."),
    only(
      "state/",
      ["model/", "input/", "engine/", "package-file"],
      "A state is what the engine holds before it judges: it says nothing of rules, and decides nothing.",
    ),
    only("report/", ["model/"], "A renderer sees one report value and asks nobody anything."),
    only(
      "mapper\\.ts$",
      ["model/", "spec/", "privacy/", "input/", "rules/", "engine/"],
      "What a thread does with one block needs no other.",
    ),
    only(
      "threads/",
      ["engine/", "input/", "mapper", "load-protocol", "package-file", "unhurried"],
      "A pool hands blocks out and results back; what is in them is not its matter.",
    ),
    only(
      "check\\.ts$",
      [
        "model/",
        "spec/",
        "privacy/",
        "input/",
        "rules/",
        "engine/",
        "load-protocol",
        "mapper",
        "reread",
        "resume",
        "state/",
        "threads/",
        "unhurried",
        "version",
        "check-options",
      ],
      "The composition root knows the stages, not the outputs.",
    ),
    only(
      "reread",
      ["model/", "input/", "engine/"],
      "It reads inputs once more, and is told what of them is wanted.",
    ),
    only(
      "resume",
      ["model/", "spec/", "input/", "rules/", "state/"],
      "It says which states a run may take in, and what is known of their inputs.",
    ),
    only(
      "load-protocol",
      ["model/", "spec/", "input/"],
      "Its files are read, and made into values; no more.",
    ),
    only(
      "config/",
      [
        "model/",
        "spec/",
        "rules/",
        "input/documents/",
        "input/json-scan",
        "input/why-not-read",
        "package-file",
      ],
      "What a project decides is about rules and clauses, never about how a run goes.",
    ),
    only(
      "cli/",
      ["index\\.ts$", "model/", "report/text/pen"],
      "The command line uses the library as everyone else does, and writes for people as the text report does.",
    ),
    without("rules", IO, "A rule is a pure function."),
    without("engine", IO, "The engine is pure: no files, no console, no clock."),
    without("report", IO, "A renderer is a pure function of the report."),
    without("privacy", IO, "Looking for secrets touches nothing outside."),
    without("spec", IO, "The protocol is made of values; src/input reads its files."),
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
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["npm"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "types"] },
  },
};
