import type { Finding } from "../../model/finding.js";
import type { Report } from "../../model/report.js";
import { anchor } from "./markup.js";

/** A finding with its number in the report, from 1, and the id of its element. */
export interface Named {
  readonly number: number;
  readonly id: string;
}

const KNOWN = new WeakMap<Report, ReadonlyMap<Finding, Named>>();

/**
 * The ids of the findings of a report. They are made of fingerprints, so a link leads to the same finding in the page of
 * a later run; of several findings with one fingerprint, the later ones have a number after it.
 */
export function namesOf(report: Report): ReadonlyMap<Finding, Named> {
  const known = KNOWN.get(report) ?? named(report);
  KNOWN.set(report, known);
  return known;
}

function named({ findings }: Report): ReadonlyMap<Finding, Named> {
  const taken = new Map<string, number>();
  return new Map(
    findings.map((finding, index) => {
      const id = anchor("finding", finding.fingerprint);
      const turn = (taken.get(id) ?? 0) + 1;
      taken.set(id, turn);
      return [finding, { number: index + 1, id: turn === 1 ? id : `${id}.${turn}` }];
    }),
  );
}
