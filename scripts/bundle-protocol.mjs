// Writes dist/protocol/bundled-protocol.js: the bundled schemas as ajv's code, the bundled invariants parsed, and
// the digest of both. Compiling them takes several times as long as checking a small log.
import { writeFileSync } from "node:fs";
import { _ } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { schemaCompiler, schemaFacts, schemaIds } from "../dist/protocol/schemas/compile-schemas.js";
import { protocolDigest } from "../dist/protocol/schemas/digest.js";
import { ofEachSchema } from "../dist/protocol/schemas/schemas.js";
import { readInvariants, readSchemas } from "../dist/run/protocol/protocol-files.js";

const schemas = await readSchemas();
const invariants = await readInvariants();
const ids = schemaIds(schemas);
const code = { source: true, esm: true, formats: _`SCHEMA_FORMATS` };
const validators = standalone.default(schemaCompiler(schemas, code), ids);
/** ajv fetches its own helpers with require() even in ES modules. */
const HELPER = /const (\w+) = require\("(ajv\/dist\/runtime\/\w+)"\)\.default;?/g;
const helpers = [...validators.matchAll(HELPER)].map(
  ([, name, path]) => `import ${name}File from "${path}.js";\nconst ${name} = ${name}File.default;`,
);

writeFileSync(
  new URL("../dist/protocol/bundled-protocol.js", import.meta.url),
  `import { SCHEMA_FORMATS } from "./schemas/schema-formats.js";
${helpers.join("\n")}
${validators.replaceAll(HELPER, "")}
export const VALIDATORS = { ${Object.keys(ids).join(", ")} };
export const FACTS = ${JSON.stringify(ofEachSchema((name) => schemaFacts(schemas, name)))};
export const INVARIANTS = ${JSON.stringify(invariants.map((file) => ({ ...file, path: file.name })))};
export const DIGEST = ${JSON.stringify(protocolDigest({ schemas, invariants, ownInvariants: [] }))};
`,
);
