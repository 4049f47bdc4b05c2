import { compareInstants, type Instant, instantOf } from "./instants.js";
import { isObject, type Members } from "./json.js";
import type { SchemaName } from "./protocol.js";

export type Kind = Extract<SchemaName, "tool_event" | "file_update_event" | "git_event" | "ci_event">;

/** Members that one kind of integration event has and the others have not. */
const OWN: Readonly<Record<Kind, readonly string[]>> = {
  tool_event: ["tool_id", "tool_kind", "invocation_id"],
  file_update_event: ["file_path", "change_type"],
  git_event: ["repo_url", "ref_name", "event_kind"],
  ci_event: ["ci_provider", "run_id"],
};
const KINDS = Object.keys(OWN) as readonly Kind[];

/** The types of events that name a kind (IS-4.3-1). */
const TYPES: Readonly<Record<string, Kind>> = {
  tool_event: "tool_event",
  tool_execution: "tool_event",
  file_update: "file_update_event",
  file_update_event: "file_update_event",
  git_event: "git_event",
  git_operation: "git_event",
  ci_event: "ci_event",
  ci_pipeline: "ci_event",
};

export const kindNamedBy = (type: unknown): Kind | undefined =>
  typeof type === "string" && Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;

const lettersOf = (text: string): string => text.toLowerCase().replaceAll(/[^a-z]/g, "");
const NEAR_TYPES = Object.keys(TYPES).map(lettersOf);

/** True if a type may name a kind in another style: whether it does is left open. */
export const mayNameKind = (type: unknown): boolean =>
  typeof type === "string" && NEAR_TYPES.includes(lettersOf(type));

/** The kinds of which an object has a member of their own. */
export function kindsIn(value: unknown): readonly Kind[] {
  if (!isObject(value)) return [];
  return KINDS.filter((kind) => OWN[kind].some((name) => Object.hasOwn(value, name)));
}

const ENDS = ["succeeded", "failed", "cancelled"];

const milliseconds = ({ seconds, fraction }: Instant): number =>
  seconds * 1000 + Number(`0.${fraction}0`) * 1000;

/** True if the times of a payload agree (IS-3-1): start before end, the length between them, no end without its time. */
function agree({ started_at, completed_at, duration_ms, status }: Members): boolean {
  const [start, end] = [instantOf(started_at), instantOf(completed_at)];
  if (start === undefined) return true;
  if (end === undefined) return completed_at !== undefined || !ENDS.includes(status as string);
  if (compareInstants(start, end) > 0) return false;
  if (!Number.isInteger(duration_ms)) return true;
  return Math.abs(milliseconds(end) - milliseconds(start) - (duration_ms as number)) <= 1;
}

const ABSOLUTE = /^(?:[/\\]|[a-z]:|file:|~[\w.-]*(?:[/\\]|$)|[a-z][\w.+-]*:)/i;

function decoded(path: string): string {
  return path.replaceAll(/%([0-7][0-9a-f])/gi, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

/** True if a path has a step to the parent, or characters that act on terminals (IS-13.2-3). */
function isUnsafe(path: string): boolean {
  const plain = decoded(path);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(plain)) return true;
  return plain.split(/[/\\]/).includes("..");
}

/** The clauses at the level SHOULD that a payload breaks which keeps its schema. */
export function brokenBy(payload: Members): readonly string[] {
  const paths = [payload.file_path, payload.previous_path].filter((path) => typeof path === "string");
  const { previous_path: previous } = payload;
  const isFromNowhere = previous === undefined || (typeof previous === "string" && previous.trim() === "");
  const isRenamed = payload.change_type === "renamed" && isFromNowhere;
  const refs = typeof payload.ref_name === "string" ? [payload.ref_name] : [];
  return [
    ...(isRenamed || !agree(payload) ? ["IS-3-1"] : []),
    ...(paths.some((path) => ABSOLUTE.test(path)) ? ["IS-7.1-1"] : []),
    ...([...paths, ...refs].some(isUnsafe) ? ["IS-13.2-3"] : []),
  ];
}
