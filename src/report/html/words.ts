import type { Verdict } from "../../model/report.js";

/** What a verdict is called on the page, and the colour and icon it has there. */
interface VerdictWords {
  readonly title: string;
  readonly tone: "good" | "open" | "bad";
}

export const VERDICTS: Readonly<Record<Verdict, VerdictWords>> = {
  nonconformant: { title: "Nonconformant", tone: "bad" },
  inconclusive: { title: "Inconclusive", tone: "open" },
  "no-violations-found": { title: "No violations found", tone: "good" },
  "no-violations-found-with-waivers": { title: "No violations found, with waivers", tone: "good" },
  conformant: { title: "Conformant", tone: "good" },
  "conformant-with-waivers": { title: "Conformant, with waivers", tone: "good" },
};

/** The document of a clause's source, which reads "document section, heading". */
export function documentOf(source: string): string {
  return /^(.*?) [\d.]+, /.exec(source)?.[1] ?? source;
}
