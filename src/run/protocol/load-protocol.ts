import { DIGEST, FACTS, INVARIANTS, VALIDATORS } from "#bundled-protocol";
import type { ProtocolSource } from "../../model/report.js";
import { likenessBy } from "../../protocol/likeness.js";
import { compileProtocol, type Protocol } from "../../protocol/protocol.js";
import { invariantsDigest, protocolDigest, schemasDigest } from "../../protocol/schemas/digest.js";
import { OFFICIAL_INVARIANTS, OFFICIAL_SCHEMAS } from "../../protocol/schemas/official.js";
import {
  type CompiledSchemas,
  compiledSchema,
  ofEachSchema,
  type ProtocolFile,
} from "../../protocol/schemas/schemas.js";
import { readInvariants, readSchemas } from "./protocol-files.js";

/** The protocol of a run, with the digest of its files. */
export interface LoadedProtocol {
  readonly protocol: Protocol;
  readonly digest: string;
  /** The origin of schemas and invariants. Extra invariants are not considered, since they change no verdict. */
  readonly source: ProtocolSource;
  /** The paths that replace the bundled files; empty if there are none. */
  readonly paths: readonly string[];
}

/** Protocol files that replace or extend the bundled ones. */
export interface ProtocolOptions {
  /** A folder laid out like the official schemas/v2. Default: the bundled schemas. */
  readonly schemas?: string;
  /** Invariant files, or folders of them. Default: the bundled ones. */
  readonly invariants?: readonly string[];
  /** The project's own invariants: a violation is a note and never changes the verdict. */
  readonly extraInvariants?: readonly string[];
}

let bundled: LoadedProtocol | undefined;

/**
 * Loads the protocol of a run.
 *
 * @throws UnreadableFile, ProtocolError if a named file cannot be used
 */
export async function loadProtocol(options: ProtocolOptions): Promise<LoadedProtocol> {
  const { schemas, invariants, extraInvariants } = options;
  if (schemas !== undefined || invariants !== undefined || extraInvariants !== undefined)
    return protocolOf(options);
  bundled ??= {
    protocol: compileProtocol({
      schemas: bundledSchemas(),
      invariants: INVARIANTS,
      likeness: likenessBy(FACTS),
    }),
    digest: DIGEST,
    source: "bundled",
    paths: [],
  };
  return bundled;
}

async function protocolOf(options: ProtocolOptions): Promise<LoadedProtocol> {
  const { schemas, invariants, extraInvariants = [] } = options;
  const files = {
    schemas: await readSchemas(schemas),
    invariants: await readInvariants(invariants),
    ownInvariants: await readInvariants(extraInvariants),
  };
  const compiled = schemas === undefined ? bundledSchemas() : await compiledSchemas(files.schemas);
  const sources = [
    sourceOf(schemasDigest, files.schemas, await readSchemas(), OFFICIAL_SCHEMAS),
    sourceOf(invariantsDigest, files.invariants, await readInvariants(), OFFICIAL_INVARIANTS),
  ];
  return {
    protocol: compileProtocol({ ...files, schemas: compiled }),
    digest: protocolDigest(files),
    source: SOURCES.find((source) => sources.includes(source)) ?? "bundled",
    paths: [...(schemas === undefined ? [] : [schemas]), ...(invariants ?? [])],
  };
}

/** Schemas and invariants may differ in origin. The one further from the bundled files, first here, counts for both. */
const SOURCES: readonly ProtocolSource[] = ["given", "official"];

function sourceOf(
  digest: (files: readonly ProtocolFile[]) => string,
  used: readonly ProtocolFile[],
  own: readonly ProtocolFile[],
  official: string,
): ProtocolSource {
  const found = digest(used);
  if (found === digest(own)) return "bundled";
  return found === official ? "official" : "given";
}

/** The bundled schemas, compiled when the package was built. */
export function bundledSchemas(): CompiledSchemas {
  return ofEachSchema((name) => compiledSchema(VALIDATORS[name], FACTS[name]));
}

/** A small log is checked faster than the compiler loads, so only `--schemas` loads it. */
async function compiledSchemas(
  files: Parameters<typeof protocolDigest>[0]["schemas"],
): Promise<CompiledSchemas> {
  const { compileSchemas } = await import("../../protocol/schemas/compile-schemas.js");
  return compileSchemas(files);
}
