import { commandsOf, type RunnerCommand } from "../github-runner.js";

/** The annotations of an output, as the runner reads them. @throws where it takes a line for none */
export function readGithub(output: string): readonly RunnerCommand[] {
  const { commands, lines } = commandsOf(output);
  const others = commands.filter(({ command }) => !["error", "warning", "notice"].includes(command));
  if (lines.length > 0 || others.length > 0)
    throw new Error(`no annotations: ${JSON.stringify([lines, others])}`);
  return commands;
}
