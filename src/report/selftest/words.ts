import { counted, thousands } from "../../model/counted.js";
import {
  type MutatedInput,
  type Selftest,
  selftestExitCode,
  type TestedClause,
  type Tried,
} from "../../model/selftest.js";

/** The result in one sentence, with the exit code. */
export function selftestSentence(selftest: Selftest): string {
  const { totals, errors, clauses } = selftest;
  const unread = errors.length === 0 ? "" : `, ${counted(errors.length, "error")} while reading`;
  return `${resultOf(totals, clauses)}${unread} (exit ${selftestExitCode(selftest)})`;
}

function resultOf(totals: Tried, clauses: readonly TestedClause[]): string {
  const { tried, noticed, unnoticed, notExercised } = totals;
  if (tried === 0) return "no mutation fits this log: nothing was tried";
  const own = clauses.filter((clause) => clause.tried > 0).length;
  const of = `of ${counted(own, "clause")}, detection rate ${rateOf(totals)}`;
  const result =
    unnoticed === 0
      ? `all ${counted(noticed, "mutation")} were noticed`
      : `${thousands(unnoticed)} of ${counted(tried, "mutation")} stayed unnoticed`;
  const left = notExercised === 0 ? "" : `; ${counted(notExercised, "kind")} of mutations could not be tried`;
  return `${result}, ${of}${left}`;
}

/** Never 100% if one mutation stayed unnoticed. */
function rateOf({ tried, noticed }: Tried): string {
  return `${Math.floor((noticed * 100) / tried)}%`;
}

/** Which part of an input was mutated. */
export function inputInWords({ records, upToLine }: MutatedInput): string {
  const all = counted(records, "record");
  return upToLine === undefined
    ? all
    : `mutations were made in the first ${all}, up to line ${thousands(upToLine)}; the rest was not read`;
}

/** What was not tried of one clause: each reason once, with the mutations that it holds for. */
export function notExercisedIn({
  mutations,
}: TestedClause): readonly (readonly [reason: string, names: string])[] {
  const byReason = new Map<string, string[]>();
  for (const { name, notExercised } of mutations) {
    if (notExercised === undefined) continue;
    const names = byReason.get(notExercised) ?? [];
    byReason.set(notExercised, names);
    names.push(name);
  }
  return [...byReason].map(([reason, names]) => [reason, names.join("; ")] as const);
}

/** The mutations that the check did not notice. */
export function* unnoticedIn(
  clauses: readonly TestedClause[],
): Generator<{ readonly clause: TestedClause; readonly name: string; readonly place: string }> {
  for (const clause of clauses)
    for (const { name, places } of clause.mutations)
      for (const { path, line, pointer, isNoticed } of places)
        if (!isNoticed) yield { clause, name, place: `${path}:${line} ${pointer}`.trimEnd() };
}
