import { Command } from "commander";
import { addGroupedOptions } from "./options/commander-options.js";

const EXAMPLES = `
Examples:
  mplp-check listen                                        take events until Ctrl-C, then report
  mplp-check listen -f junit -o r.xml -- npm run e2e       while a command runs; it finds the address
                                                           in MPLP_RUNTIME_URL
  curl -X POST http://localhost:8080/integration/git -H 'Content-Type: application/json' -d @event.json
  curl -X POST http://localhost:8080/stop                  end, and get the report

Paths: POST /integration/{git,ci,tool,file}, /v1/events, /v1/logs, /stop;
GET /, /findings, /report?format=NAME, /metrics, /healthz, /readyz.

Exit codes: those of a check of the capture; 3 if nothing came, 2 if the port is in use, events
could not be stored, or COMMAND failed.
`;

export function listenCommand(): Command {
  const program = new Command("mplp-check listen")
    .description(
      "Takes events over HTTP, answers with their findings, and judges all of them together at the end.",
    )
    .usage("[options] [-- COMMAND ARGS...]")
    .argument("[paths...]");
  return addGroupedOptions(program, "listen")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", EXAMPLES);
}
