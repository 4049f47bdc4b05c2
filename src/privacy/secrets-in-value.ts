import { namesIn, scalarsIn } from "../model/strings-in.js";
import { secretMember } from "./named-secrets.js";
import { type Secret, secretsIn, secretsInArguments } from "./secrets.js";

/** A string or a number of a JSON value that holds secrets. */
export interface SecretAt {
  readonly pointer: string;
  /** The value as text; the secrets are stretches of it. */
  readonly text: string;
  readonly secrets: readonly Secret[];
}

/**
 * All strings of a JSON value that hold secrets, and the values of members that are named as secrets (IS-7.1-2). An
 * array of strings may be the arguments of a command.
 */
export function* secretsInValue(root: unknown): Generator<SecretAt> {
  const lists = new Map<readonly unknown[], ReadonlyMap<number, readonly Secret[]>>();
  for (const { pointer, value, name, list, index } of scalarsIn(root)) {
    const text = String(value);
    if (list !== undefined && !lists.has(list)) lists.set(list, secretsInArguments(list));
    const own = list === undefined ? secretsIn(text) : (lists.get(list)?.get(index) ?? []);
    const secrets = own.length > 0 || name === undefined ? own : secretMember(name, text);
    if (secrets.length > 0) yield { pointer, text, secrets };
  }
}

/** All members of a JSON value whose names hold secrets. */
export function* secretsInNames(root: unknown): Generator<SecretAt> {
  for (const { pointer, text } of namesIn(root)) {
    const secrets = secretsIn(text);
    if (secrets.length > 0) yield { pointer, text, secrets };
  }
}
