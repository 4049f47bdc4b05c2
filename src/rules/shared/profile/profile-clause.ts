import type { Defect } from "../../../model/defect.js";

/** The profile clause that an envelope defect breaks besides, where the profile's schema objects too. */
export function profileClause(defect: Defect): "SA-1" | "MAP-1" | undefined {
  if (!defect.schema) return undefined;
  if (defect.target === "sa") return "SA-1";
  return defect.target === "map" ? "MAP-1" : undefined;
}
