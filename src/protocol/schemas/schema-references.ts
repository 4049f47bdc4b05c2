import { isJsonObject, type JsonObject } from "../../model/subject.js";
import type { ProtocolFile } from "./schemas.js";
import { type Subschema, subschemasOf, uriOf } from "./subschemas.js";

/** Base URI of files without an $id; never fetched. */
const HERE = "schemas://given/";

/** Follows references between schemas in several files. */
export class SchemaReferences {
  readonly #byUri = new Map<string, JsonObject>();
  readonly #places = new Map<unknown, { readonly base: string; readonly path: string }>();

  constructor(files: readonly ProtocolFile[]) {
    for (const { content, name, path } of files)
      this.#add(subschemasOf(content, uriOf(name, HERE) ?? HERE), path);
  }

  /** The path of the file that contains a schema. */
  pathOf(schema: unknown): string {
    return this.#places.get(schema)?.path ?? "";
  }

  /** A schema in a file or behind a reference, with all schemas in it. */
  within(schema: unknown): JsonObject[] {
    const base = this.#places.get(schema)?.base;
    return base === undefined ? [] : subschemasOf(schema, base).map((inner) => inner.schema);
  }

  /** The target of a schema's reference; undefined if there is no reference, or its target is missing. */
  of(schema: JsonObject): JsonObject | undefined {
    const place = this.#places.get(schema);
    const uri = place === undefined ? undefined : uriOf(schema.$ref, place.base);
    if (uri === undefined) return undefined;
    const [file = "", fragment = ""] = uri.split("#");
    const root = this.#byUri.get(file);
    if (!fragment.startsWith("/")) return fragment === "" ? root : this.#byUri.get(uri);
    const target = fragment.split("/").slice(1).reduce<unknown>(memberOf, root);
    if (!isJsonObject(target)) return undefined;
    // The target may lie under a keyword that does not hold schemas.
    if (!this.#places.has(target)) this.#add(subschemasOf(target, file), this.pathOf(root));
    return target;
  }

  #add(subschemas: readonly Subschema[], path: string): void {
    for (const { schema, base } of subschemas) {
      this.#places.set(schema, { base, path });
      const uri = uriOf(schema.$id, base)?.replace(/#$/, "");
      if (uri !== undefined) this.#byUri.set(uri, schema);
      // The first schema of a file is its root, with or without an $id.
      if (!this.#byUri.has(base)) this.#byUri.set(base, schema);
    }
  }
}

function memberOf(value: unknown, segment: string): unknown {
  const name = decoded(segment).replaceAll("~1", "/").replaceAll("~0", "~");
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
