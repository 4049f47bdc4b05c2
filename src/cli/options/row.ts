import type { Kind } from "./kinds.js";

/** Commands whose options stand in the table. */
export type CommandName =
  | "check"
  | "listen"
  | "merge"
  | "report"
  | "excerpts"
  | "diff"
  | "trend"
  | "slice"
  | "selftest"
  | "explain"
  | "stats";

/** Where an option may be set besides the command line. */
export type Elsewhere = "environment" | "configuration";

/** An option, by its name: `fail-on` is `--fail-on`, `MPLP_CHECK_FAIL_ON`, `fail-on:` and `failOn`. */
export interface OptionRow {
  readonly kind: Kind<unknown>;
  /** Of commands that take other values. */
  readonly kindFor?: Readonly<Partial<Record<CommandName, Kind<unknown>>>>;
  /** What it does: in the help, in the schema of configurations and in docs/configuration.md. */
  readonly says: string;
  /** A longer text for the schema and for docs/configuration.md. */
  readonly saysAlone?: string;
  /** For commands to which it means something else. */
  readonly saysFor?: Readonly<Partial<Record<CommandName, string>>>;
  readonly short?: "-f" | "-o";
  /** The value without the option. */
  readonly default?: unknown;
  /** The text that the help shows as the default, if the value itself would not be clear. */
  readonly defaultInWords?: string;
  readonly elsewhere?: readonly Elsewhere[];
  /** Default: `check`, `listen` and `merge`. */
  readonly commands?: readonly CommandName[];
  /** The value that this option and others add to, in their order; default: one of its own. */
  readonly into?: "placing";
}

export type OptionRows = Readonly<Record<string, OptionRow>>;

export const SETTING: readonly Elsewhere[] = ["environment", "configuration"];
export const VARIABLE: readonly Elsewhere[] = ["environment"];

/** Commands that check and judge. */
export const CHECKING: readonly CommandName[] = ["check", "listen", "merge"];
/** Commands that judge. */
export const JUDGING: readonly CommandName[] = [...CHECKING, "slice", "selftest"];
/** Commands that run over a log or its states. */
export const RUNNING: readonly CommandName[] = [...JUDGING, "stats"];
/** Commands that open logs of others under a name. */
export const NAMING: readonly CommandName[] = ["check", "stats", "selftest"];
/** Commands that open a log: who merges reads states. */
export const READING: readonly CommandName[] = ["check", "listen"];
/** Commands with options that say how to read an input. */
export const TAKING: readonly CommandName[] = [...READING, "slice", "stats", "selftest"];
/** The command that opens logs of others. */
export const OPENING: readonly CommandName[] = ["check"];
/** Commands that write reports. */
export const REPORTING: readonly CommandName[] = ["check", "listen", "merge", "report", "excerpts"];
/** Commands that write what a report says in some way, and may end with 1 by it. */
export const TELLING: readonly CommandName[] = [...REPORTING, "diff"];

type InCamelCase<Name extends string> = Name extends `${infer Word}-${infer Others}`
  ? `${Word}${Capitalize<InCamelCase<Others>>}`
  : Name;

/** The value that an option gives; --no-config and --config give the same one. */
type ValueName<Name, Row> = Row extends { into: infer Shared extends string }
  ? Shared
  : Name extends `no-${infer Other}`
    ? InCamelCase<Other>
    : Name extends string
      ? InCamelCase<Name>
      : never;

type ValueOf<Row> = Row extends { kind: Kind<infer Value> } ? Value : never;

/** The values that the options of a table give: those with a default always, the others where somebody says them. */
export type ValuesOf<Table> = {
  readonly [Name in keyof Table as Table[Name] extends { default: unknown }
    ? ValueName<Name, Table[Name]>
    : never]: ValueOf<Table[Name]>;
} & {
  readonly [Name in keyof Table as Table[Name] extends { default: unknown }
    ? never
    : ValueName<Name, Table[Name]>]?: ValueOf<Table[Name]>;
};
