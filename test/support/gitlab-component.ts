import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { ROOT } from "./fixtures.js";

export const COMPONENT = "templates/check.yml";

type Input = string | boolean | readonly string[];
export type Inputs = Readonly<Record<string, Input>>;

interface InputSpec {
  readonly type: "string" | "boolean" | "array";
  readonly default: Input;
  readonly description: string;
  readonly options?: readonly string[];
  readonly regex?: string;
}

export interface GitlabJob {
  readonly stage: string;
  readonly image: string;
  readonly script: readonly string[];
  readonly variables: Readonly<Record<string, string | { readonly value: string; readonly expand: boolean }>>;
  readonly artifacts: {
    readonly expose_as: string;
    readonly paths: readonly string[];
    readonly reports: { readonly codequality: string; readonly junit: string };
  };
}

const text = (): string => readFileSync(join(ROOT, COMPONENT), "utf8");

/** The inputs that the component's header describes. */
export function componentInputs(): Readonly<Record<string, InputSpec>> {
  const [header] = parseAllDocuments(text());
  if (header === undefined || "empty" in header) throw new Error("the component has no header");
  return (header.toJS() as { spec: { inputs: Record<string, InputSpec> } }).spec.inputs;
}

/**
 * The jobs of the component as GitLab makes them: it puts the inputs into the text, lists as JSON, and reads that.
 *
 * @throws Error where GitLab would refuse an input
 */
export function jobsFor(given: Inputs): Readonly<Record<string, GitlabJob>> {
  const specs = componentInputs();
  for (const [name, value] of Object.entries(given)) refuse(name, value, specs[name]);
  const [, body = ""] = text().split(/^---$/m);
  const filled = body.replaceAll(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, name: string) => {
    const value = given[name] ?? specs[name]?.default;
    if (value === undefined) throw new Error(`there is no input ${name}`);
    return typeof value === "string" ? value : JSON.stringify(value);
  });
  return parse(filled) as Record<string, GitlabJob>;
}

/** The only job of the component. */
export function jobFor(given: Inputs): GitlabJob {
  const [job, ...others] = Object.values(jobsFor(given));
  if (job === undefined || others.length > 0) throw new Error("the component has not exactly one job");
  return job;
}

/** The environment that the variables of a job make. */
export function environmentOf({ variables }: GitlabJob): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, given]) => [name, typeof given === "string" ? given : given.value]),
  );
}

function refuse(name: string, value: Input, spec: InputSpec | undefined): void {
  const type = Array.isArray(value) ? "array" : typeof value;
  if (spec?.type !== type) throw new Error(`${name} is no input of the type ${type}`);
  if (spec.options?.includes(String(value)) === false) throw new Error(`${name} is none of its options`);
  if (spec.regex !== undefined && !new RegExp(spec.regex).test(String(value)))
    throw new Error(`${name} does not match`);
}
