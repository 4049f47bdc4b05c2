import type { Secret } from "./secret.js";

/** The base64url of {", with which a JSON object begins. */
export const JSON_WEB_TOKEN_SIGN = "eyJ";

// A candidate takes the rest of its run of characters, so that each run is read once.
const CANDIDATE = /(?<![A-Za-z0-9])eyJ[\w-]{12}[\w-]*/g;
const SIGNED = /\.[\w-]+\.[\w-]{8}[\w-]*/y;
const ENCRYPTED = /\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+/y;
const EITHER = /\.[\w-]*\.[\w-]/y;
const LONGEST_HEADER = 8192;

/** JSON Web Tokens, signed (RFC 7515) or encrypted (RFC 7516): the header must decode to an object with alg. */
export function jsonWebTokens(text: string): readonly Secret[] {
  const found: Secret[] = [];
  for (const { 0: header, index: start } of text.matchAll(CANDIDATE)) {
    const afterHeader = start + header.length;
    if (endOf(EITHER, text, afterHeader) === undefined) continue;
    const rest = restOf(header);
    const end = rest === undefined ? undefined : endOf(rest, text, afterHeader);
    if (end !== undefined) found.push({ start, end, kind: "a JSON Web Token" });
  }
  return found;
}

function endOf(rest: RegExp, text: string, at: number): number | undefined {
  rest.lastIndex = at;
  return rest.test(text) ? rest.lastIndex : undefined;
}

/** The pattern after a header; undefined if the text is not a header. */
function restOf(header: string): RegExp | undefined {
  if (header.length > LONGEST_HEADER) return undefined;
  const json = Buffer.from(header, "base64url").toString();
  // A throw would take a thousand times as long as this test.
  if (!json.includes('"alg"') || !json.endsWith("}")) return undefined;
  try {
    const value: object = JSON.parse(json);
    if (!("alg" in value)) return undefined;
    return "enc" in value ? ENCRYPTED : SIGNED;
  } catch {
    return undefined;
  }
}
