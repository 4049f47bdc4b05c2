import type { SchemaFacts } from "./fields/field-facts.js";
import type { ProtocolFile, SchemaName, Validator } from "./schemas/schemas.js";

/** What scripts/bundle-protocol.mjs makes of the bundled schemas and invariants, so that no run has to. */
export const VALIDATORS: Readonly<Record<SchemaName, Validator>>;
export const FACTS: Readonly<Record<SchemaName, SchemaFacts>>;
export const INVARIANTS: readonly ProtocolFile[];
export const DIGEST: string;
