/** What a module may do with its PSG areas. */
export const ACCESS_MODES = ["READ", "WRITE", "READ-WRITE", "NONE"] as const;
export type AccessMode = (typeof ACCESS_MODES)[number];

/** primary: the authoritative source of an area; shared: one of several; derived: computed from other areas. */
export const OWNERSHIPS = ["primary", "shared", "derived"] as const;
export type Ownership = (typeof OWNERSHIPS)[number];

/** How strongly a module is bound to emit a family of events; PROFILE: only where that profile is claimed. */
export const EVENT_LEVELS = ["MUST", "SHOULD", "RECOMMENDED", "OPTIONAL", "PROFILE"] as const;
export type EventLevel = (typeof EVENT_LEVELS)[number];

/**
 * A ModulePSG mapping: which areas of the PSG each module touches, and how (RG 7.1). Names are in their
 * one spelling; every item says where it stands in the document, as a JSON Pointer.
 */
export interface Mapping {
  /** The protocol version that the document claims. */
  readonly mplp?: string;
  /** The document says that it is for another version than 1.0.0. */
  readonly isForOtherVersion?: true;
  /** The document has attestations only: what the modules do stands in another. */
  readonly isPart?: true;
  readonly runtime?: MappedRuntime;
  /** The L2 modules, the vendor's own, and names that are neither, in the order of the document. */
  readonly modules: readonly MappedModule[];
  /** What acts for the modules: the PSG runtime, the pipeline controller. */
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
  /** "plan", "psg_runtime"; a vendor's own name as it is spelled. */
  readonly name: string;
  readonly standing: "module" | "component" | "vendor" | "unknown";
  readonly pointer: string;
  /** Undefined where the document does not say. */
  readonly access?: MappedAccess;
  /** False where the document says that the runtime lacks this module. */
  readonly isImplemented: boolean;
  readonly areas: readonly MappedArea[];
  /** Something is listed among the areas that names none: TODO, n/a, a dash. */
  readonly hasPlaceholders?: true;
  readonly events: readonly MappedEvent[];
  readonly learning: readonly MappedLearning[];
  readonly reason?: string;
  readonly notes?: string;
}

/** Whether a mapping says of a module that the runtime lacks it, or that it touches no area. */
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
  /** An event family, or another name as it is spelled. */
  readonly family: string;
  readonly level?: EventLevel;
  readonly pointer: string;
}

export interface MappedLearning {
  readonly family: string;
  readonly pointer: string;
}

/** A statement of the runtime's authors about a clause that no log can show. */
export interface Attestation {
  readonly clause: string;
  readonly statement: string;
  readonly evidence?: string;
  readonly pointer: string;
}

/** Something in a mapping that could not be taken as it stands. The message never repeats the document. */
export interface MappingProblem {
  readonly pointer: string;
  readonly message: string;
  readonly hint?: string;
}

/** An access mode as a document spells it. */
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

/** A remark behind an access mode: "WRITE (append-only)", "NONE: single host", "NONE - not implemented". */
const REMARK = /[(:;.]|\s[-–—]\s/;

/** The access mode that "READ_WRITE", "R/W", "read, write" or "append-only" means; "-" is NONE. */
export function accessModeOf(spelling: string): SpelledAccess | undefined {
  if (/^\s*[-–—]+\s*$/.test(spelling)) return { mode: "NONE", isImplemented: true };
  const at = spelling.search(REMARK);
  const [head, remark] = at < 0 ? [spelling, ""] : [spelling.slice(0, at), spelling.slice(at)];
  const mode = MODES.get(lettersOf(spelling)) ?? MODES.get(lettersOf(head));
  if (NOT_IMPLEMENTED.has(lettersOf(head))) return { mode: "NONE", isImplemented: false };
  if (mode === undefined) return undefined;
  return { mode, isImplemented: !(mode === "NONE" && NOT_IMPLEMENTED.has(lettersOf(remark))) };
}

/** The mode of a module that accesses some areas in one way and others in another. */
export function jointMode(modes: readonly AccessMode[]): AccessMode {
  const reads = modes.some((mode) => mode === "READ" || mode === "READ-WRITE");
  const writes = modes.some((mode) => mode === "WRITE" || mode === "READ-WRITE");
  if (reads && writes) return "READ-WRITE";
  if (reads) return "READ";
  return writes ? "WRITE" : "NONE";
}

/** The kind of ownership that a word or remark names: "primary", "Primary owner", "owner: shared". */
export function ownershipOf(spelling: string): Ownership | undefined {
  const word = spelling.toLowerCase().match(/(?<!\bnot |\bnon-)\b(?:primary|shared|derived)\b/)?.[0];
  return OWNERSHIPS.find((ownership) => ownership === word);
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}]/gu, "");
}
