import type { ArtifactLocation, LogicalLocation, PhysicalLocation, Location as SarifLocation } from "sarif";
import type { Location } from "../../model/finding.js";
import { segmentsOf } from "../../model/pointer.js";
import { printable } from "../../model/printable.js";
import { pathUri } from "../shared/paths.js";

/** The base of relative paths, the folder in which the run started. Other tools use the same name. */
export const BASE = "%SRCROOT%";

export function artifactLocation(path: string): ArtifactLocation {
  const uri = pathUri(path);
  return {
    uri,
    ...(!uri.startsWith("file:") && { uriBaseId: BASE }),
    ...(path === "-" && { description: { text: "standard input" } }),
  };
}

/** A place in a file. Regions go to the end of the line: excerpts do not say where a value really ends. */
export function locationOf(location: Location): SarifLocation {
  const { pointer } = location;
  return {
    physicalLocation: { artifactLocation: artifactLocation(location.path), ...regionsOf(location) },
    ...(pointer !== undefined && pointer !== "" && { logicalLocations: [logicalLocation(pointer)] }),
  };
}

function regionsOf({ line, column, excerpt }: Location): Pick<PhysicalLocation, "region" | "contextRegion"> {
  const start = { startLine: line, ...(column !== undefined && { startColumn: column }) };
  if (excerpt === undefined) return { region: start };
  const text = printable(excerpt.text);
  if (excerpt.line > line) return { region: { ...start, endLine: excerpt.line, snippet: { text } } };
  // SARIF requires a context to be larger than its region.
  if (column === undefined || column === 1) return { region: { ...start, snippet: { text } } };
  return {
    region: { ...start, snippet: { text: text.slice(excerpt.start) } },
    contextRegion: { startLine: line, snippet: { text } },
  };
}

function logicalLocation(pointer: string): LogicalLocation {
  return {
    fullyQualifiedName: printable(pointer),
    name: printable(segmentsOf(pointer).at(-1) ?? ""),
    kind: "value",
  };
}
