/** The ten L2 modules (RG 5; Module PSG Paths). */
export const L2_MODULES = [
  "context",
  "plan",
  "confirm",
  "trace",
  "role",
  "extension",
  "dialog",
  "collab",
  "core",
  "network",
] as const;

/** Components that act for the modules; source_module may name them too (spec-conflict G-12). */
const META_COMPONENTS = ["psg_runtime", "psg", "pipeline", "pipeline_controller", "rollback", "runtime"];

const KNOWN: ReadonlySet<string> = new Set([...L2_MODULES, ...META_COMPONENTS]);

/** "Plan Module", "PlanModule" and "PSG Runtime" are spellings of plan and psg_runtime. */
export function normalisedModule(name: string): string {
  return name
    .trim()
    .replace(/([a-z])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, "$1$3_$2")
    .toLowerCase()
    .replace(/[\s-]+/g, "_")
    .replace(/_module$/, "");
}

/** known: a module or meta component; vendor: a vendor's own name (domain:x, acme/x); otherwise unknown. */
export function moduleStanding(name: string): "known" | "vendor" | "unknown" {
  if (KNOWN.has(name) || KNOWN.has(normalisedModule(name))) return "known";
  return /[:./]/.test(name) ? "vendor" : "unknown";
}
