/** What GitHub's runner makes of a step's output, as its ActionCommand and ActionCommandManager do it. */
export interface RunnerCommand {
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

const REGISTERED = new Set([
  "add-mask",
  "add-matcher",
  "add-path",
  "debug",
  "echo",
  "endgroup",
  "error",
  "group",
  "notice",
  "remove-matcher",
  "save-state",
  "set-env",
  "set-output",
  "stop-commands",
  "warning",
]);

/** The commands of an output, in their order; `stopped` is what was said while commands were stopped. */
export function commandsOf(output: string): { readonly commands: RunnerCommand[]; readonly lines: string[] } {
  const commands: RunnerCommand[] = [];
  const lines: string[] = [];
  let token: string | undefined;
  for (const line of output.split(/\r\n|\r|\n/)) {
    const known = new Set(token === undefined ? REGISTERED : [...REGISTERED, token]);
    const command = newerSyntax(line, known) ?? olderSyntax(line, known);
    if (command === undefined || (token !== undefined && command.command !== token)) {
      if (line !== "") lines.push(line);
      continue;
    }
    if (token !== undefined) token = undefined;
    else if (command.command === "stop-commands") token = command.data;
    else commands.push(command);
  }
  return { commands, lines };
}

/** `::name key=value,key=value::data`, at the beginning of a line. */
function newerSyntax(line: string, known: ReadonlySet<string>): RunnerCommand | undefined {
  const trimmed = line.trimStart();
  const end = trimmed.indexOf("::", 2);
  if (!trimmed.startsWith("::") || end < 0) return undefined;
  const [name = "", list] = split(trimmed.slice(2, end), " ");
  if (!known.has(name.toLowerCase())) return undefined;
  const properties = propertiesOf(list, ",", (value) =>
    unescaped(value, ["%0D", "%0A", "%3A", "%2C", "%25"]),
  );
  const data = unescaped(trimmed.slice(end + 2), ["%0D", "%0A", "%25"]);
  return { command: name.toLowerCase(), properties, data };
}

/** `##[name key=value;key=value]data`, anywhere in a line. */
function olderSyntax(line: string, known: ReadonlySet<string>): RunnerCommand | undefined {
  const start = line.indexOf("##[");
  const end = line.indexOf("]", start);
  if (start < 0 || end < 0) return undefined;
  const [name = "", list] = split(line.slice(start + 3, end), " ");
  if (!known.has(name.toLowerCase())) return undefined;
  const codes = ["%3B", "%0D", "%0A", "%5D", "%25"];
  const properties = propertiesOf(list, ";", (value) => unescaped(value, codes));
  return { command: name.toLowerCase(), properties, data: unescaped(line.slice(end + 1), codes) };
}

function propertiesOf(list = "", separator: string, read: (value: string) => string): Record<string, string> {
  const pairs = list
    .trim()
    .split(separator)
    .map((pair) => split(pair, "="))
    .filter(([key, value]) => key !== "" && value !== undefined && value !== "");
  return Object.fromEntries(pairs.map(([key, value = ""]) => [key, read(value)]));
}

function split(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function unescaped(text: string, codes: readonly string[]): string {
  return codes.reduce((read, code) => read.replaceAll(code, decodeURIComponent(code)), text);
}
