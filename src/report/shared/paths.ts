import { posix } from "node:path";

/** The name of standard input in a run, and the file name that replaces it in formats that need one. */
const STDIN = "-";
const STDIN_NAME = "stdin";

/** A path as code hosts write it: with slashes and normalised. */
export function slashed(path: string): string {
  return path === STDIN ? STDIN_NAME : posix.normalize(path.replaceAll("\\", "/"));
}

/** The URI reference of a path: a relative path stays relative, an absolute one becomes a file URI. */
export function pathUri(path: string): string {
  const encoded = slashed(path)
    .split("/")
    .map((segment) => encodeURIComponent(segment.replace(/\p{Cs}/gu, "\ufffd")))
    .join("/");
  if (path.startsWith("\\\\")) return `file:/${encoded}`;
  const drive = /^([A-Za-z])%3A\//.exec(encoded);
  if (drive !== null) return `file:///${drive[1]}:/${encoded.slice(drive[0].length)}`;
  return encoded.startsWith("/") ? `file://${encoded}` : encoded;
}
