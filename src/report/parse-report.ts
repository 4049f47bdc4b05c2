import type { ValidateFunction } from "ajv";
import { parsedJson, withoutMark } from "../model/parsed-json.js";
import type { ShownReport } from "../model/shown.js";
import { packageText } from "../package/package-file.js";

/** Thrown if a text is not a report of this version. */
export class ReportError extends Error {}

/**
 * Reads a report that was written with `-f json`. The text is not trusted.
 *
 * @throws ReportError if it is not a report
 */
export async function parseReport(text: string): Promise<ShownReport> {
  const value = parsedJson(withoutMark(text));
  if (value === undefined) throw new ReportError("this is no report of mplp-check: it is not JSON");
  validator ??= compiledValidator();
  const validate = await validator;
  if (validate(value)) return value as unknown as ShownReport;
  const [error] = validate.errors ?? [];
  throw new ReportError(
    `this is no report of mplp-check: ${error?.instancePath || "it"} ${error?.message ?? ""}`,
  );
}

/** Compiled once: a trend may read thousands of reports. */
let validator: Promise<ValidateFunction> | undefined;

async function compiledValidator(): Promise<ValidateFunction> {
  const { Ajv } = await import("ajv");
  return new Ajv().compile(JSON.parse(packageText("schemas/report.schema.json")) as object);
}
