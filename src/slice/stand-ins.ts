import { withoutCodes } from "../privacy/secrets.js";
import { TOKEN_PREFIXES } from "../privacy/token-formats.js";
import { type Cover, MASKS } from "./hide.js";

/** Makes a secret of the same form out of the length and the documented prefix of another; nothing else is kept. */
type StandIn = (secret: string) => string;

const WORD = "a1b2c3d4e5f6";

/** The prefix is public: its issuer documents it. */
function prefixOf(secret: string): string {
  return TOKEN_PREFIXES.find((prefix) => secret.startsWith(prefix)) ?? "";
}

function filled(secret: string, word: string): string {
  const prefix = prefixOf(secret);
  return prefix + word.repeat(Math.ceil(secret.length / word.length)).slice(prefix.length, secret.length);
}

/** The part that every secret of the kind has, and that therefore reveals nothing. */
const PUBLIC = [
  "T3BlbkFJ",
  "https:\\/\\/",
  "hooks\\.slack\\.com\\/(?:services|workflows|triggers)\\/",
  "webhook\\.office\\.com\\/webhookb2\\/",
  "\\/IncomingWebhook\\/",
  ":AA",
].join("|");
const FORMING = new RegExp(`(${PUBLIC})|[a-z]|[A-Z]|\\d|[^\\x20-\\x7e]`, "g");

/** With the punctuation of the secret, and a letter or a digit of the same sort for each of its others. */
function formed(secret: string): string {
  const prefix = prefixOf(secret);
  let count = 0;
  const next = (set: string): string => set[count++ % set.length] ?? "";
  const body = secret.slice(prefix.length).replaceAll(FORMING, (sign, known?: string) => {
    if (known !== undefined) return known;
    if (/\d/.test(sign)) return next("1234567890");
    return /[A-Z]/.test(sign) ? next("ABCDEF") : next("abcdef");
  });
  return prefix + body;
}

const PRIVATE_KEY = ["BEGIN", "END"]
  .map((word) => `-----${word} PRIVATE KEY-----`)
  .join(`\n${WORD.repeat(4)}\n`);

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const base64url = (text: string): string => Buffer.from(text).toString("base64url");

/** One of them is found by every search for secrets that finds a secret of the kind. */
const SECRETS: readonly StandIn[] = [
  (secret) => filled(secret, WORD),
  (secret) => filled(secret, WORD.toUpperCase()),
  formed,
  () => `${base64url('{"alg":"none"}')}.${base64url("{}")}.${WORD}`,
  () => PRIVATE_KEY,
  () => base64(PRIVATE_KEY),
  () => base64(`user:${WORD}`),
];

const PERSON: Omit<Cover, "secret"> = { name: () => "Jane Doe", address: () => "jane.doe@example.com" };

/**
 * Ways to cover what must not be shown, the most careful first. Those after the first keep findings about secrets and
 * personal data, with others in their place.
 */
export const COVERS: readonly Cover[] = [
  MASKS,
  { ...MASKS, ...PERSON },
  ...[MASKS, PERSON].flatMap((others) =>
    SECRETS.map((standIn) => ({ ...others, secret: (secret: string) => standIn(withoutCodes(secret)) })),
  ),
];
