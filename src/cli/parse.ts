import { type Command, CommanderError, InvalidArgumentError } from "commander";
import { UsageError } from "./usage-error.js";

/**
 * Reads the arguments of a command.
 *
 * @throws UsageError with the help that was asked for, or with what is wrong
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
    throw new UsageError(text.join(""), error.exitCode === 0);
  }
}

/** The one of some names that was given. @throws InvalidArgumentError where it is none of them */
export function chosen<Name extends string>(names: readonly Name[], given: string): Name {
  const name = names.find((known) => known === given);
  if (name === undefined) throw new InvalidArgumentError(`Allowed choices are ${names.join(", ")}.`);
  return name;
}

/** A whole number from 1. @throws InvalidArgumentError where it is none */
export function positive(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number) || number < 1) {
    throw new InvalidArgumentError("It must be a whole number from 1.");
  }
  return number;
}
