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
 * Compiles the schemas a log check needs.
 *
 * @throws ProtocolError where a file is missing, is no schema, or refers to one that is not there
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

/** Whoever wrote the schemas need not be trusted with the time that their patterns take. */
const LINEAR: NonNullable<CodeOptions["regExp"]> = Object.assign(linearPattern, { code: "linearPattern" });

/**
 * A compiler that knows some schemas. Those it makes collect every error: on a conforming object that costs
 * nothing, and of any other all are wanted.
 *
 * @throws ProtocolError where a file is no schema
 */
export function schemaCompiler(files: readonly ProtocolFile[], code: CodeOptions = {}): Ajv {
  // The official files carry annotations of their own (x-mplp-meta) that strict mode would refuse.
  const ajv = new Ajv({
    strict: false,
    // A number beyond the range of doubles, read as infinity, is no number and no integer.
    strictNumbers: true,
    allErrors: true,
    messages: false,
    // A schema that others refer to becomes one function: half the code, and no slower.
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

/** The file of a schema among others. @throws ProtocolError where it is missing */
function schemaFile(files: readonly ProtocolFile[], name: SchemaName): ProtocolFile {
  const file = files.find((candidate) => candidate.name === SCHEMA_FILES[name]);
  if (file === undefined) throw new ProtocolError(`no file ${SCHEMA_FILES[name]} among the schemas`);
  return file;
}

/** What a compiler knows the schema of a file by. */
function schemaId(file: ProtocolFile): string {
  const id = isJsonObject(file.content) ? file.content.$id : undefined;
  return typeof id === "string" ? id : file.name;
}

/** What a schema makes sure of. @throws ProtocolError where it is missing */
export function schemaFacts(files: readonly ProtocolFile[], name: SchemaName): SchemaFacts {
  const named = (reference: string): unknown =>
    files.find((file) => file.name === reference.split("/").at(-1))?.content;
  return factsOf(schemaFile(files, name).content, named);
}

/** What a compiler knows each schema by. @throws ProtocolError where one is missing */
export function schemaIds(files: readonly ProtocolFile[]): Record<SchemaName, string> {
  return ofEachSchema((name) => schemaId(schemaFile(files, name)));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
