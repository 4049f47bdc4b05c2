import { relative } from "node:path";
import { NO_POLICY, type Policy } from "../model/policy.js";
import type { RunError } from "../model/report.js";
import { RULES } from "../rules/index.js";
import { CLAUSES } from "../spec/clauses.js";
import { type Baseline, readBaseline } from "./baseline.js";
import { findConfig, type LoadedConfig, readConfig } from "./config.js";
import type { KnownIds } from "./config-problems.js";

const MUSTS: ReadonlySet<string> = new Set(
  CLAUSES.filter(({ level }) => level === "MUST").map(({ id }) => id),
);

const KNOWN: KnownIds = {
  rules: RULES.map(({ id }) => id),
  clauses: CLAUSES.map(({ id }) => id),
  normative: new Set(RULES.filter((rule) => rule.clauses.some((id) => MUSTS.has(id))).map(({ id }) => id)),
};

/**
 * Reads a project's configuration.
 *
 * @param file the file; without it, that of the folder or of the nearest one above it, if there is one
 * @throws ConfigError
 */
export async function loadConfig(
  file: string | undefined,
  folder: string,
): Promise<LoadedConfig | undefined> {
  if (file !== undefined) return readConfig(file, "named", KNOWN);
  const above = await findConfig(folder);
  return above === undefined ? undefined : readConfig(relative(folder, above), "found", KNOWN);
}

/**
 * What a configuration and a baseline decide about findings.
 *
 * @param today YYYY-MM-DD
 * @param mode whether findings of the baseline that are there no more are errors, or are about to be taken out
 * @throws ConfigError where the baseline is none
 */
export async function loadPolicy(
  config: LoadedConfig | undefined,
  baselineFile: string | undefined,
  today: string,
  mode: "kept" | "pruned" = "kept",
): Promise<Policy> {
  const baseline: Baseline | undefined =
    baselineFile === undefined ? undefined : await readBaseline(baselineFile);
  if (config === undefined && baseline === undefined) return NO_POLICY;
  const { decisions } = await import("./decisions.js");
  const policy = decisions(config, baseline, today);
  if (mode === "kept") return policy;
  const isStale = ({ path }: RunError): boolean => path === baselineFile;
  return {
    ...policy,
    complaintsAbout: (findings) => policy.complaintsAbout(findings).filter((each) => !isStale(each)),
  };
}
