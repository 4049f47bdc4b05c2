import { DIGEST, FACTS, INVARIANTS, VALIDATORS } from "#bundled-protocol";
import type { ProtocolSource } from "../../model/report.js";
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

/** The protocol of a run, with the digest of what it was made of. */
export interface LoadedProtocol {
  readonly protocol: Protocol;
  readonly digest: string;
  /** Where the schemas and invariants come from; what is asked for besides them changes no verdict. */
  readonly source: ProtocolSource;
  /** The paths that were given in place of the bundled files; empty where none were. */
  readonly paths: readonly string[];
}

/** Protocol files besides the bundled ones, or in their place. */
export interface ProtocolOptions {
  /** A folder laid out like the official schemas/v2. Default: the bundled schemas. */
  readonly schemas?: string;
  /** Invariant files, or folders of them. Default: the bundled ones. */
  readonly invariants?: readonly string[];
  /** Invariants of one's own, besides: what they ask for is reported as notes and never changes the verdict. */
  readonly extraInvariants?: readonly string[];
}

let bundled: LoadedProtocol | undefined;

/**
 * The protocol that a run goes by.
 *
 * @throws UnreadableFile, ProtocolError where files that are named cannot be used
 */
export async function loadProtocol(options: ProtocolOptions): Promise<LoadedProtocol> {
  const { schemas, invariants, extraInvariants } = options;
  if (schemas !== undefined || invariants !== undefined || extraInvariants !== undefined)
    return protocolOf(options);
  bundled ??= {
    protocol: compileProtocol({
      schemas: bundledSchemas(),
      invariants: INVARIANTS,
      judgedMembers: eventMembers(),
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

/** Of two parts of a protocol the one that is further from the bundled one says what the whole is. */
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

/** The members that the bundled schemas of events speak of, which are those of the invariants too. */
function eventMembers(): readonly string[] {
  const { core, graph_update, pipeline_stage, runtime_execution } = FACTS;
  const all = [core, graph_update, pipeline_stage, runtime_execution].flatMap((facts) => Object.keys(facts));
  return [...new Set(all)];
}

/** The bundled schemas, compiled when the package was built. */
export function bundledSchemas(): CompiledSchemas {
  return ofEachSchema((name) => compiledSchema(VALIDATORS[name], FACTS[name]));
}

/** The compiler takes longer to load than a small log takes to check. */
async function compiledSchemas(
  files: Parameters<typeof protocolDigest>[0]["schemas"],
): Promise<CompiledSchemas> {
  const { compileSchemas } = await import("../../protocol/schemas/compile-schemas.js");
  return compileSchemas(files);
}
