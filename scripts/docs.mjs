// Writes docs/clauses.md and docs/rules/*.md from the catalogue, the rules and their fixtures, into
// schemas/config.schema.json the options and the names that editors complete, into schemas/state.schema.json what the
// sources of log rules and charts keep, into docs/configuration.md the options, and into the schemas of our own where each is.
// With --check it writes nothing and fails where a page is not what it would write.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { publishedAt } from "../dist/package/published.js";
import { CLAUSES } from "../dist/protocol/clauses/clauses.js";
import { DOCUMENTS } from "../dist/protocol/clauses/documents.js";
import { FORMAT_NAMES } from "../dist/report/index.js";
import { CHARTS } from "../dist/rules/charts/index.js";
import { RULES } from "../dist/rules/index.js";
import { optionSettings, optionTables } from "./option-docs.mjs";
import { roomsPicture, roomsTable } from "./rooms.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const MAX_LINE = 400;
const MAX_LINES = 6;
const HEADINGS = {
  record: "Rules about single records",
  event: "Rules about single events and documents",
  file: "Rules about whole files",
  log: "Rules about the whole log",
  run: "Rules about all that a run reads",
};

const pages = new Map([
  ["docs/clauses.md", clausesPage()],
  ["docs/rules/README.md", rulesPage()],
  ...RULES.map((rule) => [`docs/rules/${rule.id}.md`, rulePage(rule)]),
  ["docs/examples.json", `${JSON.stringify(Object.fromEntries(RULES.map(examplesOf)), null, 1)}\n`],
  ["schemas/config.schema.json", configSchema()],
  ["docs/configuration.md", marked("docs/configuration.md", "options", optionTables())],
  ["docs/rooms.svg", roomsPicture()],
  ["docs/architecture.md", marked("docs/architecture.md", "rooms", roomsTable())],
  ["schemas/state.schema.json", stateSchema()],
]);
for (const [path, text] of ownSchemas()) pages.set(path, text);

/** A page with what is written between its two marks: <!-- rooms --> and <!-- end of rooms -->. */
function marked(page, name, text) {
  const [before, rest] = readFileSync(join(ROOT, page), "utf8").split(`<!-- ${name} -->
`);
  const after = rest?.split(`<!-- end of ${name} -->`)[1];
  if (after === undefined) throw new Error(`${page} has no place for the ${name}`);
  return `${before}<!-- ${name} -->

${text}

<!-- end of ${name} -->${after}`;
}

