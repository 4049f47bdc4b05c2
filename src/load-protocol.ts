import { DIGEST, FACTS, INVARIANTS, VALIDATORS } from "#bundled-protocol";
import { readInvariants, readSchemas } from "./input/protocol-files.js";
import { digestOf } from "./spec/digest.js";
import { compileProtocol, type Protocol } from "./spec/protocol.js";
import { type CompiledSchemas, compiledSchema, ofEachSchema } from "./spec/schemas.js";

/** The protocol of a run, with the digest of what it was made of. */
export interface LoadedProtocol {
  readonly protocol: Protocol;
  readonly digest: string;
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
  };
  return bundled;
}

async function protocolOf({ schemas, invariants, extraInvariants = [] }: ProtocolOptions) {
  const files = {
    schemas: await readSchemas(schemas),
    invariants: await readInvariants(invariants),
    ownInvariants: await readInvariants(extraInvariants),
  };
  const compiled = schemas === undefined ? bundledSchemas() : await compiledSchemas(files.schemas);
  return { protocol: compileProtocol({ ...files, schemas: compiled }), digest: digestOf(files) };
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
async function compiledSchemas(files: Parameters<typeof digestOf>[0]["schemas"]): Promise<CompiledSchemas> {
  const { compileSchemas } = await import("./spec/compile-schemas.js");
  return compileSchemas(files);
}
