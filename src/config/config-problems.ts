import { Ajv, type ValidateFunction } from "ajv";
import { isDay } from "../model/day.js";
import { globMatcher } from "../model/glob.js";
import { GlobError } from "../model/glob-braces.js";
import { nearest } from "../model/nearest.js";
import { isPlaceholder } from "../model/placeholder.js";
import { isJsonObject } from "../model/subject.js";
import { packageText } from "../package/package-file.js";
import { type ConfigFile, GIVEN_DIGEST, type LevelSettings, type WaiverEntry } from "./config-file.js";
import { type ConfigProblem, didYouMean } from "./config-problem.js";
import { complaintOf } from "./schema-complaints.js";

/** The ids that a configuration may name; any other id is misspelled. */
export interface KnownIds {
  readonly clauses: readonly string[];
  readonly rules: readonly string[];
  /** Rules that judge a MUST clause; the specification sets their levels. */
  readonly normative: ReadonlySet<string>;
}

/** All mistakes in the data of a configuration. */
export async function complaintsAbout(values: unknown, known: KnownIds): Promise<readonly ConfigProblem[]> {
  validator ??= compiledValidator();
  const validate = validator;
  if (validate(values)) return isJsonObject(values) ? ownComplaints(values, known) : [];
  const errors = validate.errors ?? [];
  const telling = errors.filter(
    ({ schemaPath }) => !schemaPath.includes("/anyOf/") && !ABOUT_IDS.test(schemaPath),
  );
  if (telling.length > 0) return uniqueComplaints(telling.map(complaintOf));
  return ownComplaints(values as ConfigFile, known);
}

/** Compiled once: a library may load many configurations. */
let validator: ValidateFunction | undefined;

function compiledValidator(): ValidateFunction {
  const schema = packageText("schemas/config.schema.json");
  const ajv = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true, strictRequired: false });
  return ajv.compile(JSON.parse(schema) as object);
}

/** The schema enumerates ids for editors; for unknown ids, `idComplaints` gives better messages. */
const ABOUT_IDS = /\/definitions\/(?:rule|clause|adjustable-rule)\/|\/(?:propertyNames|clause\/anyOf)$/;

function uniqueComplaints(complaints: readonly ConfigProblem[]): readonly ConfigProblem[] {
  return [...new Map(complaints.map((each) => [`${each.pointer} ${each.message}`, each])).values()];
}

/** Mistakes that a schema cannot express. */
function ownComplaints(values: ConfigFile, known: KnownIds): ConfigProblem[] {
  return [
    ...idComplaints(values, known),
    ...globComplaints(values),
    ...(values.waivers ?? []).flatMap(emptyWords),
    ...(values["known-dummies"] ?? []).flatMap(digestComplaints),
  ];
}

/** A digest that is cut off would be taken for a secret, and nothing would ever match it. */
function digestComplaints(entry: string, index: number): ConfigProblem[] {
  if (!/^sha256:/i.test(entry) || GIVEN_DIGEST.test(entry)) return [];
  const message = "a digest has 64 hexadecimal digits after sha256:";
  return [{ pointer: `/known-dummies/${index}`, message }];
}

/** Unusable patterns. */
function globComplaints({ overrides = [], waivers = [] }: ConfigFile): ConfigProblem[] {
  return [
    ...overrides.flatMap(({ paths }, index) => refusals(`/overrides/${index}/paths`, paths)),
    ...waivers.flatMap(({ path = [], pointer = [] }, index) => [
      ...refusals(`/waivers/${index}/path`, path),
      ...refusals(`/waivers/${index}/pointer`, pointer),
    ]),
  ];
}

function refusals(pointer: string, patterns: string | readonly string[]): ConfigProblem[] {
  if (typeof patterns !== "string")
    return patterns.flatMap((pattern, index) => refusals(`${pointer}/${index}`, pattern));
  const message = refusalOf(patterns);
  return message === undefined ? [] : [{ pointer, message }];
}

function refusalOf(pattern: string): string | undefined {
  try {
    globMatcher([pattern]);
    return undefined;
  } catch (error) {
    if (error instanceof GlobError) return error.message;
    throw error;
  }
}

/** Blank reasons and owners, and impossible dates. */
function emptyWords({ reason, owner, expires }: WaiverEntry, index: number): ConfigProblem[] {
  const at = `/waivers/${index}`;
  return [
    ...(isPlaceholder(reason)
      ? [{ pointer: `${at}/reason`, message: "not a reason: say why the finding may wait" }]
      : []),
    ...(isPlaceholder(owner)
      ? [{ pointer: `${at}/owner`, message: "not an owner: say who is responsible" }]
      : []),
    ...(isDay(expires) ? [] : [{ pointer: `${at}/expires`, message: "there is no such day" }]),
  ];
}

/** Unknown ids of rules and clauses, and levels that a project cannot change. */
function idComplaints(values: ConfigFile, known: KnownIds): ConfigProblem[] {
  const { rules = {}, overrides = [], waivers = [] } = values;
  return [
    ...levelComplaints(rules, "/rules", known),
    ...overrides.flatMap((each, index) => levelComplaints(each.rules, `/overrides/${index}/rules`, known)),
    ...waivers.flatMap(({ rule, clause }, index) => [
      ...(rule === undefined ? [] : unknownId(rule, known.rules, `/waivers/${index}/rule`, "rule")),
      ...clauseComplaints(clause, `/waivers/${index}/clause`, known),
    ]),
  ];
}

function levelComplaints(levels: LevelSettings, pointer: string, known: KnownIds): ConfigProblem[] {
  return Object.keys(levels).flatMap((rule) => {
    const at = `${pointer}/${rule}`;
    if (!known.normative.has(rule)) return unknownId(rule, known.rules, at, "rule");
    return [
      { pointer: at, message: `${rule} judges a MUST clause, so its level is fixed: write a waiver instead` },
    ];
  });
}

/** The command that lists the known ids. */
const LISTS: Readonly<Record<string, string>> = { rule: "rules", clause: "--list-clauses" };

function clauseComplaints(clause: unknown, pointer: string, { clauses }: KnownIds): ConfigProblem[] {
  if (clause === undefined) return [];
  const ids: readonly unknown[] = [clause].flat();
  if (ids.length === 0) return [{ pointer, message: "a waiver needs a rule or a clause" }];
  return ids.flatMap((id) => unknownId(id, clauses, pointer, "clause"));
}

function unknownId(id: unknown, ids: readonly string[], pointer: string, what: string): ConfigProblem[] {
  const text = String(id);
  if (ids.includes(text)) return [];
  const meant = nearest(text, ids);
  const advice = meant === undefined ? `; mplp-check ${LISTS[what]} lists them` : didYouMean(meant);
  return [{ pointer, message: `this ${what} does not exist${advice}` }];
}
