import { L2_MODULES } from "../protocol/fields/modules.js";
import {
  COMPONENTS,
  REFERENCE_COMPONENTS,
  REFERENCE_MODULES,
  type ReferenceModule,
} from "./reference-modules.js";

/** A log's facts about one module: how often it changed the graph, its events, the areas it named. */
export interface SeenModule {
  readonly updates: number;
  readonly families: ReadonlySet<string>;
  readonly areas: ReadonlySet<string>;
}

/** The runtime in the template, until somebody fills it in. */
export const TEMPLATE_RUNTIME = { name: "my-runtime", version: "0.0.0", vendor: "me" } as const;

const HEAD = `# The ModulePSG mapping of this runtime (Runtime Glue Overview 7.1): which areas of the PSG each module
# touches, and how. Edit it until it describes the runtime; check it with: mplp-check FILE --claim runtime
#
# access     READ, WRITE, READ-WRITE or NONE; "not implemented" for a module that the runtime lacks
# areas      names of the reference matrix, or the runtime's own with a colon (acme:ledger)
# ownership  primary (the source of the area), shared (one of several) or derived (computed from others)
mplp: 1.0.0
# Name your runtime: an unchanged template documents nothing.
runtime: {name: ${TEMPLATE_RUNTIME.name}, version: ${TEMPLATE_RUNTIME.version}, vendor: ${TEMPLATE_RUNTIME.vendor}}
modules:
`;

const ATTESTATIONS = `
# Facts that no log can show. Say in your own words what the runtime does, and where an auditor can verify it: a file
# in this folder, or an https address. Placeholders are ignored; delete statements that are not true. The clauses end
# as attested, never as satisfied: only an auditor can verify a statement.
# attestations:
#   - clause: RG-7.1-4 # the PSG is the single source of truth
#     statement: <what the runtime does>
#     evidence: <a file in this folder, or an https address>
#   - clause: IS-7.2-1 # access control on integration endpoints
#     statement: <what the runtime does>
#     evidence: <a file in this folder, or an https address>
#   - clause: IS-7.2-2 # secure transport for events
#     statement: <what the runtime does>
#     evidence: <a file in this folder, or an https address>
`;

/**
 * A mapping document to fill in, made from the reference matrix and, if given, from a log's modules.
 *
 * @param seen modules by their normalised names
 */
export function mappingSkeleton(seen?: ReadonlyMap<string, SeenModule>): string {
  const known: ReadonlySet<string> = new Set([...L2_MODULES, ...COMPONENTS]);
  const modules = L2_MODULES.map((name) => entry(name, REFERENCE_MODULES[name], seen));
  const others = [...(seen ?? [])]
    .filter(([name]) => !known.has(name))
    .map(([name, module]) => own(name, module));
  const components = COMPONENTS.map((name) => entry(name, REFERENCE_COMPONENTS[name], seen));
  return `${HEAD}${modules.join("")}${others.join("")}components:\n${components.join("")}${ATTESTATIONS}`;
}

function entry(
  name: string,
  { access, areas, events }: ReferenceModule,
  seen?: ReadonlyMap<string, SeenModule>,
): string {
  const shown = seen?.get(name);
  const reference = Object.entries(areas).map(
    ([area, { ownership, holds }]) =>
      `      - {area: ${quoted(areaOf(area))}, ownership: ${ownership}} # ${holds}\n`,
  );
  const named = [...(shown?.areas ?? [])].filter((area) => areas[area] === undefined);
  const more = named.map(
    (area) => `      - {area: ${quoted(areaOf(area))}, ownership: shared} # named in the log\n`,
  );
  const bound = Object.keys(events);
  const families = [...new Set([...bound, ...(shown?.families ?? [])])].map(
    (family) => `      - {family: ${quoted(family)}}${bound.includes(family) ? "" : " # seen in the log"}\n`,
  );
  const emitted = families.length === 0 ? "" : `    events:\n${families.join("")}`;
  return `  ${name}:${remark(seen, shown)}\n    access: ${access}\n    areas:\n${reference.join("")}${more.join("")}${emitted}`;
}

function remark(seen: ReadonlyMap<string, SeenModule> | undefined, shown: SeenModule | undefined): string {
  if (seen === undefined) return "";
  if (shown === undefined)
    return " # not seen in the log: if the runtime lacks it, say access: not implemented";
  return ` # ${shown.updates} graph_updates in the log`;
}

/** A module that the reference matrix does not know. */
function own(name: string, { updates, families, areas }: SeenModule): string {
  const named = areas.size > 0 ? [...areas] : ["TODO:name-its-areas"];
  const areaLines = named.map((area) => `      - {area: ${quoted(area)}}\n`).join("");
  const familyLines = [...families].map((family) => `      - {family: ${quoted(family)}}\n`).join("");
  const access = updates > 0 ? "READ-WRITE" : "READ";
  const head = `  ${quoted(name)}: # the runtime's own; ${updates} graph_updates in the log\n`;
  const events = families.size === 0 ? "" : `    events:\n${familyLines}`;
  return `${head}    access: ${access}\n    areas:\n${areaLines}${events}`;
}

function areaOf(area: string): string {
  return area === "*" || /[:/.]/.test(area) ? area : `psg.${area}`;
}

/** Words that YAML does not read as text. */
const NO_TEXT = /^(?:null|true|false|yes|no|on|off|y|n)$/i;

/** Names come from logs, so anything but a plain word is quoted. */
function quoted(name: string): string {
  return /^[a-z][\w.-]*$/i.test(name) && !NO_TEXT.test(name) ? name : JSON.stringify(name);
}
