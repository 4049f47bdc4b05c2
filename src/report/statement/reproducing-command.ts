import type { InputSummary, Report } from "../../model/report.js";

/**
 * The command that checks the same evidence again: for the folder in which the report's paths are relative, in any
 * POSIX shell. Limits (`--max-state` and the like) are left out: they did not matter, or the run was not complete.
 */
export function reproducingCommand(report: Report): string {
  const { tool, claims, complete, inputs } = report;
  const words = [
    "npx",
    "--yes",
    `mplp-check@${tool.version}`,
    ...claims.flatMap((claim) => ["--claim", claim]),
    ...(complete === true ? ["--complete"] : []),
    ...(inputs.some(({ empty }) => empty === "allowed") ? ["--allow-empty"] : []),
    ...configurationWords(report),
    ...protocolWords(report.protocol),
    ...inputs.flatMap(unwrapWords),
    ...evidenceWords(report),
  ];
  return words.map(quoted).join(" ");
}

function configurationWords({ configuration, findings }: Report): readonly string[] {
  const baseline = findings.find(({ waiver }) => waiver?.source === "baseline")?.waiver?.place;
  return [
    ...(configuration === undefined ? ["--no-config"] : ["--config", configuration.path]),
    ...(baseline === undefined ? [] : ["--baseline", baseline.replace(/:\d+$/, "")]),
  ];
}

/** A report lists schemas and invariants together. Where their content is that of the package, they are not needed. */
function protocolWords({ source, paths = [] }: Report["protocol"]): readonly string[] {
  if (source === "bundled") return [];
  return paths.flatMap((path) => [INVARIANTS.test(path) ? "--invariants" : "--schemas", path]);
}

/** The layout of the official files: schemas/v2, and schemas/v2/invariants or a file of it. */
const INVARIANTS = /\.ya?ml$|(?:^|[\\/])invariants[\\/]?$/i;

/** Named carriers are detected; a pointer is not. */
function unwrapWords({ carrier = {} }: InputSummary): readonly string[] {
  return Object.keys(carrier)
    .filter((name) => name.startsWith("/"))
    .flatMap((pointer) => ["--unwrap", pointer]);
}

/** The folders of evidence packs, and all inputs outside them: as what they were read, since that may have been forced. */
function evidenceWords({ packs, inputs }: Report): readonly string[] {
  const outside = inputs.filter(({ path }) => !packs.some((pack) => isIn(pack.path, path)));
  const forced = outside.filter(({ kind }) => kind !== "event-log" && kind !== "unrecognised");
  return [
    ...forced.flatMap(({ path, kind }) => ["--as", `${kind}:${path}`]),
    // Whatever begins with a dash is a path here.
    "--",
    ...packs.map(({ path }) => path),
    ...outside.map(({ path }) => path),
  ];
}

function isIn(folder: string, path: string): boolean {
  return ["/", "\\"].some((separator) => path.startsWith(`${folder.replace(/[\\/]+$/, "")}${separator}`));
}

/** A word that a POSIX shell takes as it is: inside single quotes, only the quote itself means anything. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
