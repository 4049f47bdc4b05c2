import { parsedJson } from "../model/parsed-json.js";
import { type IntegrationKind, isJsonObject } from "../model/subject.js";
import { recognise } from "../recognise/recognise.js";
import { type Inlet, pathFor } from "./routes.js";

const MOST = 10;

/** Says which records were posted to the path of another kind. That changes nothing of how they are judged. */
export function warningsAbout(lines: readonly Buffer[], { kind, isExport }: Inlet, first: number): string[] {
  const warnings: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (warnings.length >= MOST) break;
    const warning = isExport === true ? aboutExport(line) : kind && aboutKind(line, kind);
    if (warning) warnings.push(`line ${first + index} ${warning}`);
  }
  return warnings;
}

function aboutExport(line: Buffer): string | undefined {
  const value = parsedJson(line.toString("utf8"));
  if (!isJsonObject(value) || value.resourceLogs !== undefined) return undefined;
  return `holds no resourceLogs: post plain events to ${pathFor(undefined)}`;
}

function aboutKind(line: Buffer, wanted: IntegrationKind): string | undefined {
  const value = parsedJson(line.toString("utf8"));
  if (!isJsonObject(value)) return undefined;
  const subject = recognise(value);
  const kind = "integration" in subject ? subject.integration?.kind : undefined;
  if (kind === wanted || subject.kind === "unrecognised") return undefined;
  return `is ${kind === undefined ? `no ${wanted}` : `a ${kind}`}: post it to ${pathFor(kind)}`;
}
