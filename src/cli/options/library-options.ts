import type { check, selftest } from "../../index.js";
import type { Invocation, Judging } from "./invocation.js";

type CheckOptions = NonNullable<Parameters<typeof check>[1]>;
type SelftestOptions = NonNullable<Parameters<typeof selftest>[1]>;

/** Those that have the same name and meaning in the library: it refuses others. */
type Shared<Told, Options> = Exclude<keyof Told & keyof Options, "configuration" | "follow">;

const OF_CHECKS: Readonly<Record<Shared<Invocation, CheckOptions>, true>> = {
  allowEmpty: true,
  claims: true,
  complete: true,
  context: true,
  expect: true,
  extraInvariants: true,
  invariants: true,
  jobs: true,
  kinds: true,
  maxFindings: true,
  maxRecordBytes: true,
  maxState: true,
  part: true,
  redact: true,
  schemas: true,
  stateIn: true,
  stdinName: true,
  unwrap: true,
};

const OF_SELFTESTS: Readonly<Record<Shared<Judging, SelftestOptions> | "kinds", true>> = {
  claims: true,
  complete: true,
  extraInvariants: true,
  invariants: true,
  kinds: true,
  maxRecordBytes: true,
  maxState: true,
  places: true,
  records: true,
  schemas: true,
  stdinName: true,
  unwrap: true,
};

/** What an invocation says in the words of `check`. */
export function checkOptionsIn(told: Invocation): Pick<Invocation, keyof typeof OF_CHECKS> {
  return picked(told, OF_CHECKS);
}

/** What an invocation says in the words of `selftest`. */
export function selftestOptionsIn<Told extends Pick<Invocation, keyof typeof OF_SELFTESTS>>(
  told: Told,
): Pick<Told, keyof typeof OF_SELFTESTS> {
  return picked(told, OF_SELFTESTS);
}

function picked<Told extends object, Name extends keyof Told>(
  told: Told,
  names: Readonly<Record<Name, true>>,
): Pick<Told, Name> {
  const own = Object.entries(told).filter(([name]) => Object.hasOwn(names, name));
  return Object.fromEntries(own) as Pick<Told, Name>;
}
