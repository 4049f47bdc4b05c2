import { carriersInWords } from "../../model/carriers.js";
import type { FindingLevel } from "../../model/clause.js";
import { counted, thousands } from "../../model/counted.js";
import type { Finding, Location } from "../../model/finding.js";
import type { EvidencePack, InputSummary, Report, RuntimeSummary } from "../../model/report.js";
import { tally, tallyInWords, tallyOf } from "../../model/tally.js";
import type { Waiver } from "../../model/waiver.js";
import type { ListedFinding } from "./listed.js";

/** For a run that was stopped early. */
export const NOT_ALL_READ = "not all of the input was read";

/** For attestations. */
export const NOBODY_VERIFIED =
  "attestations are the words of the runtime's authors; nobody has verified them";

/** Turns words into the beginning of a sentence. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A name with its hyphens as blanks. */
export function spaced(name: string): string {
  return name.replaceAll("-", " ");
}

/** A place as text: "events.ndjson:7:13". */
export function placeText({ path, line, column, absent }: Partial<Location>): string {
  if (absent === true) return `${path} (the whole file)`;
  return [path, line, column].filter((part) => part !== undefined).join(":");
}

/** For a finding whose level a project has changed. */
export function ownLevelNote(ownLevel: FindingLevel): string {
  return `its own level is ${ownLevel}: the configuration changed it`;
}

/** Who waived a finding, until when, and where the waiver is. */
export function waivedBy({ source, owner, expires, place }: Waiver): string {
  const until = expires === undefined ? undefined : `until ${expires}`;
  return [source, owner, until, place].filter((part) => part !== undefined).join(", ");
}

/** The title and the date of a report: "Acme, release 4, 2026-11-29"; empty if it has none. */
export function labelOf({ title, date }: Pick<Report, "title" | "date">): string {
  return [title, date].filter((part) => part !== undefined).join(", ");
}

/** A runtime with its version and vendor: "acme-runtime 2.3.1, Acme". */
export function runtimeInWords({ name, version, vendor }: Partial<RuntimeSummary>): string {
  const own = [name, version].filter((part) => part !== undefined).join(" ");
  return [own, vendor].filter((part) => part !== undefined && part !== "").join(", ");
}

/**
 * The number of findings: "10 defects at 66 places (MUST 8 at 60, SHOULD 2 at 6); 1 note at 2 places; 3 waived at 5
 * places".
 */
export function findingsInWords({ findings }: Report): string {
  const each = DEFECTS.map((level) => ({ level, ...tallyOf(findings, [level]) }));
  const by = each.filter(({ defects }) => defects > 0);
  const parts = by.map(
    ({ level, defects, places }) => `${level} ${thousands(defects)} at ${thousands(places)}`,
  );
  const notes = tallyOf(findings, ["NOTE"]);
  const waived = tally(findings.filter(({ waiver }) => waiver !== undefined));
  const words = [
    ...(by.length > 0 ? [`${tallyInWords(tallyOf(findings, DEFECTS))} (${parts.join(", ")})`] : []),
    ...(notes.defects > 0 ? [tallyInWords(notes, "note")] : []),
    ...(waived.defects > 0
      ? [`${thousands(waived.defects)} waived at ${counted(waived.places, "place")}`]
      : []),
  ];
  return words.length === 0 ? "none" : words.join("; ");
}

/** The levels of findings that are defects. */
const DEFECTS: readonly FindingLevel[] = ["MUST", "SHOULD", "MAY"];

/** The number of a finding's places, if there are several. */
export function atPlaces({ count }: Finding): string {
  return count === 1 ? "" : ` (at ${counted(count, "place")})`;
}

type Counted = Pick<InputSummary, "records" | "recognised">;

/**
 * The records of an input: "14 events", or "16 records (14 events, 2 malformed)". Carriers and other output are
 * added: "14 events; in 16 CRI log lines; 2 lines of other output".
 */
export function recordsInWords(input: Counted & Pick<InputSummary, "carrier" | "otherOutput">): string {
  const { carrier, otherOutput = 0 } = input;
  return [
    kindsInWords(input),
    ...(carrier === undefined ? [] : [`in ${carriersInWords(carrier)}`]),
    ...(otherOutput === 0 ? [] : [`${counted(otherOutput, "line")} of other output`]),
  ].join("; ");
}

function kindsInWords({ records, recognised }: Counted): string {
  const kinds = Object.entries(recognised).filter(([, count]) => count > 0);
  const [[only, count] = ["", 0]] = kinds;
  if (kinds.length === 1) return counted(count, NO_NOUNS.has(only) ? `${only} record` : spaced(only));
  const named = kinds.map(([kind, count]) =>
    NO_NOUNS.has(kind) ? `${thousands(count)} ${kind}` : counted(count, spaced(kind)),
  );
  return kinds.length === 0
    ? counted(records, "record")
    : `${counted(records, "record")} (${named.join(", ")})`;
}

const NO_NOUNS: ReadonlySet<string> = new Set(["unrecognised", "malformed"]);

/** True if an input holds no record that a clause is about. */
export function isIdle({ recognised }: InputSummary): boolean {
  return Object.entries(recognised).every(([kind, count]) => count === 0 || NO_NOUNS.has(kind));
}

export function checksumsInWords({ checksums: { listed, verified }, digest, files }: EvidencePack): string {
  const checksums =
    listed === 0 ? "no checksums" : `${thousands(verified)} of ${thousands(listed)} checksums verified`;
  const sealed = digest === undefined ? "" : `, the digest of the pack ${digest}`;
  const { read, checksumOnly, notChecked } = files;
  const total = counted(read + checksumOnly + notChecked, "file");
  return `${checksums}${sealed}; of ${total} ${thousands(read)} read, ${thousands(checksumOnly)} only compared with a checksum, ${thousands(notChecked)} not checked`;
}

/** The version of the protocol that a pack is for, if it is not the checked one. */
export function versionInWords({ otherVersion }: EvidencePack): string {
  return otherVersion === undefined ? "" : `the manifest names another version of MPLP: ${otherVersion}`;
}

/** Joins sentences to one text; missing ones are left out. */
export function sentences(...parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined && part !== "")
    .map((part) => (/[.!?]$/.test(part ?? "") ? part : `${part}.`))
    .join(" ");
}

/** The text for one place of a finding. */
export function wordingOf({ finding, unlisted }: ListedFinding): string {
  const { message, hint, waiver } = finding;
  const more = unlisted === 1 ? "One more place is" : `${thousands(unlisted)} more places are`;
  return sentences(
    hint === undefined ? message : `${message}; ${hint}`,
    unlisted > 0 ? `${more} counted, but not listed` : undefined,
    waiver === undefined ? undefined : `Waived (${waivedBy(waiver)}): ${waiver.reason}`,
  );
}
