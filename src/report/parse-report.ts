import type { ValidateFunction } from "ajv";
import { refuseUnlessText } from "../model/arguments.js";
import { parsedJson, withoutMark } from "../model/parsed-json.js";
import type { ShownReport } from "../model/shown.js";
import { tallyOf } from "../model/tally.js";
import { packageText } from "../package/package-file.js";

/** Thrown if a text is not a report of this version. */
export class ReportError extends Error {}

/**
 * Reads a report that was written with `-f json`. The text is not trusted.
 *
 * @throws ReportError if it is not a report, or contradicts itself
 */
export async function parseReport(text: string): Promise<ShownReport> {
  refuseUnlessText("text", text);
  const value = parsedJson(withoutMark(text));
  if (value === undefined) {
    const advice = text.startsWith("\u001f") ? ", but compressed: decompress it first" : "";
    throw new ReportError(`this is no report of mplp-check: it is not JSON${advice}`);
  }
  validator ??= compiledValidator();
  const validate = await validator;
  if (validate(value)) return consistent(value as unknown as ShownReport);
  const [error] = validate.errors ?? [];
  throw new ReportError(
    `this is no report of mplp-check: ${error?.instancePath || "it"} ${error?.message ?? ""}`,
  );
}

/** The report, unless its verdict hides what its clauses or findings say. */
function consistent(report: ShownReport): ShownReport {
  const { verdict, clauses } = report;
  const violated = clauses.find(({ level, status }) => level === "MUST" && status === "violated");
  if (verdict === "nonconformant" || (violated === undefined && !breaksMust(report))) return report;
  const reason = violated === undefined ? "a MUST finding" : `clause ${violated.id}, which is violated`;
  throw new ReportError(`the report contradicts itself: its verdict, ${verdict}, leaves out ${reason}`);
}

/** True if a finding breaks a MUST and no waiver covers it. */
function breaksMust({ findings, summary }: ShownReport): boolean {
  return summary.byLevel.MUST > 0 || tallyOf(findings, ["MUST"]).defects > 0;
}

/** Compiled once: a trend may read thousands of reports. */
let validator: Promise<ValidateFunction> | undefined;

async function compiledValidator(): Promise<ValidateFunction> {
  const { Ajv } = await import("ajv");
  return new Ajv().compile(JSON.parse(packageText("schemas/report.schema.json")) as object);
}
