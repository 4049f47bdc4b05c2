import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { parseReport, type Report, ReportError, STDIN, whyNotRead } from "../index.js";
import type { Streams } from "./streams.js";
import { UsageError } from "./usage-error.js";

/** Reads a report that was written with `-f json`. @throws UsageError where the file is no report */
export async function readReport(file: string, { stdin }: Pick<Streams, "stdin">): Promise<Report> {
  const run = await (file === STDIN ? text(stdin) : readFile(file, "utf8")).catch(async (error: unknown) => {
    throw new UsageError(`${file}: ${await whyNotRead(file, error)}`);
  });
  try {
    return await parseReport(run);
  } catch (error) {
    if (error instanceof ReportError) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  }
}
