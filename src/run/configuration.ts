import { isInOneOf } from "../input/find/inside.js";
import type { ConfigurationSummary } from "../model/report.js";
import type { CheckOptions } from "./check-options.js";

/** The configuration of the run, and if it lies in a folder among the paths. */
export async function configurationOf(
  { configuration }: CheckOptions,
  paths: readonly string[],
): Promise<ConfigurationSummary | undefined> {
  if (configuration === undefined) return undefined;
  const { path, origin } = configuration;
  return { path, origin, ...((await isInOneOf(path, paths)) && { isInAudit: true }) };
}
