import type { ForcedKind } from "../run/blocks/block-reader.js";
import type { CheckOptions } from "../run/check-options.js";
import { inputAt, inputsIn } from "../run/inputs.js";

/** An input that records may be taken from. */
export interface Source {
  readonly path: string;
  /** Its number among the inputs. */
  readonly number: number;
  /** The kind that its records are read as, if a caller has said so. */
  readonly kind: ForcedKind | undefined;
  /** The data of a document, on one line of JSON. */
  readonly text?: string;
}

/** The inputs of a check. */
export interface Sources {
  readonly logs: readonly Source[];
  /** Documents that have no records: they are evidence as a whole. */
  readonly documents: readonly string[];
}

export async function sourcesOf(paths: readonly string[], options: CheckOptions): Promise<Sources> {
  const { kinds } = options;
  const found = await inputsIn(paths, options);
  const logs: Source[] = [];
  const documents: string[] = [];
  for (const [number, path] of found.files.entries()) {
    const { kind, document } = await inputAt(path, found, kinds);
    if (document === undefined) logs.push({ path, number, kind });
    else if (kind === "mapping" || document.record.document?.isReadable === false) documents.push(path);
    else logs.push({ path, number, kind, text: JSON.stringify(document.record.value) });
  }
  return { logs, documents };
}
