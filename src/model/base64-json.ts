/** `{` and a quotation mark or white space begin like this. A JSON Web Token has dots and is none. */
const ENCODED_OBJECT = /^\s*e[wy][A-Za-z0-9+/_\r\n-]{30,}={0,2}\s*$/;

/** The bytes of a base64 text that begins like a JSON object in base64; undefined for any other text. */
export function objectInBase64(text: string): Buffer | undefined {
  return ENCODED_OBJECT.test(text) ? Buffer.from(text, "base64") : undefined;
}
