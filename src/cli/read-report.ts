import { createHash } from "node:crypto";
import {
  collected,
  parseReport,
  type Report,
  ReportError,
  readBounded,
  STDIN,
  whyNotRead,
} from "../index.js";
import type { Streams } from "./streams.js";
import { UsageError } from "./usage-error.js";

/** A report with the SHA-256 of its file, in hexadecimal digits. */
interface ReportFile {
  readonly report: Report;
  readonly sha256: string;
}

/** A report lists few places of each finding, and its text is held in memory. */
const MOST_BYTES = 256e6;

/** Reads a report that was written with `-f json`. @throws UsageError where the file is no report */
export async function readReport(file: string, streams: Pick<Streams, "stdin">): Promise<Report> {
  return (await readReportFile(file, streams)).report;
}

/** The same, for whoever names the file. @throws UsageError where the file is no report */
export async function readReportFile(file: string, { stdin }: Pick<Streams, "stdin">): Promise<ReportFile> {
  const reading = file === STDIN ? collected(stdin, MOST_BYTES) : readBounded(file, MOST_BYTES);
  const bytes = await reading.catch(async (error: unknown) => {
    throw new UsageError(`${file}: ${await whyNotRead(file, error)}`);
  });
  try {
    const report = await parseReport(bytes.toString("utf8"));
    return { report, sha256: createHash("sha256").update(bytes).digest("hex") };
  } catch (error) {
    if (error instanceof ReportError) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  }
}
