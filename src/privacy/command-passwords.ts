import { isPlaceholderSecret, isReference } from "./placeholders.js";
import type { Secret } from "./secret.js";

/** Commands that take a password in an unusual option, and a word of files that list passwords. */
export const COMMAND_SIGNS = ["curl", "mysql", "sshpass", "login"] as const;

const VALUE = "[^\\s\"'`\\\\]{4,256}";
const QUOTE = "[\"'\\\\]{0,3}";

interface Command {
  /** A text without this sign cannot match. */
  readonly sign: (typeof COMMAND_SIGNS)[number];
  readonly pattern: RegExp;
}

/** The last group of each expression is the password. */
const COMMANDS: readonly Command[] = [
  {
    sign: "curl",
    pattern: new RegExp(
      `(?<=\\s)(?:-[uU] ?|--(?:proxy-)?user[ =])${QUOTE}[^\\s:"'\\\\]{1,100}:(${VALUE})`,
      "g",
    ),
  },
  { sign: "mysql", pattern: new RegExp(`(?<=\\s)-p${QUOTE}(${VALUE})`, "g") },
  { sign: "sshpass", pattern: new RegExp(`(?<=sshpass )-p ?${QUOTE}(${VALUE})`, "g") },
  {
    sign: "login",
    pattern: new RegExp(`\\blogin\\s{1,8}\\S{1,100}\\s{1,8}password\\s{1,8}${QUOTE}(${VALUE})`, "g"),
  },
];

/** Passwords in the command lines of programs, and in lines of a .netrc file. */
export function commandPasswords(text: string): readonly Secret[] {
  const found: Secret[] = [];
  for (const { sign, pattern } of COMMANDS) {
    if (!text.includes(sign)) continue;
    for (const { 0: match, 1: value = "", index } of text.matchAll(pattern)) {
      if (!isPassword(value)) continue;
      const end = index + match.length;
      found.push({ start: end - value.length, end, kind: "a password" });
    }
  }
  return found;
}

/** Requires letters and other characters: user names, ports and words of a sentence rarely have both. */
function isPassword(value: string): boolean {
  if (isPlaceholderSecret(value) || isReference(value)) return false;
  return value.length >= 6 && /[A-Za-z]/.test(value) && /[\d!@#$%^&*+~?]/.test(value);
}
