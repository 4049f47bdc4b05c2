import type { PropertyBag, Result, Suppression } from "sarif";
import { printable } from "../../model/printable.js";
import type { Report } from "../../model/report.js";
import type { Waiver } from "../../model/waiver.js";
import type { ListedFinding } from "../shared/listed.js";
import { wordingOf } from "../shared/wording.js";
import { SARIF_LEVELS, taxaOf } from "./clauses.js";
import { locationOf } from "./locations.js";
import { message } from "./messages.js";

/** GitHub keeps no more locations of a result. */
const MOST_RELATED = 100;

/** The result for one place of a finding. The occurrenceCounts of a finding's results add up to its count. */
export function resultOf(listed: ListedFinding, report: Report): Result {
  const { finding, location, related, ordinal, unlisted } = listed;
  const { rule, level, fingerprint, waiver } = finding;
  const ruleIndex = report.rules.findIndex(({ id }) => id === rule);
  const shown = related.slice(0, MOST_RELATED);
  return {
    ruleId: rule,
    ...(ruleIndex >= 0 && { ruleIndex }),
    kind: "fail",
    level: SARIF_LEVELS[level],
    message: message(wordingOf(listed)),
    locations: [locationOf(location)],
    ...(shown.length > 0 && { relatedLocations: shown.map((other, id) => ({ id, ...locationOf(other) })) }),
    ...(unlisted > 0 && { occurrenceCount: unlisted + 1 }),
    partialFingerprints: {
      "mplp-check/finding/v1": fingerprint,
      // GitHub identifies alerts by it. Its default, a hash of the line, would change with every run of a
      // runtime.
      primaryLocationLineHash: `${fingerprint}:${ordinal}`,
    },
    taxa: taxaOf(finding.clauses, report),
    suppressions: waiver === undefined ? [] : [suppressionOf(waiver)],
    properties: propertiesOf(listed, related.length - shown.length),
  };
}

function suppressionOf({ source, reason, owner, expires, place }: Waiver): Suppression {
  return {
    kind: "external",
    status: "accepted",
    justification: printable(reason),
    properties: {
      source: printable(source),
      ...(owner !== undefined && { owner: printable(owner) }),
      ...(expires !== undefined && { expires: printable(expires) }),
      ...(place !== undefined && { place: printable(place) }),
    },
  };
}

function propertiesOf({ finding, location }: ListedFinding, moreRelated: number): PropertyBag {
  const { level, ownLevel, count } = finding;
  return {
    level,
    ...(ownLevel !== undefined && { ownLevel }),
    count,
    ...(location.absent === true && { absent: true }),
    ...(moreRelated > 0 && { relatedNotListed: moreRelated }),
  };
}
