import { Command } from "commander";
import { nearest, VERSION } from "../index.js";
import { parse } from "./parse.js";
import { HelpAsked, UsageError } from "./usage-error.js";

export function helpCommand(): Command {
  return new Command("mplp-check help")
    .description("Prints the help of mplp-check, or that of one of its commands.")
    .argument("[command]", "such as explain or init")
    .helpOption("-h, --help", "print this help");
}

export function versionCommand(): Command {
  return new Command("mplp-check version")
    .description("Prints the version of mplp-check.")
    .helpOption("-h, --help", "print this help");
}

/**
 * Runs `mplp-check help [COMMAND]`.
 *
 * @param programs the commands by name, and the program itself by the empty one
 * @throws HelpAsked with what was asked for, or UsageError where there is no such command
 */
export function help(args: readonly string[], programs: Readonly<Record<string, () => Command>>): never {
  const [name = ""] = parse(helpCommand(), args).args;
  const program = Object.hasOwn(programs, name) ? programs[name] : undefined;
  if (program !== undefined) parse(program(), ["--help"]);
  const meant = nearest(name, Object.keys(programs));
  const advice = meant === undefined ? "mplp-check --help lists them" : `did you mean ${meant}?`;
  throw new UsageError(`there is no command ${name}; ${advice}`);
}

/** Runs `mplp-check version`. @throws HelpAsked with the version */
export function version(args: readonly string[]): never {
  parse(versionCommand(), args);
  throw new HelpAsked(`${VERSION}\n`);
}
