import type { MplpEventRule } from "../shared/define.js";

/** IS-13.1-2: the envelope of an integration event names its adapter in source. */
export const adapterSource: MplpEventRule = {
  evidence: "event",
  id: "adapter-source",
  clauses: ["IS-13.1-2"],
  scopes: ["integration"],
  title: "The envelope names its adapter",
  why: "When an integration misbehaves, the adapter's name and version are the first thing to know.",
  fix: 'Set source on the envelope, as in "source": "vscode-plugin-v1.2"; never in the payload, whose schema forbids it.',
  applies: ({ integration }) => integration?.base === "/payload",
  check: ({ event, integration }, emit) => {
    if (integration?.base !== "/payload") return;
    const { source } = event;
    if (source === undefined) emit({ message: "source is missing on the envelope", pointer: "/source" });
    else if (typeof source !== "string" || source.trim() === "") {
      emit({ message: "source on the envelope is not a name", pointer: "/source" });
    }
  },
};
