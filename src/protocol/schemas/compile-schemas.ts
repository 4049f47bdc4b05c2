import { Ajv, type CodeOptions } from "ajv";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { isJsonObject } from "../../model/subject.js";
import { factsOf, type SchemaFacts } from "../fields/field-facts.js";
import { linearPattern } from "./linear-pattern.js";
import { SCHEMA_FORMATS } from "./schema-formats.js";
import { refuseUnusable } from "./schema-problems.js";
import {
  type CompiledSchemas,
  compiledSchema,
  ofEachSchema,
  ProtocolError,
  type ProtocolFile,
  SCHEMA_FILES,
  type SchemaName,
} from "./schemas.js";

/**
 * Compiles the schemas that a log check needs.
 *
 * @throws ProtocolError if a file is missing, is not a schema, or has a dangling reference
 */
export function compileSchemas(files: readonly ProtocolFile[]): CompiledSchemas {
  const ajv = schemaCompiler(files, { regExp: LINEAR });
  refuseUnusable(files);
  return ofEachSchema((name) => {
    const file = schemaFile(files, name);
    try {
      const validate = ajv.getSchema(schemaId(file));
      if (validate === undefined) throw new Error("not compiled");
      return compiledSchema(validate, schemaFacts(files, name));
    } catch (error) {
      throw new ProtocolError(`${file.path}: ${messageOf(error)}`);
    }
  });
}

/** Schemas may be hostile, so their patterns must run in linear time. */
const LINEAR: NonNullable<CodeOptions["regExp"]> = Object.assign(linearPattern, { code: "linearPattern" });

/**
 * A compiler with some schemas. Its validators collect every error, because a report needs all of them; a conforming
 * object costs nothing extra.
 *
 * @throws ProtocolError if a file is not a schema
 */
export function schemaCompiler(files: readonly ProtocolFile[], code: CodeOptions = {}): Ajv {
  // Strict mode would refuse the annotations of the official files (x-mplp-meta).
  const ajv = new Ajv({
    strict: false,
    // A number beyond the range of doubles is read as infinity, which is neither a number nor an integer.
    strictNumbers: true,
    allErrors: true,
    messages: false,
    // Compile each referenced schema to one function: half the code, at the same speed.
    inlineRefs: false,
    logger: false,
    formats: { ...fullFormats, ...SCHEMA_FORMATS },
    validateFormats: true,
    code,
  });
  for (const file of files) {
    if (!isJsonObject(file.content)) throw new ProtocolError(`${file.path}: not a JSON Schema object`);
    try {
      ajv.addSchema(file.content, schemaId(file));
    } catch (error) {
      throw new ProtocolError(`${file.path}: ${messageOf(error)}`);
    }
  }
  return ajv;
}

/**
 * The file of one of the schemas.
 *
 * @throws ProtocolError if it is missing
 */
function schemaFile(files: readonly ProtocolFile[], name: SchemaName): ProtocolFile {
  const file = files.find((candidate) => candidate.name === SCHEMA_FILES[name]);
  if (file === undefined) throw new ProtocolError(`no file ${SCHEMA_FILES[name]} among the schemas`);
  return file;
}

/** The compiler's key for the schema of a file. */
function schemaId(file: ProtocolFile): string {
  const id = isJsonObject(file.content) ? file.content.$id : undefined;
  return typeof id === "string" ? id : file.name;
}

/**
 * The guarantees of a schema.
 *
 * @throws ProtocolError if it is missing
 */
export function schemaFacts(files: readonly ProtocolFile[], name: SchemaName): SchemaFacts {
  const named = (reference: string): unknown =>
    files.find((file) => file.name === reference.split("/").at(-1))?.content;
  return factsOf(schemaFile(files, name).content, named);
}

/**
 * The compiler's key for each schema.
 *
 * @throws ProtocolError if one is missing
 */
export function schemaIds(files: readonly ProtocolFile[]): Record<SchemaName, string> {
  return ofEachSchema((name) => schemaId(schemaFile(files, name)));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
