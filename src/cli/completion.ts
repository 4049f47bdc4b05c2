import { Argument, Command, type Option } from "commander";
import type { ExitCode } from "../index.js";
import { writeStdout } from "./outputs.js";
import { parse } from "./parse.js";
import type { Streams } from "./streams.js";

const SHELLS = ["bash", "zsh", "fish"] as const;
type Shell = (typeof SHELLS)[number];

/** A command line with its subcommands, as far as completion needs to know it. */
export interface Completable {
  readonly options: readonly Option[];
  /** By name; what may follow it besides options. */
  readonly commands: Readonly<
    Record<string, { readonly options: readonly Option[]; readonly words: readonly string[] }>
  >;
}

export function completionCommand(): Command {
  return new Command("mplp-check completion")
    .description("Prints a script that completes mplp-check in a shell.")
    .addArgument(new Argument("<shell>", "which one").choices(SHELLS))
    .helpOption("-h, --help", "print this help");
}

/** Runs `mplp-check completion SHELL`. @throws UsageError */
export async function completion(
  args: readonly string[],
  line: Completable,
  streams: Streams,
): Promise<ExitCode> {
  const [shell] = parse(completionCommand(), args).args as [Shell];
  await writeStdout([{ bash, zsh, fish }[shell](line)], streams);
  return 0;
}

function flagsOf(options: readonly Option[]): string[] {
  return options.flatMap(({ short, long }) =>
    [short, long].filter((flag): flag is string => flag !== undefined),
  );
}

/** What completes after an option: `"$command $before"` of the script in the shell, for options with choices. */
function choicesOf(command: string, options: readonly Option[]): string[] {
  return options.flatMap((option) => {
    const { argChoices } = option;
    if (argChoices === undefined) return [];
    const places = flagsOf([option]).map((flag) => `"${command} ${flag}"`);
    return `    ${places.join("|")}) COMPREPLY=($(compgen -W "${argChoices.join(" ")}" -- "$word")); return ;;`;
  });
}

/** What the script calls the command line without a subcommand. */
const NO_COMMAND = "-";

function bash({ options, commands }: Completable): string {
  const names = Object.keys(commands);
  const choices = [
    ...choicesOf(NO_COMMAND, options),
    ...Object.entries(commands).flatMap(([name, command]) => choicesOf(name, command.options)),
  ];
  const own = Object.entries(commands).map(
    ([name, command]) =>
      `    ${name}) words="${[...command.words, ...flagsOf(command.options)].join(" ")}" ;;`,
  );
  const flags = flagsOf(options).join(" ");
  return `# bash completion for mplp-check: source <(mplp-check completion bash)
_mplp_check() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command="${NO_COMMAND}" words
  if [[ $COMP_CWORD -gt 1 ]]; then
    case "\${COMP_WORDS[1]}" in
      ${names.join("|")}) command="\${COMP_WORDS[1]}" ;;
    esac
  fi
  case "$command $before" in
${choices.join("\n")}
  esac
  words="${flags}"
  case "$command" in
${own.join("\n")}
  esac
  if [[ $COMP_CWORD -eq 1 ]]; then words="${names.join(" ")} ${flags}"; fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
  local IFS=$'\\n'
  COMPREPLY+=($(compgen -f -- "$word"))
}
complete -o filenames -F _mplp_check mplp-check
`;
}

/** zsh runs bash's function: one description of the command line is enough. */
function zsh(line: Completable): string {
  return `#compdef mplp-check
# zsh completion for mplp-check: source <(mplp-check completion zsh)
autoload -U +X bashcompinit && bashcompinit
${bash(line)}`;
}

function fish(line: Completable): string {
  const names = Object.keys(line.commands).join(" ");
  const under = (name: string) => `-n "__fish_seen_subcommand_from ${name}"`;
  const top = `-n "not __fish_seen_subcommand_from ${names}"`;
  const lines = [
    ...Object.keys(line.commands).map((name) => `complete -c mplp-check -n __fish_use_subcommand -a ${name}`),
    ...line.options.map((option) => `complete -c mplp-check ${top} ${fishOption(option)}`),
    ...Object.entries(line.commands).flatMap(([name, { options, words }]) => [
      ...options.map((option) => `complete -c mplp-check ${under(name)} ${fishOption(option)}`),
      ...(words.length === 0 ? [] : [`complete -c mplp-check -f ${under(name)} -a "${words.join(" ")}"`]),
    ]),
  ];
  return `# fish completion for mplp-check: mplp-check completion fish | source\n${lines.join("\n")}\n`;
}

function fishOption({ short, long, description, argChoices, required }: Option): string {
  const text = description.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
  return [
    ...(short === undefined ? [] : [`-s ${short.slice(1)}`]),
    ...(long === undefined ? [] : [`-l ${long.slice(2)}`]),
    ...(argChoices === undefined ? [] : [`-xa "${argChoices.join(" ")}"`]),
    ...(required && argChoices === undefined ? ["-r"] : []),
    `-d '${text}'`,
  ].join(" ");
}
