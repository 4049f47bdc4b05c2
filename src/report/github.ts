import type { FindingLevel } from "../model/clause.js";
import { counted, thousands } from "../model/counted.js";
import type { Finding, Location } from "../model/finding.js";
import { loggable } from "../model/printable.js";
import { relatedTo } from "../model/related.js";
import type { ClauseResult, Report, RunError } from "../model/report.js";
import { limitedClauses, openRecommendations, undemonstrated } from "../model/verdict.js";
import { verdictSentence } from "../model/verdict-sentence.js";
import { citedBy } from "./shared/cited.js";
import { clipped } from "./shared/clipped.js";
import { conditionsOf } from "./shared/conditions.js";
import { slashed } from "./shared/paths.js";
import { spread } from "./shared/spread.js";
import { atPlaces, NOBODY_VERIFIED, NOT_ALL_READ, ownLevelNote, placeText } from "./shared/wording.js";

/** GitHub's limits for a step: annotations of each command, and 4,096 characters of a message. */
const PER_STEP = 10;
const MESSAGE_LIMIT = 4000;
/** GitHub's checks take titles of 255 characters. */
const TITLE_LIMIT = 250;
/** The longest path of any file system. A part of a path would be another path. */
const PATH_LIMIT = 4096;
/** Errors that are annotated before findings: many errors must not hide every finding. */
const FIRST_ERRORS = 5;
const LINES_OF_REST = 25;

type Command = "error" | "warning" | "notice";

/** A matter to annotate at its places, one after another. */
interface Matter {
  /** Annotations are given to all kinds in turn. */
  readonly kind: string;
  readonly title: string;
  readonly lines: readonly string[];
  /** May be far above the number of places. */
  readonly count: number;
  readonly places: readonly Place[];
}

type Place = Pick<Location, "path" | "column" | "absent"> & {
  readonly line?: number;
  readonly related?: readonly Location[];
};

/**
 * Annotations for GitHub Actions, as workflow commands: MUST findings and gaps as errors, SHOULD findings as
 * warnings, the others as notices. If there are unusual settings or open clauses, the first notice names them.
 */
export function* renderGithub(report: Report): Iterable<string> {
  const errors = report.errors.map(matterOfError);
  const at = (level: FindingLevel): readonly Matter[] =>
    report.findings
      .filter((finding) => finding.level === level && finding.waiver === undefined)
      .map((finding) => matterOfFinding(finding, report));
  yield* annotations("error", [...undecided(report), ...errors, ...at("MUST")]);
  yield* annotations("warning", [...interruption(report), ...at("SHOULD")]);
  yield* annotations("notice", [...summingUp(report), ...at("MAY"), ...at("NOTE")]);
}

/** As many annotations as GitHub shows. If there are more matters, the last annotation sums up the rest. */
function* annotations(command: Command, matters: readonly Matter[]): Iterable<string> {
  const placed = spread(everyPlace(matters), ({ matter }) => matter.kind);
  const total = sumOf(matters.map(({ count }) => count));
  const shown = total <= PER_STEP && placed.length === total ? placed : placed.slice(0, PER_STEP - 1);
  for (const { matter, place } of shown) yield annotation(command, matter, place);
  if (shown.length < total) yield annotation(command, restOf(matters, shown), undefined);
}

interface Placed {
  readonly matter: Matter;
  readonly place: Place | undefined;
}

/** Every matter at its first place, then every matter at its second place, and so on. */
function everyPlace(matters: readonly Matter[]): readonly Placed[] {
  const first = matters.map((matter) => ({ matter, place: matter.places[0] }));
  const further = matters.flatMap((matter) => matter.places.slice(1).map((place) => ({ matter, place })));
  return [...first, ...further];
}

