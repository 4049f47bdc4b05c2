import type { IntegrationFacet } from "../../../model/subject.js";

/** Fields of an integration event that name a file, and those that name a folder on the machine. */
export const FILE_FIELDS = ["file_path", "previous_path"] as const;
export const FOLDER_FIELDS = ["workspace_root", "working_directory"] as const;

interface PathField {
  readonly field: string;
  readonly path: string;
  readonly pointer: string;
}

const NONE: readonly PathField[] = [];

/** The path fields that an integration event has, with their pointers in the record. */
export function pathsOf(
  integration: IntegrationFacet | undefined,
  fields: readonly string[],
): readonly PathField[] {
  if (integration === undefined) return NONE;
  let found = NONE;
  for (const field of fields) {
    const path = integration.value[field];
    if (typeof path === "string")
      found = [...found, { field, path, pointer: `${integration.base}/${field}` }];
  }
  return found;
}
