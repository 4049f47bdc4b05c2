import type { Policy } from "../model/policy.js";

/** The level that a project gives to a rule's findings; "off" waives them. */
export type LevelSetting = "off" | "note" | "may" | "should";

export type LevelSettings = Readonly<Record<string, LevelSetting>>;

type Paths = string | readonly string[];

/**
 * The content of mplp-check.yaml: see schemas/config.schema.json. Paths stay as written: absolute, or relative to the
 * file.
 */
export interface ConfigFile {
  readonly paths?: Paths;
  readonly output?: readonly { readonly format: string; readonly file?: string }[];
  readonly rules?: LevelSettings;
  readonly options?: Policy["options"];
  readonly overrides?: readonly { readonly paths: Paths; readonly rules: LevelSettings }[];
  readonly waivers?: readonly WaiverEntry[];
  readonly "known-dummies"?: readonly string[];
  /** Options of the command line by their names, as the schema has them. */
  readonly [option: string]: unknown;
}

export interface WaiverEntry {
  readonly rule?: string;
  readonly clause?: Paths;
  readonly path?: string;
  readonly pointer?: string;
  readonly "at-most"?: number;
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
}

/** A known dummy that is given by its digest. */
export const GIVEN_DIGEST = /^sha256:([0-9a-f]{64})$/i;
