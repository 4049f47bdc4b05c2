import { renamesIn, vocabularyOf } from "../../model/spelling.js";
import type { JsonObject, Rename } from "../../model/subject.js";
import { holds } from "./held.js";

/** The members that samples alone have. */
const OWN = ["sample_id", "sample_family"] as const;
const WORDS = vocabularyOf([...OWN, "created_at", "input", "output"]);

/** The members of a learning sample that a record has in another spelling. */
export function sampleRenamesIn(value: JsonObject): readonly Rename[] {
  return renamesIn(value, WORDS);
}

/** True if a record that is no sample means to be one, in another spelling, or holds some. */
export function isSampleMiss(value: JsonObject): boolean {
  const renames = sampleRenamesIn(value);
  return OWN.every((own) => renames.some(({ field }) => field === own)) || holdsSample(value);
}

/** True if a member of a record is a learning sample, or a list of some. */
export function holdsSample(value: JsonObject): boolean {
  return holds(value, (part) => OWN.every((own) => part[own] !== undefined));
}
