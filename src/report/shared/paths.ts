import { posix } from "node:path";

/** What a run calls standard input, and what stands for it where a file's name is needed. */
const STDIN = "-";
const STDIN_NAME = "stdin";

/** A path as code hosts write it: with slashes, and without what leads nowhere. */
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
