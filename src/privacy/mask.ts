import { secretsIn } from "./secrets.js";

/** Replaces a secret of the given length in an output. */
export function secretMask(length: number): string {
  return `[secret, ${length} characters]`;
}

/** The text with a mask in place of every secret. */
export function withoutSecrets(text: string): string {
  let result = "";
  let at = 0;
  for (const { start, end } of secretsIn(text)) {
    result += text.slice(at, start) + secretMask(end - start);
    at = end;
  }
  return result + text.slice(at);
}
