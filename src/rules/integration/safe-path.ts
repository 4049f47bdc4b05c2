import type { MplpEventRule } from "../define.js";
import { FILE_FIELDS, FOLDER_FIELDS, pathsOf } from "./integration-paths.js";

const TRAVERSAL = /(?:^|[/\\])\.\.(?:[/\\]|$)/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/** IS-13.2-3: paths hold no parent traversal and no control characters. */
export const safePath: MplpEventRule = {
  evidence: "event",
  id: "safe-path",
  clauses: ["IS-13.2-3"],
  scopes: ["integration"],
  title: "Paths are safe to use",
  why: "A runtime that resolves such a path leaves the workspace, or cuts the path short at a NUL.",
  fix: "Normalise paths before you emit them, and refuse those that leave the workspace or hold control characters.",
  applies: ({ integration }) => pathsOf(integration, PATH_FIELDS).length > 0,
  check: ({ integration }, emit) => {
    for (const { field, path, pointer } of pathsOf(integration, PATH_FIELDS)) {
      if (TRAVERSAL.test(path)) emit({ message: `${field} climbs to a parent folder`, pointer });
      if (CONTROL.test(path)) emit({ message: `${field} holds control characters`, pointer });
    }
  },
};

const PATH_FIELDS: readonly string[] = [...FILE_FIELDS, ...FOLDER_FIELDS];
