import type { Verdict } from "../../model/report.js";

/** The names of the verdicts on the page. */
export const VERDICTS: Readonly<Record<Verdict, string>> = {
  nonconformant: "Nonconformant",
  inconclusive: "Inconclusive",
  "no-violations-found": "No violations found",
  "no-violations-found-with-waivers": "No violations found, with waivers",
  conformant: "Conformant",
  "conformant-with-waivers": "Conformant, with waivers",
};

/** The document of a clause's source, which reads "document section, heading". */
export function documentOf(source: string): string {
  return /^(.*?) [\d.]+, /.exec(source)?.[1] ?? source;
}
