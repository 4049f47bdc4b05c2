import { parsedJson } from "../model/parsed-json.js";
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
  const value = parsedJson(text);
  if (value === undefined) throw new ReportError("this is no report of mplp-check: it is not JSON");
  const { Ajv } = await import("ajv");
  const schema = packageText("schemas/report.schema.json");
  const validate = new Ajv().compile(JSON.parse(schema) as object);
  if (validate(value)) return value as unknown as ShownReport;
  const [error] = validate.errors ?? [];
  throw new ReportError(
    `this is no report of mplp-check: ${error?.instancePath || "it"} ${error?.message ?? ""}`,
  );
}
