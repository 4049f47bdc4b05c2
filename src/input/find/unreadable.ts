import type { NotRead } from "../../model/report.js";
import { reasonOf } from "../open/reasons.js";

/** A file or folder with unknown content. */
export function unreadable(path: string, error: unknown): NotRead {
  const isDenied = reasonOf(error) === "permission denied";
  return { path, reason: isDenied ? "permission denied" : "cannot be read", mayHoldEvidence: true };
}
