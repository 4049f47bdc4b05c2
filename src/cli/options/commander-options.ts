import { type Command, Option } from "commander";
import { CHECKING, type CommandName } from "./row.js";
import { type NamedRow, OPTIONS } from "./table.js";

/** Adds the options of a command, all under one heading of its help. */
export function addOptions(program: Command, command: CommandName): Command {
  for (const row of rowsOf(command)) program.addOption(optionOf(row));
  return program;
}

/** Adds the options of a command, under the headings of the table. */
export function addGroupedOptions(program: Command, command: CommandName): Command {
  for (const row of rowsOf(command)) program.addOption(optionOf(row).helpGroup(row.group));
  return program;
}

function rowsOf(command: CommandName): readonly NamedRow[] {
  const own = OPTIONS.filter(({ commands = CHECKING }) => commands.includes(command));
  return own.map((row) => ({
    ...row,
    kind: row.kindFor?.[command] ?? row.kind,
    says: row.saysFor?.[command] ?? row.says,
  }));
}

function optionOf(row: NamedRow): Option {
  const { kind, says } = row;
  const text = kind.repeats === undefined ? says : `${says}; ${kind.repeats}`;
  const option = new RowOption(row, text + impliedIn(row)).default(row.default, row.defaultInWords);
  if (kind.choices !== undefined) option.choices(kind.choices);
  return kind.parse === undefined ? option : option.argParser(kind.parse);
}

/** What holds where no value is given: Commander says so of values only. */
function impliedIn({ default: value, defaultInWords }: NamedRow): string {
  return value === undefined && defaultInWords !== undefined ? ` (default: ${defaultInWords})` : "";
}

/** "-f, --format <name>" */
function flagsOf({ short, name, kind: { value } }: NamedRow): string {
  return [...(short === undefined ? [] : [`${short},`]), `--${name}`, ...(value ? [`<${value}>`] : [])].join(
    " ",
  );
}

/** An option whose value has the name of its row's: several options may add to one, in the order of the command line. */
class RowOption extends Option {
  readonly #gives: string;

  constructor(row: NamedRow, description: string) {
    super(flagsOf(row), description);
    this.#gives = row.gives;
  }

  override attributeName(): string {
    return this.#gives;
  }
}
