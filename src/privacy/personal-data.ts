import { ANY_SIGN, SIGN } from "../model/signs.js";

/**
 * True if the JSON text of an event may contain an e-mail address (IS-7.1-3).
 *
 * @param signs bits of SIGN that may be in the text
 */
export function mayHoldEmailAddress(json: string, signs: number = ANY_SIGN): boolean {
  if ((signs & SIGN.atSign) !== 0 && json.includes("@")) return true;
  return (signs & SIGN.backslash) !== 0 && json.includes("\\u0040");
}

/**
 * True if the text contains a person's e-mail address. Addresses of machines, URLs and packages do not count
 * (IS-7.1-3).
 */
export function holdsEmailAddress(text: string): boolean {
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    if (isPersonsAddress(text, at)) return true;
  }
  return false;
}

/** True if the author's name is that of a person, not of a bot, a service or nobody. */
export function isPersonName(name: string): boolean {
  return /\p{L}/u.test(name) && !isBot(name) && !NOBODY.test(name.trim());
}

const BOT =
  /\[bot\]|(?:^|[\s._+-])bots?$|^(?:dependabot|renovate|greenkeeper|snyk|codecov|github|gitlab|circleci|semantic-release|weblate)(?:$|[\s._-])/i;

/** Programs with a person's first name: Claude Code matches, Claude Monet does not. */
const NAMESAKE =
  /^(?:claude|codex|copilot|cursor|devin|gemini|jenkins|travis)(?:[\s._-]?(?:action|agent|ai|ci|cli|code|swe|\d[\d.]*))*$/i;

/** True if the name is that of a program which makes changes: dependabot[bot], renovate-bot, GitHub Actions. */
export function isBot(name: string): boolean {
  const head = name.trim().slice(0, LONGEST_NAME);
  return BOT.test(head) || NAMESAKE.test(head);
}

const LONGEST_NAME = 256;

/** Roles, programs, and words for an unknown name. */
const NOBODY =
  /^(?:unknown|anonymous|nobody|none|null|undefined|n\/a|root|admin|administrator|system|automation|runtime|service|user|author|agent|ci|cd|build|deploy|test|actions?|no-?reply|localhost)$|(?:^|[\s_-])(?:agent|assistant|runtime|service|system|pipeline|automation|ci)$|redacted|^[<[{$*]/i;

// Neither side of an @ may contain another @, so each character is read for two addresses at most.
const LOCAL_CHARACTER = /[\p{L}\p{N}._+-]/u;
const DOMAIN =
  /((?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}(?:xn--[a-z0-9-]{2,59}|\p{L}{2,24}))(?![\p{L}\p{N}@-])/uy;
const LONGEST_LOCAL = 64;

function isPersonsAddress(text: string, at: number): boolean {
  const local = localBefore(text, at);
  if (local === "" || isOfMachine(local)) return false;
  DOMAIN.lastIndex = at + 1;
  const domain = DOMAIN.exec(text)?.[1];
  if (domain === undefined || NO_DOMAIN.test(domain)) return false;
  return !isRemote(text, at + 1 + domain.length) && !isInUrl(text, at - local.length);
}

/** The mailbox name before an @; empty if the text there is not one. */
function localBefore(text: string, at: number): string {
  let start = at;
  while (start > 0 && at - start <= LONGEST_LOCAL && LOCAL_CHARACTER.test(text[start - 1] ?? "")) start--;
  if (at - start > LONGEST_LOCAL || /[$%{&]/.test(text[start - 1] ?? "")) return "";
  return /[\p{L}\p{N}].*/u.exec(text.slice(start, at))?.[0] ?? "";
}

/** Mailboxes without a personal owner: remotes, senders of notices, roles. */
const MACHINE =
  /^(?:git|hg|svn|ssh|scp|root|www|ftp|actions?|builds?|ci|abuse|admin|alerts?|billing|contact|daemon|hello|help|info|mailer-daemon|nobody|notifications?|office|postmaster|hostmaster|webmaster|sales|security|service|support|team)$|no[._-]?reply|do[._-]?not[._-]?reply/i;

function isOfMachine(local: string): boolean {
  return MACHINE.test(local) || isBot(local);
}

/** Hosts of home and company networks from which git builds addresses; versions, image sizes, file names. */
const NO_DOMAIN =
  /(?:^|\.)(?:local|localdomain|localhost|internal|intranet|lan|home|corp|invalid|test)$|no-?reply|^v?\d+\.\d|^\d+x\.|\.(?:png|jpe?g|gif|svg|webp|ico|css|[cm]?[jt]sx?|json|html?|txt|ya?ml|toml|lock|map|log|t?gz|zip)$/i;

/** user@host:path, user@host:22, user@host/path */
function isRemote(text: string, end: number): boolean {
  return /^(?::[\w~./]|\/)/.test(text.slice(end, end + 2));
}

/** https://user@host, https://user:password@host, actions/checkout@branch.name */
function isInUrl(text: string, start: number): boolean {
  if (text[start - 1] === "/") return true;
  return /:\/\/[^\s/?#@]*$/.test(text.slice(Math.max(0, start - LONGEST_NAME), start));
}
