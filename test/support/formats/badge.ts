import { Ajv } from "ajv";
import { HARMLESS } from "../hostile.js";

export interface Badge {
  readonly label: string;
  readonly message: string;
  readonly color: "red" | "orange" | "yellow" | "green";
}

const text = { type: "string", minLength: 1, pattern: HARMLESS };
/** What shields.io asks of an endpoint: it refuses members that it does not know. */
const validate = new Ajv({ allErrors: true }).compile<Badge>({
  type: "object",
  required: ["schemaVersion", "label", "message", "color"],
  additionalProperties: false,
  properties: {
    schemaVersion: { const: 1 },
    label: text,
    message: text,
    color: { enum: ["red", "orange", "yellow", "green"] },
  },
});

/** @throws where shields.io could not show it */
export function readBadge(output: string): Badge {
  const badge: unknown = JSON.parse(output);
  if (!validate(badge)) throw new Error(JSON.stringify(validate.errors));
  return badge;
}
