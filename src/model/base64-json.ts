/** `{` and a quotation mark or white space begin like this. */
const BEGINNING = /^e[wy]/;
/** A JSON Web Token has dots. One expression for the whole text would need a stack as long as the text. */
const NO_BASE64 = /[^\w+/=\r\n-]/;
/** Shorter texts hold no event. */
const SHORTEST = 32;

/** True if a text looks like a JSON object in base64. */
export function isObjectInBase64(text: string): boolean {
  const encoded = text.trim();
  return encoded.length >= SHORTEST && BEGINNING.test(encoded) && !NO_BASE64.test(encoded);
}

/** A JSON text that may be in base64, decoded. */
export function withoutBase64(text: string): string {
  return isObjectInBase64(text) ? Buffer.from(text, "base64").toString() : text;
}
