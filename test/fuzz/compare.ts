import type { Occurrence, Report } from "../../src/index.js";
import type { Expected } from "./judge/log.js";

/** One disagreement of the checker and the judge. */
export interface Difference {
  readonly what: "false accept" | "false alarm";
  /** 1-based. */
  readonly line: number;
  /** A level, with a member or a clause. */
  readonly about: string;
  /** Of the checker's finding; empty if there is none. */
  readonly message: string;
}

/** Clauses about members: what the judge says of them names the member. */
const OF_MEMBERS = [
  ..."PS-4.1-1 PS-4.1-2 PS-4.1-4 PS-4.1-5 PS-4.1-6 PS-4.1-7 PS-4.1-8 PS-4.2-1 PS-5.1-1 PS-5.2-1 PS-5.2-2".split(
    " ",
  ),
  ..."PS-5.2-3 PS-6.1-1 PS-6.2-1 PS-7.1-1 PS-7.2-1 PS-7.3-1 RG-4.2-1 RG-4.3-1".split(" "),
  ..."IS-4.3-1 IS-4.3-2 SA-1 MAP-1".split(" "),
];
/** Below the level MUST these are about several events: steps and sessions that never end. */
const OF_PROFILES = ["SA-1", "MAP-1"];
/** Clauses that the judge names themselves. */
const OF_RECORDS = ["IN-1", "IN-2", "PS-4.1-3", "IS-3-1", "IS-7.1-1", "IS-7.1-2", "IS-13.1-2", "IS-13.2-3"];
/** Clauses about lifecycles. */
const OF_THINGS = ["RG-4.3-2", "RG-7.1-3", "PS-6.1-2", "PS-7.3-2", "IS-3.1-1", "IS-3.4-1"];

function memberAt(pointer = ""): string {
  const [, first = "", second] = pointer
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  return first === "payload" && second !== undefined ? `payload.${second}` : first;
}

/** What a finding of the checker says, in the judge's words; undefined if the judge does not judge such things. */
function aboutOf({ level, clauses, pointer, rule }: Occurrence): string | undefined {
  if (rule === "event-id-unique") return `${level} ${level === "NOTE" ? "IS-13.2-1" : "PS-4.1-3"}`;
  if (level === "NOTE" || (level === "SHOULD" && clauses.some((each) => OF_PROFILES.includes(each))))
    return undefined;
  const clause = clauses.find((each) => OF_RECORDS.includes(each));
  if (clause !== undefined) return `${level} ${clause}`;
  return clauses.some((each) => OF_MEMBERS.includes(each)) ? `${level} ${memberAt(pointer)}` : undefined;
}

/** Compares each line. */
function* linesApart(
  expected: Expected,
  found: ReadonlyMap<number, readonly Occurrence[]>,
): Iterable<Difference> {
  for (const [index, expectation] of expected.lines.entries()) {
    const line = index + 1;
    const { found: due } = expectation;
    const isOpen = (about: string): boolean => expectation.isOpen(about.slice(about.indexOf(" ") + 1));
    const said = new Map<string, string>();
    for (const occurrence of found.get(line) ?? []) {
      const about = aboutOf(occurrence);
      if (about !== undefined) said.set(about, occurrence.message);
    }
    for (const about of due)
      if (!said.has(about) && !isOpen(about)) yield { what: "false accept", line, about, message: "" };
    for (const [about, message] of said)
      if (!due.has(about) && !isOpen(about)) yield { what: "false alarm", line, about, message };
  }
}

/** Compares each thing with a lifecycle: which of its lines a finding names is the checker's choice. */
function* thingsApart(expected: Expected, found: readonly Occurrence[]): Iterable<Difference> {
  const said = new Map<string, Occurrence>();
  for (const occurrence of found) {
    const thing = expected.things[occurrence.line - 1];
    const clause = occurrence.clauses.find((each) => OF_THINGS.includes(each));
    if (thing === undefined || clause === undefined || occurrence.level === "NOTE") continue;
    if (occurrence.level === "MUST") said.set(`MUST ${clause} ${thing}`, occurrence);
    said.set(`SHOULD ${clause} ${thing}`, occurrence);
  }
  for (const [thing, broken] of expected.broken) {
    if (broken === undefined) continue;
    for (const clause of OF_THINGS)
      for (const level of ["MUST", "SHOULD"]) {
        const is = broken.get(clause);
        const isDue = level === "MUST" ? is === "MUST" : is !== undefined;
        const occurrence = said.get(`${level} ${clause} ${thing}`);
        if (isDue === (occurrence !== undefined)) continue;
        const line = occurrence?.line ?? expected.things.lastIndexOf(thing) + 1;
        const what = isDue ? "false accept" : "false alarm";
        yield { what, line, about: `${level} ${clause}`, message: occurrence?.message ?? "" };
      }
  }
}

/**
 * Everything that two reports on a log count otherwise.
 *
 * @param counted lists few places of each finding: of later ones the checker may only take the number
 */
export function countsApart(listed: Report, counted: Report): Difference[] {
  const [due, said] = [countsIn(listed), countsIn(counted)];
  return [...new Set([...due.keys(), ...said.keys()])].flatMap((about) => {
    const [all = NONE, own = NONE] = [due.get(about), said.get(about)];
    if (all.count === own.count) return [];
    const message = `is counted ${own.count} times, not ${all.count}`;
    const what = own.count < all.count ? "false accept" : "false alarm";
    return [{ what, line: Math.max(all.line, own.line), about, message } as const];
  });
}

const NONE = { count: 0, line: 1 };

/** The counts of a report, and a line for each. */
function countsIn({ findings, clauses }: Report): ReadonlyMap<string, typeof NONE> {
  const all = new Map<string, typeof NONE>();
  for (const { fingerprint, hint, rule, level, count, locations } of findings)
    all.set(`${level} ${rule} ${fingerprint} ${hint}`, { count, line: locations[0]?.line ?? 1 });
  for (const { id, checked, violations, witness } of clauses) {
    const line = witness?.line ?? 1;
    all.set(`checks of ${id}`, { count: checked, line });
    all.set(`violations of ${id}`, { count: violations, line });
    all.set(`line of the witness of ${id}`, { count: witness?.line ?? 0, line });
  }
  return all;
}

/** Everything in which the checker's findings are not what the judge expects. */
export function differences(expected: Expected, found: readonly Occurrence[]): Difference[] {
  const byLine = new Map<number, Occurrence[]>();
  for (const occurrence of found) {
    const others = byLine.get(occurrence.line);
    if (others === undefined) byLine.set(occurrence.line, [occurrence]);
    else others.push(occurrence);
  }
  return [...linesApart(expected, byLine), ...thingsApart(expected, found)];
}
