import { authorizations } from "./authorization.js";
import { commandPasswords } from "./command-passwords.js";
import { cookies } from "./cookies.js";
import { jsonWebTokens } from "./json-web-tokens.js";
import { isSecretOption, kindOf, namedSecrets } from "./named-secrets.js";
import { encodedPrivateKeys, privateKeyLines, privateKeys } from "./private-keys.js";
import type { Detector, Secret } from "./secret.js";
import { secretlintTokens } from "./secretlint.js";
import { hasSign } from "./signs.js";
import { formattedTokens } from "./token-formats.js";
import { urlCredentials } from "./url-credentials.js";

export type { Secret } from "./secret.js";

/** Detectors with the most precise names for their secrets come first. */
const DETECTORS: readonly Detector[] = [
  secretlintTokens,
  formattedTokens,
  privateKeys,
  encodedPrivateKeys,
  jsonWebTokens,
  urlCredentials,
  authorizations,
  cookies,
  commandPasswords,
  namedSecrets,
];

/**
 * True if the JSON text of an event may contain secrets (IS-7.1-2). If false, `secretsIn` and `secretsInArguments`
 * find nothing in any value of the event.
 *
 * @param signs bits of SIGN that may be in the text; default: any
 */
export function mayHoldSecrets(text: string, signs?: number): boolean {
  return hasSign(text, signs);
}

/** The secrets in one value, in order, without overlaps (IS-7.1-2). */
export function secretsIn(text: string): readonly Secret[] {
  // Test the JSON text, so that this function never finds what mayHoldSecrets ruled out.
  if (!hasSign(JSON.stringify(text))) return [];
  return merged([...detected(text), ...spelledSecrets(text)]);
}

function detected(text: string): readonly Secret[] {
  return DETECTORS.flatMap((detector) => detector(text));
}

/** In JSON inside a text, however deep: an ASCII character as its code, or white space as an escape. */
const OF_JSON = /(?<!\\)\\+(?:u00([2-7][0-9A-Fa-f])|[bfnrt])/;
/** A character in a web address, or a part of one beyond ASCII; also in an address that stands in another. */
const OF_ADDRESS = /%(?:25)*(?:([2-7][0-9A-Fa-f])|[0189A-Fa-f][0-9A-Fa-f])/;
const ESC = "(?:\u001b|(?<!\\\\)\\\\+u001[bB])";
/** Tells a terminal how to show what follows. Of a colour the beginning may be written in any way. */
const OF_TERMINAL = `${ESC}(?:\\[[0-?]*[ -/]*[@-~]|[()][A-Z0-9])|\\[[0-9;]*m`;

const CODE = new RegExp([OF_JSON.source, OF_ADDRESS.source, OF_TERMINAL].join("|"), "g");

/** The text with its codes read. */
export function withoutCodes(text: string): string {
  return text.replaceAll(CODE, (_code, ofJson?: string, ofAddress?: string) =>
    characterOf(ofJson ?? ofAddress),
  );
}

/** @param digits of the character; undefined for a code that ends a word like a blank */
function characterOf(digits: string | undefined): string {
  return digits === undefined ? " " : String.fromCharCode(Number.parseInt(digits, 16));
}

/** The secrets that only show when the codes in a text are read. */
function spelledSecrets(text: string): readonly Secret[] {
  /** Offsets after each code, in the plain text and in the text. */
  const codes: { readonly plain: number; readonly spelled: number }[] = [];
  let [plain, at] = ["", 0];
  for (const { 0: code, 1: ofJson, 2: ofAddress, index } of text.matchAll(CODE)) {
    plain += text.slice(at, index) + characterOf(ofJson ?? ofAddress);
    at = index + code.length;
    codes.push({ plain: plain.length, spelled: at });
  }
  if (codes.length === 0) return [];
  plain += text.slice(at);
  let [next, behind] = [0, { plain: 0, spelled: 0 }];
  /** Offsets must not go back. */
  const spelledAt = (offset: number): number => {
    for (let code = codes[next]; code !== undefined && code.plain <= offset; code = codes[++next])
      behind = code;
    return behind.spelled + offset - behind.plain;
  };
  return merged(detected(plain)).map(({ start, end, kind }) => ({
    start: spelledAt(start),
    end: spelledAt(end),
    kind,
  }));
}

/**
 * The secrets in an array, by index; elements without secrets are left out. Finds those in each text, the lines of a
 * private key, and arguments that are the value of the option before them (--token, abc).
 */
export function secretsInArguments(args: readonly unknown[]): ReadonlyMap<number, readonly Secret[]> {
  const found = new Map<number, readonly Secret[]>();
  const lines = privateKeyLines(args);
  const isCurl = args.some((argument) => typeof argument === "string" && /(?:^|\/)curl$/.test(argument));
  for (const [index, argument] of args.entries()) {
    if (typeof argument !== "string") continue;
    const line = lines.get(index);
    const secrets = merged([
      ...(line === undefined ? [] : [line]),
      ...secretsIn(argument),
      ...optionValue(args[index - 1], argument),
      ...(isCurl ? userOption(args[index - 1], argument) : []),
    ]);
    if (secrets.length > 0) found.set(index, secrets);
  }
  return found;
}

function optionValue(option: unknown, value: string): readonly Secret[] {
  if (typeof option !== "string" || !isSecretOption(option, value)) return [];
  return [{ start: 0, end: value.length, kind: kindOf(option) }];
}

/** The password in curl's user option: -u, name:password. */
function userOption(option: unknown, value: string): readonly Secret[] {
  if (typeof option !== "string" || !/^(?:-[uU]|--(?:proxy-)?user)$/.test(option)) return [];
  const before = `curl ${option} `;
  return commandPasswords(before + value).map(({ start, end, kind }) => ({
    start: start - before.length,
    end: end - before.length,
    kind,
  }));
}

/** Overlapping secrets become one, with the kind of the first detector. */
function merged(secrets: readonly Secret[]): readonly Secret[] {
  const ranks = new Map(secrets.map((secret, rank) => [secret, rank]));
  const rankOf = (secret: Secret): number => ranks.get(secret) ?? 0;
  const all: Secret[] = [];
  let lastRank = 0;
  for (const next of [...secrets].sort((a, b) => a.start - b.start || rankOf(a) - rankOf(b))) {
    const last = all.at(-1);
    if (last === undefined || next.start >= last.end) {
      all.push(next);
      lastRank = rankOf(next);
      continue;
    }
    const kind = rankOf(next) < lastRank ? next.kind : last.kind;
    lastRank = Math.min(lastRank, rankOf(next));
    all[all.length - 1] = { start: last.start, end: Math.max(last.end, next.end), kind };
  }
  return all;
}
