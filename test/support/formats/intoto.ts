import { Ajv } from "ajv";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { HARMLESS } from "../hostile.js";

interface Resource {
  readonly name: string;
  readonly uri?: string;
  readonly digest?: { readonly sha256: string };
  readonly annotations?: Readonly<Record<string, unknown>>;
}

export interface Statement {
  readonly subject: readonly Resource[];
  readonly predicate: {
    readonly result: "PASSED" | "WARNED" | "FAILED";
    readonly configuration: readonly [
      Resource & {
        readonly annotations: {
          readonly verdict: string;
          readonly summary: string;
          readonly errors: readonly string[];
          readonly open: readonly string[];
          readonly conditions: readonly string[];
        };
      },
      ...Resource[],
    ];
    readonly passedTests: readonly string[];
    readonly warnedTests: readonly string[];
    readonly failedTests: readonly string[];
  };
}

const text = { type: "string", minLength: 1, pattern: HARMLESS };
/** The rules of ResourceDescriptor v1: at least one of uri, digest and content. */
const resource = {
  type: "object",
  additionalProperties: false,
  anyOf: [{ required: ["uri"] }, { required: ["digest"] }, { required: ["content"] }],
  properties: {
    name: text,
    uri: { type: "string", format: "uri-reference" },
    digest: {
      type: "object",
      additionalProperties: false,
      required: ["sha256"],
      properties: { sha256: { type: "string", pattern: "^[0-9a-f]{64}$" } },
    },
    content: { type: "string" },
    downloadLocation: { type: "string" },
    mediaType: { type: "string" },
    annotations: { type: "object" },
  },
};
const names = { type: "array", uniqueItems: true, items: text };

/** The rules of Statement v1 and of test-result v0.1. */
const validate = new Ajv({
  allErrors: true,
  strictTypes: false,
  strictRequired: false,
  formats: fullFormats,
}).compile<Statement>({
  type: "object",
  required: ["_type", "subject", "predicateType", "predicate"],
  additionalProperties: false,
  properties: {
    _type: { const: "https://in-toto.io/Statement/v1" },
    predicateType: { const: "https://in-toto.io/attestation/test-result/v0.1" },
    subject: { type: "array", uniqueItems: true, items: { ...resource, required: ["digest"] } },
    predicate: {
      type: "object",
      required: ["result", "configuration"],
      additionalProperties: false,
      properties: {
        result: { enum: ["PASSED", "WARNED", "FAILED"] },
        configuration: { type: "array", minItems: 1, items: resource },
        url: { type: "string", format: "uri" },
        passedTests: names,
        warnedTests: names,
        failedTests: names,
      },
    },
  },
});

/** A statement that keeps the rules, with each test in one list at most. @throws for any other */
export function readIntoto(output: string): Statement {
  const statement: unknown = JSON.parse(output);
  if (!validate(statement)) throw new Error(JSON.stringify(validate.errors));
  const { passedTests, warnedTests, failedTests } = statement.predicate;
  const all = [...passedTests, ...warnedTests, ...failedTests];
  if (new Set(all).size < all.length) throw new Error("a test is in two lists");
  return statement;
}
