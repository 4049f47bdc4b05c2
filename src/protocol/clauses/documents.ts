import type { DocumentId } from "../../model/clause.js";

/** The protocol version of all clauses. */
export const PROTOCOL_VERSION = "1.0.0";

/** True if the version, as documents spell it, is that of the protocol. */
export function isProtocolVersion(version: string): boolean {
  return /^\s*(?:mplp\s*)?v?1(?:\.0){0,2}\s*$/i.test(version);
}

/** The documents that contain the clauses, by their printed names. */
export const DOCUMENTS: Readonly<Record<DocumentId, string>> = {
  IN: "RFC 8259",
  PS: "Physical Schemas Reference",
  RG: "Runtime Glue Overview",
  IS: "Integration Spec",
  PROFILE: "Runtime Glue Overview",
};
