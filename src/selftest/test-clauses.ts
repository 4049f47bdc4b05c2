import type { TestedClause, Tried, TriedMutation } from "../model/selftest.js";
import { CLAUSES } from "../protocol/clauses/clauses.js";
import type { Excerpt } from "./excerpt.js";
import type { Mutation, Need, Place } from "./mutation.js";
import { MUTATIONS } from "./mutations/index.js";
import { UNTESTABLE } from "./mutations/untestable.js";
import { DEFAULT_PLACES, type SelftestOptions } from "./selftest-options.js";
import type { Trials } from "./trials.js";

/** Tries all mutations, one after another, in the order of the clauses. */
export async function testClauses(
  excerpt: Excerpt,
  trials: Trials,
  options: SelftestOptions,
): Promise<readonly TestedClause[]> {
  const tested: TestedClause[] = [];
  let done = 0;
  for (const { id, title, level } of CLAUSES) {
    const mutations: TriedMutation[] = [];
    for (const mutation of MUTATIONS.filter(({ clause }) => clause === id)) {
      options.onMutation?.({ done: done++, total: MUTATIONS.length, clause: id });
      mutations.push(await tryMutation(mutation, excerpt, trials, options));
    }
    const untestable = UNTESTABLE[id];
    tested.push({
      id,
      title,
      level,
      ...countsOf(mutations),
      ...(untestable !== undefined && { untestable }),
      mutations,
    });
  }
  return tested;
}

async function tryMutation(
  mutation: Mutation,
  excerpt: Excerpt,
  trials: Trials,
  { places: most = DEFAULT_PLACES, ...options }: SelftestOptions,
): Promise<TriedMutation> {
  const { name } = mutation;
  const unmet = unmetNeed(mutation, trials, options);
  if (unmet !== undefined) return { name, notExercised: unmet, places: [] };
  const fitting = [...mutation.places(excerpt)];
  if (fitting.length === 0) return { name, notExercised: `the log has no ${mutation.wants}`, places: [] };
  const clean = fitting.filter((place) => !trials.isBrokenAt(mutation, place));
  if (clean.length === 0) return { name, notExercised: BROKEN, places: [] };
  const places = [];
  for (const place of spread(clean, most)) {
    const { path, line } = place.at;
    places.push({ path, line, pointer: place.pointer, isNoticed: await trials.isNoticed(mutation, place) });
  }
  return { name, places };
}

const BROKEN = "the log breaks the clause already wherever the mutation fits";

/** Of many places the first one, the last one, and others in equal distances between them. */
function spread(places: readonly Place[], most: number): readonly Place[] {
  if (places.length <= most) return places;
  const step = most === 1 ? 0 : (places.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => places[Math.round(index * step)] as Place);
}

/** Why a mutation could break nothing in this run. */
function unmetNeed(
  { needs = [] }: Mutation,
  { isAllRead }: Trials,
  { complete = false, claims = [] }: SelftestOptions,
): string | undefined {
  const isClaimed = claims.includes("runtime");
  const met: Readonly<Record<Need, boolean>> = {
    complete,
    runtime: isClaimed,
    "complete-or-runtime": complete || isClaimed,
    "all-read": isAllRead,
  };
  const unmet = needs.find((need) => !met[need]);
  return unmet === undefined ? undefined : UNMET[unmet];
}

const UNMET: Readonly<Record<Need, string>> = {
  complete: "what is missing is a violation only with --complete",
  runtime: "the clause applies only with --claim runtime",
  "complete-or-runtime": "what is missing is a violation only with --complete or --claim runtime",
  "all-read": "not all could be read or judged, so what is missing may be there",
};

function countsOf(mutations: readonly TriedMutation[]): Tried {
  const places = mutations.flatMap((mutation) => mutation.places);
  const noticed = places.filter(({ isNoticed }) => isNoticed).length;
  const notExercised = mutations.filter((mutation) => mutation.notExercised !== undefined).length;
  return { tried: places.length, noticed, unnoticed: places.length - noticed, notExercised };
}

export function sumOf(clauses: readonly Tried[]): Tried {
  const sum = (name: keyof Tried): number => clauses.reduce((total, clause) => total + clause[name], 0);
  return {
    tried: sum("tried"),
    noticed: sum("noticed"),
    unnoticed: sum("unnoticed"),
    notExercised: sum("notExercised"),
  };
}
