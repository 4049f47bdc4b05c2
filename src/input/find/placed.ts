import type { NotRead } from "../../model/report.js";
import { isReadError } from "../open/reasons.js";
import { complaintAbout } from "./foreign.js";
import type { Foreign } from "./foreign-kinds.js";
import { isLogName, type Judge, type Look, lookAt } from "./look.js";
import { isOfPack, isTimeline } from "./pack-paths.js";
import type { InputProblem } from "./problem.js";
import { unreadable } from "./unreadable.js";
import type { WalkedFile } from "./walk.js";

/** A file to read. */
export interface Found {
  readonly path: string;
  readonly form?: Look["form"];
  /** The file's identity, if it is already known. */
  readonly identity?: string;
}

/** What the search decided about one file of a folder. */
export interface Placed {
  readonly read?: Found;
  readonly notRead?: NotRead;
  readonly problem?: InputProblem;
}

/** Decides about one file of a folder: read it, name it as not read, or report it. */
export async function place(
  folder: string,
  { name, isHidden }: WalkedFile,
  pack: string | undefined,
  judge: Judge,
): Promise<Placed> {
  const isOutside = pack !== undefined && !isTimeline(name, pack);
  const isLog = !isHidden && !isOutside && isPromised(name, pack);
  try {
    const look = await lookAt(`${folder}/${name}`, judge);
    if (isOutside && look.holds === undefined && isOfPack(name, pack)) return {};
    if (look.foreign !== undefined) return placedForeign(name, look.foreign, isHidden, isLog);
    if (isHidden) return unread(name, "hidden", look);
    if (isOutside) return isOfPack(name, pack) ? {} : unread(name, "outside the timeline", look);
    if (isLog || look.holds === "evidence")
      return { read: { path: name, ...(look.form && { form: look.form }) } };
    return unread(name, "unclear content", look);
  } catch (error) {
    if (!isReadError(error)) throw error;
    // The reader reports what is wrong.
    return { notRead: unreadable(name, error), ...(isLog && { read: { path: name } }) };
  }
}

/** True if the name promises a log. The JSON files beside a pack's timeline are indexes. */
function isPromised(name: string, pack: string | undefined): boolean {
  return isLogName(name) && (pack === undefined || !/\.json(?:\.(?:gz|zst))?$/i.test(name));
}

/** A file without MPLP content is listed as "not MPLP", unless it is hidden. */
function unread(path: string, reason: NotRead["reason"], { holds }: Look): Placed {
  if (holds !== undefined) return { notRead: { path, reason, mayHoldEvidence: true } };
  return { notRead: { path, reason: reason === "hidden" ? reason : "not MPLP" } };
}

/** A file that is named like a log but cannot be one is an error, because a log is missing. */
function placedForeign(path: string, foreign: Foreign, isHidden: boolean, isLog: boolean): Placed {
  const isNoEvidence = foreign.reason === "not MPLP";
  const reason = isNoEvidence && isHidden ? "hidden" : foreign.reason;
  return {
    notRead: { path, reason, ...(!isNoEvidence && { mayHoldEvidence: true }) },
    ...(isLog && { problem: { path, message: complaintAbout(foreign) } }),
  };
}
