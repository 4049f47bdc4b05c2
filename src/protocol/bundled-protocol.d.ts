import type { SchemaFacts } from "./fields/field-facts.js";
import type { ProtocolFile, SchemaName, Validator } from "./schemas/schemas.js";

/**
 * Output of scripts/bundle-protocol.mjs: the bundled schemas and invariants, compiled ahead so that runs need not.
 */
export const VALIDATORS: Readonly<Record<SchemaName, Validator>>;
export const FACTS: Readonly<Record<SchemaName, SchemaFacts>>;
export const INVARIANTS: readonly ProtocolFile[];
export const DIGEST: string;
