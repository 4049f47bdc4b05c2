// What the table of options says of itself, for the schema of configurations and for docs/configuration.md.
import { variableOf } from "../dist/cli/options/settings.js";
import { OPTIONS } from "../dist/cli/options/table.js";

/** The settings that are options, as properties of a JSON Schema. */
export function optionSettings() {
  const settings = OPTIONS.filter((row) => isSaidIn(row, "configuration"));
  return Object.fromEntries(settings.map((row) => [row.name, schemaOf(row)]));
}

function schemaOf(row) {
  const { name, kind } = row;
  if (kind.schema === undefined) throw new Error(`${name} is a setting, and its kind has no schema`);
  return { ...kind.schema, description: sentence(row) };
}

/** The options as Markdown: a table under each heading of the help. */
export function optionTables() {
  const groups = [...new Set(OPTIONS.map(({ group }) => group))];
  return groups
    .map((group) =>
      tableOf(
        group,
        OPTIONS.filter((row) => row.group === group),
      ),
    )
    .join("\n\n");
}

function tableOf(group, rows) {
  const lines = rows.map((row) => `| ${cellsOf(row).join(" | ")} |`);
  const heading = ["| option | default | also said by | meaning |", "|---|---|---|---|"];
  return [`### ${group.replace(/:$/, "")}`, "", ...heading, ...lines].join("\n");
}

function cellsOf(row) {
  const { name, short, kind } = row;
  const flags = [short, `--${name}`].filter(Boolean).join(", ");
  const elsewhere = [
    isSaidIn(row, "environment") ? `\`${variableOf(name)}\`` : "",
    isSaidIn(row, "configuration") ? `\`${name}:\`` : "",
  ];
  return [
    `\`${flags}${kind.value === undefined ? "" : ` <${kind.value}>`}\``,
    defaultOf(row),
    elsewhere.filter(Boolean).join(", "),
    meaningOf(row),
  ].map((cell) => cell.replaceAll("|", "\\|"));
}

/** A switch is off, or turns something off. */
function defaultOf({ kind, default: value, defaultInWords }) {
  if (kind.value === undefined) return "";
  return defaultInWords ?? (value === undefined ? "" : `\`${value}\``);
}

function meaningOf(row) {
  const { choices, repeats } = row.kind;
  const names = choices === undefined ? "" : `: ${choices.map((each) => `\`${each}\``).join(", ")}`;
  return `${row.saysAlone ?? row.says}${names}${repeats === undefined ? "" : `; ${repeats}`}`;
}

function sentence({ says, saysAlone = says }) {
  return `${saysAlone[0].toUpperCase()}${saysAlone.slice(1)}.`;
}

function isSaidIn({ elsewhere = [] }, place) {
  return elsewhere.includes(place);
}
