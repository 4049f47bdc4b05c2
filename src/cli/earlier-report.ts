import { open } from "node:fs/promises";
import type { FormatName } from "../index.js";

/** The number of bytes that are read at the beginning and at the end of a file. */
const LOOKED_AT = 65_536;

/** The line of the verdict. */
const VERDICT = /^(?:nonconformant|inconclusive|no-violations-found|conformant)(?:-with-waivers)?: /m;

/** What this program writes besides states and baselines. */
export type Written = FormatName | "findings" | "rejected" | "statement" | "ready";

/** What reports of this program begin with, or hold near their beginning or end. */
const SIGNS: Readonly<Record<Written, RegExp>> = {
  text: VERDICT,
  summary: VERDICT,
  compact: VERDICT,
  json: /^\{\s*"schemaVersion":\s*\d+,\s*"tool":\s*\{\s*"name":\s*"mplp-check"/,
  sarif: /"driver":\s*\{\s*"name":\s*"mplp-check"/,
  "sarif-coverage": /"driver":\s*\{\s*"name":\s*"mplp-check"/,
  junit: /<testsuites name="mplp-check"/,
  gitlab: /^\[\s*(?:\]\s*$|\{\s*"description":\s*"(?:[^"\\]|\\.)*",\s*"check_name":)/,
  github: /^::(?:error|warning|notice|group|endgroup|debug)\b/,
  markdown: /^## MPLP conformance/m,
  html: /<title>[^<]*mplp-check conformance report<\/title>/,
  earl: /"@type":\s*\[\s*"Assertor",\s*"Software"\s*\],\s*"title":\s*"mplp-check"/,
  intoto:
    /^\{\s*"_type":\s*"https:\/\/in-toto\.io\/Statement\/v1",\s*"predicateType":\s*"[^"]*",\s*"predicate":\s*\{\s*"result":\s*"[A-Z]+",\s*"configuration":\s*\[\s*\{\s*"name":\s*"mplp-check"/,
  badge: /^\{\s*"schemaVersion":\s*1,\s*"label":\s*"MPLP v/,
  statement: /^# yaml-language-server: \$schema=\S+\/statement\.schema\.json\nstatement: 1\n/,
  ready: /^\{"url":"https?:\/\/[^"]*","pid":\d+,"capture":"(?:[^"\\]|\\.)*"\}\n$/,
  rejected: /^\{"path":"(?:[^"\\]|\\.)*","line":\d+,(?:"record":\d+,)?"reasons":\[/,
  findings: /^\{"rule":"[a-z0-9-]+","clauses":\[/,
};

/** True if a report may replace the file: it is an earlier report of this program in that format, empty, or missing. */
export async function isReplaceable(path: string, format: Written): Promise<boolean> {
  const ends = await endsOf(path);
  return ends === "nothing" || (ends !== "no file" && isSigned(format, ends));
}

/** True if a file is something that this program has written, besides states and baselines. */
export async function isEarlierOutput(path: string): Promise<boolean> {
  const ends = await endsOf(path);
  return typeof ends === "object" && WRITTEN.some((format) => isSigned(format, ends));
}

const WRITTEN = Object.keys(SIGNS) as readonly Written[];

/** The beginning of a file, and the end of one that goes on. */
interface Ends {
  readonly head: string;
  readonly tail: string;
}

function isSigned(format: Written, { head, tail }: Ends): boolean {
  return SIGNS[format].test(head) || (SIGNS[format] === VERDICT && VERDICT.test(tail));
}

async function endsOf(path: string): Promise<Ends | "nothing" | "no file"> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (file === undefined) return "nothing";
  try {
    const found = await file.stat();
    if (!found.isFile()) return "no file";
    if (found.size === 0) return "nothing";
    const head = await textAt(file, 0);
    return { head, tail: found.size > LOOKED_AT ? await textAt(file, found.size - LOOKED_AT) : "" };
  } finally {
    await file.close();
  }
}

async function textAt(file: Awaited<ReturnType<typeof open>>, position: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOKED_AT), 0, LOOKED_AT, position);
  return buffer.toString("utf8", 0, bytesRead);
}
