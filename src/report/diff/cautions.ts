import { counted } from "../../model/counted.js";
import { partWords } from "../../model/part.js";
import type { Report } from "../../model/report.js";
import { nothingChecked } from "../../model/verdict.js";
import { NOT_ALL_READ } from "../shared/wording.js";

/** Why two reports may differ although the logs do not. */
export function cautionsOn(before: Report, after: Report): readonly string[] {
  return [...differencesOf(before, after), ...gapsOf("earlier", before), ...gapsOf("later", after)];
}

function differencesOf(before: Report, after: Report): readonly string[] {
  const compared = [
    ["versions of mplp-check", before.tool.version, after.tool.version],
    ["clauses, schemas or invariants", before.protocol.digest, after.protocol.digest],
    ["claims", [...before.claims].sort().join(), [...after.claims].sort().join()],
  ] as const;
  return compared
    .filter(([, earlier, later]) => earlier !== later)
    .map(([what]) => `the two runs went by different ${what}`);
}

/** True if a run has checked all that it was given. */
export function hasNoGap(report: Report): boolean {
  return gapsOf("later", report).length === 0;
}

/** If a run has not checked something, its findings can be neither new nor fixed. */
function gapsOf(which: "earlier" | "later", report: Report): readonly string[] {
  const { errors, interrupted, onlyParts } = report;
  const nothing = nothingChecked(report);
  return [
    ...(interrupted === true ? [`interrupted, ${NOT_ALL_READ}`] : []),
    ...(errors.length > 0 ? [`${counted(errors.length, "error")}: it could not check everything`] : []),
    ...(onlyParts === undefined ? [] : [`only ${partWords(onlyParts)} of the log`]),
    ...(nothing === undefined ? [] : [nothing]),
  ].map((gap) => `the ${which} run: ${gap}`);
}