function restOf(matters: readonly Matter[], shown: readonly Placed[]): Matter {
  const counts = new Map<string, number>();
  const add = (title: string, count: number) => counts.set(title, (counts.get(title) ?? 0) + count);
  for (const { title, count } of matters) add(title, count);
  for (const { matter } of shown) add(matter.title, -1);
  const left = [...counts].filter(([, count]) => count > 0);
  const listed = left.slice(0, LINES_OF_REST);
  const lines = listed.map(([title, count]) => `${thousands(count)} × ${clipped(title, TITLE_LIMIT / 2)}`);
  const others = left.slice(LINES_OF_REST);
  if (others.length > 0) lines.push(`${thousands(sumOf(others.map(([, count]) => count)))} × others`);
  return {
    kind: "",
    title: `mplp-check: ${counted(sumOf(left.map(([, count]) => count)), "more place")}`,
    lines: [`GitHub shows ${PER_STEP} annotations of a kind; without one of their own:`, ...lines],
    count: 1,
    places: [],
  };
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function matterOfFinding(finding: Finding, report: Report): Matter {
  const { level, clauses, message, count, hint, ownLevel } = finding;
  const { clause, rule } = citedBy(finding, report);
  const places = finding.locations.map((location, index) => ({
    ...location,
    related: relatedTo(finding, index),
  }));
  const lines = [
    `${message}${atPlaces(finding)}`,
    ...(hint === undefined ? [] : [`hint: ${clipped(hint, MESSAGE_LIMIT / 4)}`]),
    ...(rule.fix === undefined || level === "NOTE" ? [] : [`fix: ${rule.fix}`]),
    ...(ownLevel === undefined ? [] : [ownLevelNote(ownLevel)]),
    `rule ${finding.rule}`,
  ];
  const title = `${level} ${clauses.join(", ")} ${clause.title ?? ""}`;
  return { kind: finding.rule, title, lines, count, places };
}

function matterOfError({ about, message, ...place }: RunError, index: number): Matter {
  const kind = `error ${Math.min(index, FIRST_ERRORS)}`;
  return { kind, title: about ?? "not checked", lines: [message], count: 1, places: [place] };
}

/** A run without a verdict fails its step, and no other annotation would say why. */
function undecided(report: Report): readonly Matter[] {
  if (report.verdict !== "inconclusive" || report.interrupted === true) return [];
  const open = undemonstrated(report).map(openLine);
  return [ofTheRun("inconclusive", [verdictSentence(report), ...report.reservations, ...open])];
}

function openLine({ id, title, reason = "" }: ClauseResult): string {
  return `${id} ${title}: ${reason}`;
}

/** Facts that no other annotation shows: unusual settings of the run, and open clauses below MUST. */
function summingUp(report: Report): readonly Matter[] {
  if (report.interrupted === true) return [];
  const conditions = conditionsOf(report).map(({ label, text }) => `${label}: ${text}`);
  const open = openRecommendations(report).map((clause) => `open SHOULD ${openLine(clause)}`);
  const words = report.clauses.some(({ attestation }) => attestation !== undefined) ? [NOBODY_VERIFIED] : [];
  const limits = limitedClauses(report).map(({ id, title, limits = "" }) => `${id} ${title}: ${limits}`);
  const lines = [...conditions, ...words, ...limits, ...open];
  return lines.length === 0 ? [] : [ofTheRun(report.verdict, [verdictSentence(report), ...lines])];
}

function interruption(report: Report): readonly Matter[] {
  if (report.interrupted !== true) return [];
  return [ofTheRun("interrupted", [NOT_ALL_READ, verdictSentence(report)])];
}

function ofTheRun(what: string, lines: readonly string[]): Matter {
  return { kind: what, title: `mplp-check: ${what}`, lines, count: 1, places: [] };
}

function annotation(command: Command, { title, lines }: Matter, place: Place | undefined): string {
  const { related = [] } = place ?? {};
  const where = place === undefined ? [] : [`at ${clippedPlace(place)}`];
  const others = related.map((other) => `with ${clippedPlace(other)}`);
  const properties = { title: clipped(loggable(title).trim(), TITLE_LIMIT), ...propertiesOf(place) };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(value)}`);
  const text = clipped(
    [...lines.slice(0, 1), ...where, ...others, ...lines.slice(1)].map(loggable).join("\n"),
    MESSAGE_LIMIT,
  );
  return `::${command} ${list.join(",")}::${escapedData(text)}\n`;
}

/** The place of an annotation on GitHub. Its pages show whole lines, so the end of a value is left out. */
function propertiesOf(place: Place | undefined): Readonly<Record<string, string>> {
  if (place === undefined) return {};
  const { path, line, column, absent } = place;
  if (path === "-" || path.trim() === "" || path.length > PATH_LIMIT) return {};
  const file = loggable(slashed(path));
  if (line === undefined || absent === true) return { file };
  return { file, line: String(line), ...(column !== undefined && { col: String(column) }) };
}

function clippedPlace(place: Place): string {
  return placeText({ ...place, path: clipped(place.path, MESSAGE_LIMIT / 8) });
}

function escapedData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
  return escapedData(loggable(text)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
