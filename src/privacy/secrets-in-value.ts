import { namesIn, scalarsIn } from "../model/strings-in.js";
import { authMember } from "./authorization.js";
import { cookieMember } from "./cookies.js";
import { secretMember } from "./named-secrets.js";
import { type Secret, secretsIn, secretsInArguments } from "./secrets.js";

/** A string or number in a JSON value that contains secrets. */
export interface SecretAt {
  readonly pointer: string;
  /** The value as text; the secrets are offsets into it. */
  readonly text: string;
  readonly secrets: readonly Secret[];
}

/**
 * All strings of a JSON value with secrets, and the values of members named like secrets (IS-7.1-2).
 * An array of strings may be the arguments of a command.
 */
export function* secretsInValue(root: unknown): Generator<SecretAt> {
  const lists = new Map<readonly unknown[], ReadonlyMap<number, readonly Secret[]>>();
  for (const { pointer, value, name, object, list, index } of scalarsIn(root)) {
    const text = String(value);
    if (list !== undefined && !lists.has(list)) lists.set(list, secretsInArguments(list));
    const own = list === undefined ? secretsIn(text) : (lists.get(list)?.get(index) ?? []);
    const secrets = own.length > 0 || name === undefined ? own : ofMember(name, text, object);
    if (secrets.length > 0) yield { pointer, text, secrets };
  }
}

/** Uses the member's own name, or the name given beside the value. */
function ofMember(
  name: string,
  value: string,
  object: Readonly<Record<string, unknown>> | undefined,
): readonly Secret[] {
  const found = [secretMember(name, value), authMember(name, value), cookieMember(name, value)];
  const own = found.find(({ length }) => length > 0);
  if (own !== undefined || object === undefined || !/^value$/i.test(name)) return own ?? [];
  const given = NAMES.map((member) => object[member]).find((other) => typeof other === "string");
  return typeof given === "string" ? ofMember(given, value, undefined) : [];
}

/**
 * The secrets in a value if only its own member is known: if another member or an earlier element may say what the
 * value is, the whole value counts as one secret.
 */
export function secretsOutOfSight(member: string | undefined, text: string): readonly Secret[] {
  if (member === undefined || /^value$/i.test(member))
    return text === "" ? [] : [{ start: 0, end: text.length, kind: "a value that may be a secret" }];
  const own = secretsIn(text);
  return own.length > 0 ? own : ofMember(member, text, undefined);
}

/** Members that give the name of the value beside them: {"name": "API_KEY", "value": "..."}. */
const NAMES = ["name", "key", "Name", "Key", "variable", "header"] as const;

/** All members of a JSON value with secrets in their names. */
export function* secretsInNames(root: unknown): Generator<SecretAt> {
  for (const { pointer, text } of namesIn(root)) {
    const secrets = secretsIn(text);
    if (secrets.length > 0) yield { pointer, text, secrets };
  }
}
