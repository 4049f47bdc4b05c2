/** How a module may access its PSG areas. */
export const ACCESS_MODES = ["READ", "WRITE", "READ-WRITE", "NONE"] as const;
export type AccessMode = (typeof ACCESS_MODES)[number];

/** primary: the authoritative source of an area; shared: one of several; derived: computed from other areas. */
export const OWNERSHIPS = ["primary", "shared", "derived"] as const;
export type Ownership = (typeof OWNERSHIPS)[number];

/** How strongly a module must emit a family of events; PROFILE: only if that profile is claimed. */
export const EVENT_LEVELS = ["MUST", "SHOULD", "RECOMMENDED", "OPTIONAL", "PROFILE"] as const;
export type EventLevel = (typeof EVENT_LEVELS)[number];

/**
 * A ModulePSG mapping: which areas of the PSG each module touches, and how (RG 7.1). Names are canonical; every item
 * has its place in the document, as a JSON Pointer.
 */
export interface Mapping {
  /** The protocol version that the document claims. */
  readonly mplp?: string;
  /** The document names a version other than 1.0.0. */
  readonly isForOtherVersion?: true;
  /** The document has only attestations; another one has the modules. */
  readonly isPart?: true;
  readonly runtime?: MappedRuntime;
  /** L2 modules, the vendor's own modules, and unknown names, in the document's order. */
  readonly modules: readonly MappedModule[];
  /** Components that act for the modules: the PSG runtime, the pipeline controller. */
  readonly components: readonly MappedModule[];
  readonly attestations: readonly Attestation[];
}

export interface MappedRuntime {
  readonly name?: string;
  readonly version?: string;
  readonly vendor?: string;
  readonly pointer: string;
}

export interface MappedModule {
  /** "plan", "psg_runtime"; a vendor's own name in its original spelling. */
  readonly name: string;
  readonly standing: "module" | "component" | "vendor" | "unknown";
  readonly pointer: string;
  /** Undefined if the document does not state it. */
  readonly access?: MappedAccess;
  /** The document states the access in words that cannot be read, or in several contradictory ways. */
  readonly hasUnclearAccess?: true;
  /** False if the document says that the runtime lacks this module. */
  readonly isImplemented: boolean;
  readonly areas: readonly MappedArea[];
  /** The list of areas contains a placeholder: TODO, n/a, a dash. */
  readonly hasPlaceholders?: true;
  readonly events: readonly MappedEvent[];
  readonly learning: readonly MappedLearning[];
  readonly reason?: string;
  readonly notes?: string;
}

/** True if the mapping says that the runtime lacks the module, or that it touches no area. */
export function touchesNothing(module: MappedModule | undefined): boolean {
  return module !== undefined && (!module.isImplemented || module.access?.mode === "NONE");
}

export interface MappedAccess {
  readonly mode: AccessMode;
  readonly pointer: string;
}

export interface MappedArea {
  /** "plan_steps": without "psg.", aliases resolved; "*" is the entire graph. */
  readonly name: string;
  readonly spelling: string;
  readonly ownership?: Ownership;
  readonly pointer: string;
}

export interface MappedEvent {
  /** An event family, or an unknown name in its original spelling. */
  readonly family: string;
  readonly level?: EventLevel;
  readonly pointer: string;
}

export interface MappedLearning {
  readonly family: string;
  readonly pointer: string;
}

/** A statement of the runtime's authors about a clause that a log cannot show. */
export interface Attestation {
  readonly clause: string;
  readonly statement: string;
  readonly evidence?: string;
  readonly pointer: string;
}

/** A part of a mapping that cannot be used as written. The message never repeats the document. */
export interface MappingProblem {
  readonly pointer: string;
  readonly message: string;
  readonly hint?: string;
}

/** An access mode from the spelling of a document. */
export interface SpelledAccess {
  readonly mode: AccessMode;
  readonly isImplemented: boolean;
}

const MODE_WORDS: Readonly<Record<AccessMode, readonly string[]>> = {
  READ: ["r", "ro", "read", "reads", "readonly"],
  WRITE: ["w", "wo", "write", "writes", "writeonly", "append", "appendonly"],
  "READ-WRITE": ["rw", "wr", "readwrite", "readswrites", "writeread", "readandwrite", "readsandwrites"],
  NONE: ["none", "no", "na", "noaccess", "notapplicable"],
};

const MODES: ReadonlyMap<string, AccessMode> = new Map(
  ACCESS_MODES.flatMap((mode) => MODE_WORDS[mode].map((word) => [word, mode] as const)),
);

const NOT_IMPLEMENTED: ReadonlySet<string> = new Set([
  "notimplemented",
  "unimplemented",
  "notsupported",
  "unsupported",
]);

/**
 * The start of a remark after an access mode: "WRITE (append-only)", "NONE: single host", "NONE - not implemented".
 */
const REMARK = /[(:;.]|\s[-–—]\s/;

/** The access mode of a spelling: "READ_WRITE", "R/W", "read, write", "append-only"; "-" is NONE. */
export function accessModeOf(spelling: string): SpelledAccess | undefined {
  if (/^\s*[-–—]+\s*$/.test(spelling)) return { mode: "NONE", isImplemented: true };
  const at = spelling.search(REMARK);
  const [head, remark] = at < 0 ? [spelling, ""] : [spelling.slice(0, at), spelling.slice(at)];
  const mode = MODES.get(lettersOf(spelling)) ?? MODES.get(lettersOf(head));
  if (NOT_IMPLEMENTED.has(lettersOf(head))) return { mode: "NONE", isImplemented: false };
  if (mode === undefined) return undefined;
  return { mode, isImplemented: !(mode === "NONE" && NOT_IMPLEMENTED.has(lettersOf(remark))) };
}

/** The mode of a module with different modes for different areas. */
export function jointMode(modes: readonly AccessMode[]): AccessMode {
  const reads = modes.some((mode) => mode === "READ" || mode === "READ-WRITE");
  const writes = modes.some((mode) => mode === "WRITE" || mode === "READ-WRITE");
  if (reads && writes) return "READ-WRITE";
  if (reads) return "READ";
  return writes ? "WRITE" : "NONE";
}

/** True if two modes of the same areas cannot both be meant: READ and WRITE add up, READ and READ-WRITE do not. */
export function areOpposed(one: AccessMode, other: AccessMode): boolean {
  const both = new Set([one, other]);
  return both.size > 1 && !(both.has("READ") && both.has("WRITE"));
}

/** The kind of ownership in a word or remark: "primary", "Primary owner", "owner: shared". */
export function ownershipOf(spelling: string): Ownership | undefined {
  const word = spelling.toLowerCase().match(/(?<!\bnot |\bnon-)\b(?:primary|shared|derived)\b/)?.[0];
  return OWNERSHIPS.find((ownership) => ownership === word);
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}]/gu, "");
}
