import { type Command, CommanderError, InvalidArgumentError } from "commander";
import { nearest } from "../index.js";
import { HelpAsked, UsageError } from "./usage-error.js";

/**
 * Reads the arguments of a command.
 *
 * @throws UsageError where they cannot be followed
 * @throws HelpAsked with the help, or the version
 */
export function parse(program: Command, args: readonly string[]): Command {
  const text: string[] = [];
  program
    .configureOutput({ writeOut: (piece) => text.push(piece), writeErr: (piece) => text.push(piece) })
    .exitOverride();
  try {
    return program.parse(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const said = idleValue(program, args, error) ?? text.join("");
    // Standard error has the program's own prefix.
    throw error.exitCode === 0 ? new HelpAsked(said) : new UsageError(plain(said));
  }
}

/** What the package says, in the words that it has for options. */
function plain(said: string): string {
  return said
    .replace(/^error: /, "")
    .replace(/^command-argument value ('.*') is invalid for argument '[^']*'/, "argument $1 is invalid")
    .trimEnd();
}

/** For a switch with a value, which is no unknown option. */
function idleValue(
  { options }: Command,
  args: readonly string[],
  { code }: CommanderError,
): string | undefined {
  if (code !== "commander.unknownOption") return undefined;
  const given = options.find(
    ({ long, required, optional }) =>
      !required && !optional && args.some((arg) => arg.startsWith(`${long}=`)),
  );
  return given && `option '${given.long}' takes no value: write it alone, or leave it out`;
}

/** What a command names. @throws InvalidArgumentError if it is empty, as an unset variable of a shell is */
export function notEmpty(text: string): string {
  if (text !== "") return text;
  throw new InvalidArgumentError("It is empty: name something, or leave it out.");
}

/** The name that was given, in upper or lower case. @throws InvalidArgumentError if it is not among the names */
export function chosen<Name extends string>(names: readonly Name[], given: string): Name {
  const wanted = given.trim().toLowerCase();
  const name = names.find((known) => known.toLowerCase() === wanted);
  if (name !== undefined) return name;
  const meant = nearest(given, names);
  const advice = meant === undefined ? "" : ` Did you mean ${meant}?`;
  throw new InvalidArgumentError(`Allowed choices are ${names.join(", ")}.${advice}`);
}

/** The names that were given, separated by commas. @throws InvalidArgumentError if one is not among the names */
export function allChosen<Name extends string>(names: readonly Name[], given: string): readonly Name[] {
  return given.split(",").map((each) => chosen(names, each));
}

/** A whole number from 1. @throws InvalidArgumentError for any other text */
export function positive(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1) throw new InvalidArgumentError("It must be a whole number from 1.");
  if (Number.isSafeInteger(number)) return number;
  throw new InvalidArgumentError(`It must be a whole number up to ${Number.MAX_SAFE_INTEGER}.`);
}
