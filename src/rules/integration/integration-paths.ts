import type { IntegrationFacet } from "../../model/subject.js";

/** Fields of an integration event that name a file, and those that name a folder on the machine. */
export const FILE_FIELDS = ["file_path", "previous_path"] as const;
export const FOLDER_FIELDS = ["workspace_root", "working_directory"] as const;

/** The path fields that an integration event has, with their pointers in the record. */
export function pathsOf(
  integration: IntegrationFacet | undefined,
  fields: readonly string[],
): { field: string; path: string; pointer: string }[] {
  if (integration === undefined) return [];
  return fields.flatMap((field) => {
    const path = integration.value[field];
    return typeof path === "string" ? [{ field, path, pointer: `${integration.base}/${field}` }] : [];
  });
}
