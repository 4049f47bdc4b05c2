import { resolve } from "node:path";
import { verifyPack } from "../input/find/evidence-pack.js";
import type { InputProblem } from "../input/find/problem.js";
import type { MutatedInput, Selftest } from "../model/selftest.js";
import type { Shown } from "../model/shown.js";
import { Discreet } from "../privacy/discreet.js";
import { HIDES_SECRETS } from "../privacy/discretion.js";
import { isProtocolVersion } from "../protocol/clauses/documents.js";
import { refuseArguments } from "../run/arguments.js";
import { type FoundInputs, inputName, inputsIn } from "../run/inputs.js";
import { type ReadExcerpt, type ReadInput, readExcerpt } from "./read-excerpt.js";
import { DEFAULT_RECORDS, SELFTEST_SHAPES, type SelftestOptions } from "./selftest-options.js";
import { sumOf, testClauses } from "./test-clauses.js";
import { Trials } from "./trials.js";

/**
 * Mutates a user's own inputs in ways that each break a known clause, checks the mutated inputs, and reports which
 * mutations the check notices. Nothing is written. Large logs are mutated in their beginning only.
 *
 * A mutation is noticed if the check has a finding more than for the originals: one that cites the clause, at the
 * level at which the mutation breaks it. Waivers and baselines do not apply.
 *
 * @returns the result; the same inputs and options always give the same one
 * @throws ArgumentError if the arguments are not what their types say
 * @throws UnreadableFile, ProtocolError if `schemas` or `invariants` cannot be used
 * @throws the reason of `signal` once it is aborted
 */
export async function selftest(
  paths: readonly string[],
  options: SelftestOptions = {},
): Promise<Shown<Selftest>> {
  refuseArguments(paths, options, SELFTEST_SHAPES);
  const found = await inputsIn(paths, options);
  const read = await readExcerpt(found, options.records ?? DEFAULT_RECORDS, options);
  const problems = [...found.problems, ...(await problemsOfPacks(found)), ...problemsIn(read)];
  const { records: _records, places: _places, onMutation: _told, ...checking } = options;
  const trials = await Trials.begin({ paths, found: { ...found, problems }, read, options: checking });
  const clauses = await testClauses(read.excerpt, trials, options);
  return new Discreet(HIDES_SECRETS).selftest({
    inputs: [...read.inputs].map(([path, input]) => mutatedInput(inputName(path, options), input)),
    claims: options.claims ?? [],
    complete: options.complete === true,
    totals: sumOf(clauses),
    clauses,
    errors: trials.original.errors,
  });
}

/** Packs are verified once, not in every run. */
async function problemsOfPacks({ packs, files }: FoundInputs): Promise<readonly InputProblem[]> {
  const problems: InputProblem[] = [];
  for (const folder of packs)
    problems.push(
      ...(await verifyPack(folder, new Set(files.map((path) => resolve(path))), isProtocolVersion)).errors,
    );
  return problems;
}

function problemsIn({ inputs }: ReadExcerpt): readonly InputProblem[] {
  return [...inputs].flatMap(([path, { problem }]) =>
    problem === undefined ? [] : [{ path, message: problem }],
  );
}

function mutatedInput(path: string, { records, isCut }: ReadInput): MutatedInput {
  const last = records.at(-1);
  return { path, records: records.length, ...(isCut && last !== undefined && { upToLine: last.line }) };
}
