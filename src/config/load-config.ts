import { relative } from "node:path";
import { refuseUnlessText } from "../model/arguments.js";
import type { CountedKind } from "../model/finding.js";
import { NO_POLICY, type Policy } from "../model/policy.js";
import type { RunError } from "../model/report.js";
import { CLAUSES } from "../protocol/clauses/clauses.js";
import { RULES } from "../rules/index.js";
import { newKey, prunedText, readBaseline } from "./baseline.js";
import { findConfig, type LoadedConfig, readConfig } from "./config.js";
import type { KnownIds } from "./config-problems.js";
import type { Stale } from "./remarks.js";

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
 * @param file the file; default: that of the folder or of the nearest folder above it, if any
 * @throws ConfigError, ArgumentError
 */
export async function loadConfig(
  file: string | undefined,
  folder: string,
): Promise<LoadedConfig | undefined> {
  if (file !== undefined) return readConfig(file, "named", KNOWN);
  refuseUnlessText("folder", folder);
  const above = await findConfig(folder);
  return above === undefined ? undefined : readConfig(relative(folder, above), "found", KNOWN);
}

/** What the run does with the baseline: keeps it, removes fixed findings, or writes this run's findings. */
export type BaselineUse = "kept" | "pruned" | "written";

/**
 * The decisions of a configuration and a baseline about findings.
 *
 * @param today YYYY-MM-DD
 * @param stale how to treat a decision that matches nothing
 * @param use of the baseline; one that is written anew decides nothing, but gets a key for its digests
 * @throws ConfigError if the baseline is not usable
 */
export async function loadPolicy(
  config: LoadedConfig | undefined,
  baselineFile: string | undefined,
  today: string,
  use: BaselineUse = "kept",
  stale: Stale = "error",
): Promise<Policy> {
  const isRead = baselineFile !== undefined && use !== "written";
  const baseline = isRead ? await readBaseline(baselineFile) : undefined;
  const own = use === "written" ? { valueKey: newKey() } : {};
  if (config === undefined && baseline === undefined) return { ...NO_POLICY, ...own };
  const { decisions } = await import("./decisions.js");
  const policy = { ...decisions(config, baseline, today, stale), ...own };
  if (use !== "pruned") return policy;
  const isKept = ({ about }: Pick<RunError, "about">): boolean => about !== "baseline";
  return {
    ...policy,
    complaintsAbout: (...found) => policy.complaintsAbout(...found).filter(isKept),
    noticesAbout: (...found) => policy.noticesAbout?.(...found).filter(isKept) ?? [],
  };
}

/**
 * The text of a baseline without its fixed findings.
 *
 * @throws ConfigError if the file is not a baseline
 */
export async function prunedBaseline(file: string, kinds: readonly CountedKind[]): Promise<string> {
  return prunedText(await readBaseline(file), kinds);
}
