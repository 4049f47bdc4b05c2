/** Deeper levels are not indented further. */
const DEEPEST = 12;

/**
 * JSON with a line for each member. Nothing else changes: no value is read, so none is rounded or left out, and a text
 * that is cut or masked stays as it is. A text with line ends is left alone.
 */
export function indented(json: string): string {
  if (json.includes("\n")) return json;
  let result = "";
  let depth = 0;
  for (const token of json.match(TOKENS) ?? []) {
    if (token === "}" || token === "]") depth--;
    const isOpening = token === "{" || token === "[";
    if (isOpening) depth++;
    const line = `\n${"  ".repeat(Math.max(0, Math.min(depth, DEEPEST)))}`;
    if (token === "}" || token === "]") result += line + token;
    else if (token === ":") result += ": ";
    else result += isOpening || token === "," ? token + line : token;
  }
  return result;
}

/**
 * Strings, also such that a cut leaves open; empty objects and lists; lists of one word, as masks look; signs; everything
 * else up to the next of them.
 */
const TOKENS = /"(?:[^"\\]|\\.)*"?|\{\s*\}|\[(?:secret, )?[\w ]*\]|[{}[\]:,]|[^"{}[\]:,\s]+/g;
