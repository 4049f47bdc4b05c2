import type { MplpEventRule } from "../shared/define.js";
import { FILE_FIELDS, FOLDER_FIELDS, pathsOf } from "../shared/integration/integration-paths.js";

const TRAVERSAL = /(?:^|[/\\])\.\.(?:[/\\]|$)/;
/** Characters that reverse the direction of the text after them. */
const BIDIRECTIONAL = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
/** A byte below 128 as %XX. The percent sign itself may be encoded up to four times. */
const ENCODED = /%(?:25){0,4}([0-7][0-9a-f])/gi;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/** IS-13.2-3: paths and ref_name hold no parent traversal, no control characters and no bidirectional controls. */
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
      // A blank path gets a finding of its own.
      if (path.trim() === "") continue;
      const plain = decoded(path);
      if (TRAVERSAL.test(plain)) emit({ message: `${field} climbs to a parent folder`, pointer });
      if (CONTROL.test(plain)) emit({ message: `${field} holds control characters`, pointer });
      if (BIDIRECTIONAL.test(plain)) emit({ message: `${field} holds bidirectional controls`, pointer });
    }
  },
};

const PATH_FIELDS: readonly string[] = [...FILE_FIELDS, ...FOLDER_FIELDS, "ref_name"];

/** A path with its percent-encoding removed, because readers may decode it before use. */
function decoded(path: string): string {
  if (!path.includes("%")) return path;
  const text = path.replace(ENCODED, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  return text.replace(/%(?:E2%80|D8|E2%81)(?:%[89AB][0-9A-F])/gi, (encoded) => decodeURIComponent(encoded));
}
