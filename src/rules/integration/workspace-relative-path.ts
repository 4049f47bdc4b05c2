import type { MplpEventRule } from "../shared/define.js";
import { FILE_FIELDS, FOLDER_FIELDS, pathsOf } from "../shared/integration/integration-paths.js";

/** POSIX and UNC roots, drive letters, URLs of local and remote files, home folders. */
const ABSOLUTE = /^(?:[/\\]|[A-Za-z]:(?:[/\\]|$)|file:\/|(?:https?|s?ftp|ssh|smb):\/\/|~[^/\\]*[/\\])/i;
/** C:a.ts on Windows: where it leads depends on the folder that drive C is in. */
const OF_A_DRIVE = /^[A-Za-z]:/;
/** Names that editors give to documents outside the workspace. */
const OF_AN_EDITOR =
  /^(?:(?:untitled|vscode(?:-[a-z-]+)?):|(?:vsls|git|gitfs|output|walkthrough|jetbrains|jar|zip|temp|memfs|search-editor|debug|comment):\/)/i;

/** IS-7.1-1: file paths are relative to the workspace. Root folders are always absolute and only get a note. */
export const workspaceRelativePath: MplpEventRule = {
  evidence: "event",
  id: "workspace-relative-path",
  clauses: ["IS-7.1-1"],
  scopes: ["integration"],
  title: "File paths are workspace-relative",
  why: "Absolute paths reveal user names and folder layouts to everyone who reads the log, and fit no other machine.",
  fix: "Emit paths relative to the workspace root. (The schema allows absolute paths, section 7.1 advises against them: so this is a SHOULD.)",
  applies: ({ integration }) => pathsOf(integration, FILE_FIELDS).length > 0,
  check: ({ integration }, emit) => {
    for (const { field, path, pointer } of pathsOf(integration, FILE_FIELDS)) {
      if (ABSOLUTE.test(path)) emit({ message: `${field} is an absolute path`, pointer });
      else if (OF_A_DRIVE.test(path))
        emit({ message: `${field} is relative to a drive, not to the workspace`, pointer });
      else if (OF_AN_EDITOR.test(path))
        emit({ message: `${field} is the name of a document in an editor, not a path`, pointer });
    }
    for (const { field, path, pointer } of pathsOf(integration, FOLDER_FIELDS)) {
      if (ABSOLUTE.test(path))
        emit({ message: `${field} reveals where the workspace lies`, pointer, level: "NOTE" });
    }
  },
};