/** The schemas of what this program writes and reads; each leads to itself. Those in folders are the protocol's. */
function ownSchemas() {
  const names = readdirSync(join(ROOT, "schemas")).filter((name) => name.endsWith(".schema.json"));
  return names.map((name) => {
    const path = `schemas/${name}`;
    const text = pages.get(path) ?? readFileSync(join(ROOT, path), "utf8");
    return [path, text.replace(/"\$id": "[^"]*"/, () => `"$id": "${publishedAt(path)}"`)];
  });
}

/** The schema of configurations, in which options, rules, clauses and formats are those that there are. */
function configSchema() {
  const path = "schemas/config.schema.json";
  const schema = JSON.parse(readFileSync(join(ROOT, path), "utf8"));
  Object.assign(schema.properties, optionSettings());
  const musts = new Set(CLAUSES.filter(({ level }) => level === "MUST").map(({ id }) => id));
  const adjustable = RULES.filter(({ clauses }) => !clauses.some((id) => musts.has(id)));
  Object.assign(schema.definitions, {
    rule: { enum: RULES.map(({ id }) => id) },
    "adjustable-rule": { enum: adjustable.map(({ id }) => id) },
    clause: { enum: CLAUSES.map(({ id }) => id) },
    format: { enum: FORMAT_NAMES },
  });
  return formatted(JSON.stringify(schema), path);
}

/** The schema of states, in which values and attachments are those of each source, by the first rule or chart that names it. */
function stateSchema() {
  const path = "schemas/state.schema.json";
  const schema = JSON.parse(readFileSync(join(ROOT, path), "utf8"));
  const observing = [...RULES.filter(({ evidence }) => evidence === "log"), ...CHARTS].toReversed();
  const owners = new Map(observing.map(({ source, id }) => [source, id]));
  const rows = [...owners].reverse().map(([source, id]) => [id, source.schema]);
  const { values, attachments, charts } = schema.definitions;
  charts.properties = Object.fromEntries(CHARTS.map(({ id, schema: sum }) => [id, sum]));
  values.properties = Object.fromEntries(rows.map(([id, { value }]) => [id, value]));
  attachments.properties = Object.fromEntries(
    rows.filter(([, row]) => "attachment" in row).map(([id, { attachment }]) => [id, attachment]),
  );
  return formatted(JSON.stringify(schema), path);
}

/** A text as the formatter of the repository has it. */
function formatted(text, path) {
  const biome = join(ROOT, "node_modules/@biomejs/biome/bin/biome");
  const args = [biome, "format", `--stdin-file-path=${path}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    input: text,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${path} could not be formatted: ${stderr}`);
  return stdout;
}

/** For `mplp-check explain`: the first log that breaks a rule, and the first that keeps it. */
function examplesOf({ id }) {
  const cases = casesOf(id);
  const [fails, passes] = ["invalid", "valid"].map((validity) => {
    const own = cases.filter((each) => each.validity === validity);
    own.sort((a, b) => rankOf(a, id) - rankOf(b, id));
    const plain = own.find(({ name }) => !name.startsWith("false-alarm")) ?? own[0];
    if (plain === undefined) return undefined;
    const { about, text, findings } = plain;
    return {
      about,
      lines: linesOf(text).slice(0, MAX_LINES),
      findings: findings
        .filter(({ rule, line }) => rule === id && line <= MAX_LINES)
        .map(({ level, line, pointer }) => ({ level, line, pointer })),
    };
  });
  return [id, { fails, passes }];
}

function clausesPage() {
  const sections = Object.entries(DOCUMENTS)
    .filter(([document]) => document !== "PROFILE")
    .map(([document, name]) => {
      const own = CLAUSES.filter((clause) => clause.document === document);
      return [`## ${name}`, "", ...table(own), "", ...own.flatMap(clauseText)].join("\n");
    });
  const profiles = CLAUSES.filter(({ document }) => document === "PROFILE");
  const lines = ["## Profile events", "", ...table(profiles), "", ...profiles.flatMap(clauseText)];
  return [
    "# Clauses",
    "",
    "Every normative statement that a report gives a status to, in report order. Generated by `npm run docs`.",
    "",
    ...sections,
    lines.join("\n"),
  ].join("\n");
}

function table(clauses) {
  return [
    "| clause | level | basis | in a few words | judged by |",
    "|---|---|---|---|---|",
    ...clauses.map(
      (clause) =>
        `| [${clause.id}](#${anchor(clause)}) | ${clause.level} | ${clause.basis} | ${clause.title} | ${judges(clause)} |`,
    ),
  ];
}

/** The index of the rules, by what they look at. */
function rulesPage() {
  const evidences = [...new Set(RULES.map(({ evidence }) => evidence))];
  const sections = evidences.flatMap((evidence) => [
    `## ${HEADINGS[evidence]}`,
    "",
    "| rule | in a few words | levels | clauses |",
    "|---|---|---|---|",
    ...RULES.filter((rule) => rule.evidence === evidence).map(ruleRow),
    "",
  ]);
  return [
    "# Rules",
    "",
    "What puts the [clauses](../clauses.md) to the test: a page for each rule, with logs that break it and keep it.",
    "`mplp-check explain ID` prints the same. Generated by `npm run docs`.",
    "",
    ...sections,
  ].join("\n");
}

function ruleRow({ id, title, clauses }) {
  const levels = new Set(clauses.map((clause) => CLAUSES.find((row) => row.id === clause)?.level));
  return `| [${id}](${id}.md) | ${escaped(title)} | ${[...levels].join(", ")} | ${clauses.join(", ")} |`;
}

/** GitHub's anchor of the heading that clauseText writes. */
function anchor({ id, title }) {
  return `${id} ${title}`
    .toLowerCase()
    .replace(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");
}

function judges(clause) {
  const rules = RULES.filter((rule) => rule.clauses.includes(clause.id));
  if (rules.length === 0) return "not checked yet";
  return rules.map(({ id }) => `[${id}](rules/${id}.md)`).join(", ");
}

function clauseText(clause) {
  const { id, title, document, section, sectionTitle, keyword, text, when } = clause;
  return [
    `### ${id} ${title}`,
    "",
    `${DOCUMENTS[document]} ${section}, ${sectionTitle}${keyword === undefined ? "" : `; printed keyword: ${keyword}`}.`,
    ...(when === undefined ? [] : ["", `Applies when: ${when}.`]),
    "",
    escaped(`${text}.`),
    "",
  ];
}

function rulePage(rule) {
  const { id, title, clauses, alsoCites = [], why, fix } = rule;
  const cited = (list) =>
    list
      .map((clause) => `[${clause}](../clauses.md#${anchor(CLAUSES.find((row) => row.id === clause))})`)
      .join(", ");
  const cases = casesOf(id);
  const lines = [
    `# ${id}`,
    "",
    `${title}.`,
    "",
    `- clauses: ${cited(clauses)}${alsoCites.length === 0 ? "" : `; a finding may cite besides: ${cited(alsoCites)}`}`,
    `- evidence: ${rule.evidence}`,
    "",
    `**Why.** ${why}`,
    "",
    `**What to do.** ${fix}`,
    "",
    ...section(
      "Breaks it",
      cases.filter(({ validity }) => validity === "invalid"),
    ),
    ...section(
      "Keeps it",
      cases.filter(({ validity }) => validity === "valid"),
    ),
    "Generated by `npm run docs`.",
    "",
  ];
  return lines.join("\n");
}

function section(heading, cases) {
  if (cases.length === 0) return [];
  const [first, ...others] = cases;
  const rows = others.map(({ name, about }) => `- \`${name}\`${about === "" ? "" : `: ${escaped(about)}`}`);
  return [
    `## ${heading}`,
    "",
    ...example(first),
    ...(rows.length === 0 ? [] : ["More cases among the fixtures:", "", ...rows, ""]),
  ];
}

function example({ name, about, text, findings }) {
  const lines = linesOf(text);
  return [
    `\`${name}\`${about === "" ? "" : `: ${escaped(about)}`}`,
    "",
    "```",
    ...lines,
    "```",
    "",
    ...findings.map(
      ({ level, line, pointer, rule, clauses }) =>
        `- line ${line}${pointer ? ` \`${pointer}\`` : ""}: ${level} ${clauses.join(", ")} (${rule})`,
    ),
    ...(findings.length === 0 ? [] : [""]),
  ];
}

/** How strict the worst is that a rule says of the lines of a case that an example shows. */
function rankOf({ findings }, id) {
  const ranks = findings
    .filter(({ rule, line }) => rule === id && line <= MAX_LINES)
    .map(({ level }) => ["MUST", "SHOULD", "MAY", "NOTE"].indexOf(level));
  return Math.min(4, ...ranks);
}

/** The lines of a log, without blank ones; long ones are cut. */
function linesOf(text) {
  return text
    .replace(/^\ufeff/, "")
    .split(/\r?\n/)
    .map((line) => (line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}…` : line))
    .filter((line) => line !== "");
}

function casesOf(rule) {
  return ["invalid", "valid"].flatMap((validity) => {
    const folder = join(ROOT, "fixtures/rules", rule, validity);
    if (!existsSync(folder)) return [];
    const names = readdirSync(folder).filter((name) => !name.endsWith(".expected.json"));
    return names.sort().map((file) => {
      const name = basename(file).replace(/\..*$/, "");
      const expected = join(folder, `${name}.expected.json`);
      const { about = "", findings = [] } = existsSync(expected)
        ? JSON.parse(readFileSync(expected, "utf8"))
        : {};
      return { name, validity, about, findings, text: readFileSync(join(folder, file), "utf8") };
    });
  });
}

function escaped(text) {
  return text.replaceAll("*", "\\*").replaceAll("<", "&lt;");
}

function existing() {
  const folder = join(ROOT, "docs/rules");
  return existsSync(folder) ? readdirSync(folder).map((name) => `docs/rules/${name}`) : [];
}

function current(path) {
  const file = join(ROOT, path);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

const stale = [...pages].filter(([path, text]) => current(path) !== text).map(([path]) => path);
const orphaned = existing().filter((path) => !pages.has(path));

if (process.argv.includes("--check")) {
  for (const path of [...stale, ...orphaned]) console.error(`${path} is not current; run npm run docs`);
  process.exitCode = stale.length + orphaned.length === 0 ? 0 : 1;
} else {
  mkdirSync(join(ROOT, "docs/rules"), { recursive: true });
  for (const path of stale) writeFileSync(join(ROOT, path), pages.get(path));
  for (const path of orphaned) rmSync(join(ROOT, path));
}
