const MAKERS = "crypto.randomUUID() and Python's uuid.uuid4() make them";
const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

/** Other ids, and UUIDs in other forms. */
const FORMS: readonly (readonly [sign: RegExp, advice: string])[] = [
  [/^urn:uuid:/i, "write it without the urn:uuid: prefix"],
  [new RegExp(`^[{(]${UUID}[)}]$`, "i"), "write it without the brackets"],
  [new RegExp(`^\\s+${UUID}\\s*$|^${UUID}\\s+$`, "i"), "write it without the white space around it"],
  [/^[0-9a-f]{32}$/i, "write it with hyphens, in groups of 8, 4, 4, 4 and 12 digits"],
  [new RegExp(`^[A-Za-z]+[-_:]${UUID}$`, "i"), "write the UUID without the text before it"],
  [/^[0-9a-hjkmnp-tv-z]{26}$/i, `it looks like a ULID: a UUID v4 is needed; ${MAKERS}`],
  [/^[0-9a-f]{24}$/i, `it looks like an ObjectId: a UUID v4 is needed; ${MAKERS}`],
];

/** Advice for a value that is not a version 4 UUID in its plain form (PS 4.1). The text never contains the value. */
export function uuidAdvice(value: unknown): string {
  if (typeof value !== "string" || value.length > 100) return EXAMPLE;
  return FORMS.find(([sign]) => sign.test(value))?.[1] ?? EXAMPLE;
}

const EXAMPLE = "a UUID v4 is needed, like 3b0d4a52-5f0c-4c1e-9c57-0c1f6f0f8a11";

/** Advice for a UUID of another version. */
export const VERSION_ADVICE = 'the 15th character must be "4" and the 20th one of 8, 9, a, b';

/** True if the value is a UUID with the prefix of a URN. */
export function isUuidUrn(value: unknown): boolean {
  return typeof value === "string" && value.toLowerCase().startsWith("urn:uuid:");
}
