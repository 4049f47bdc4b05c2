import { Ajv } from "ajv";
import { HARMLESS } from "../hostile.js";

export interface GitlabEntry {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: "info" | "minor" | "major" | "critical" | "blocker";
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/** What GitLab's documentation asks of an entry, and no more than it knows. */
const text = { type: "string", minLength: 1, pattern: HARMLESS };
const validate = new Ajv({ allErrors: true }).compile<GitlabEntry[]>({
  type: "array",
  items: {
    type: "object",
    required: ["description", "check_name", "fingerprint", "severity", "location"],
    additionalProperties: false,
    properties: {
      description: text,
      check_name: text,
      fingerprint: { type: "string", pattern: "^[0-9a-f]{32}$" },
      severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
      location: {
        type: "object",
        required: ["path", "lines"],
        additionalProperties: false,
        properties: {
          path: { ...text, not: { pattern: "^\\./|\\\\|//" } },
          lines: {
            type: "object",
            required: ["begin"],
            additionalProperties: false,
            properties: { begin: { type: "integer", minimum: 1 } },
          },
        },
      },
    },
  },
});

/** The entries of a Code Quality report. @throws where GitLab could not take one */
export function readGitlab(output: string): GitlabEntry[] {
  const entries: unknown = JSON.parse(output);
  if (!validate(entries)) throw new Error(JSON.stringify(validate.errors));
  return entries;
}
