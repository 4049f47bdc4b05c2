import { register } from "node:module";

/** GitHub's parser imports JSON as bundlers take it and Node does not: its files become modules here. */
const JSON_AS_MODULES = `
import { readFile } from "node:fs/promises";
export async function load(url, context, next) {
  if (!url.endsWith(".json")) return next(url, context);
  const source = "export default " + await readFile(new URL(url), "utf8");
  return { format: "module", source, shortCircuit: true };
}`;

register(`data:text/javascript,${encodeURIComponent(JSON_AS_MODULES)}`);
const { NoOperationTraceWriter, parseWorkflow } = await import("@actions/workflow-parser");
const { parseAction } = await import("@actions/workflow-parser/actions/action-parser");

/** What GitHub's own parser has against an action's metadata. */
export function errorsOfAction(content: string): readonly string[] {
  return messagesOf(parseAction({ name: "action.yml", content }, new NoOperationTraceWriter()));
}

/** What GitHub's own parser has against a workflow. */
export function errorsOfWorkflow(content: string): readonly string[] {
  return messagesOf(parseWorkflow({ name: "workflow.yml", content }, new NoOperationTraceWriter()));
}

type Parsed = ReturnType<typeof parseAction> | ReturnType<typeof parseWorkflow>;

function messagesOf({ context }: Parsed): readonly string[] {
  return context.errors.getErrors().map(({ message }) => message);
}
